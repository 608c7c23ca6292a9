"""Is the process alive; can it serve."""

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workshop.models import SiteState

LATE_AFTER_SECONDS = 15 * 60


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations, cache, and ``run_due`` not late; 503 names what is not."""
    checks = {"database": False, "migrations": False, "cache": False, "run_due": False}
    try:
        state = SiteState.objects.filter(pk=1).first()
        checks["database"] = True
        executor = MigrationExecutor(connection)
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        ran = state.due_ran_at if state else None
        checks["run_due"] = ran is not None and (timezone.now() - ran).total_seconds() < LATE_AFTER_SECONDS
    except (DatabaseError, InterfaceError):
        pass
    try:
        cache.set("readyz", "1", 10)
        checks["cache"] = cache.get("readyz") == "1"
    except Exception:  # whatever a cache backend raises, the answer is "no"
        checks["cache"] = False
    ready = all(checks.values())
    return JsonResponse({"status": "ok" if ready else "unready", **checks}, status=200 if ready else 503)
