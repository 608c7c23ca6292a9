"""The real tables of the Universal Periodic Review, read as they are and imported."""

from io import StringIO

import pytest
from django.core.management import call_command

from recommendations.models import Origin, Position, Recommendation, Response, Tie
from speakers.models import Organisation
from tests.conftest import SHARED
from workshop.models import Theme

pytestmark = pytest.mark.django_db
FOLDER = SHARED / "data" / "upr"
TABLES = ["sessions-01-05.csv", "sessions-06-09.csv", "voluntary-pledges.csv"]
NUMBERS = {
    "sessions-01-05.csv": (6094, 0),
    "sessions-06-09.csv": (8342, 1),
    "voluntary-pledges.csv": (945, 2),
}
WORDS = {
    "sessions-01-05.csv": "Habré, Hissène, Equité",
    "sessions-06-09.csv": "Autorité, Guaraní, vis-à-vis",
    "voluntary-pledges.csv": "Côte, vis-à-vis",
}


def run(table, *options):
    out = StringIO()
    call_command("import_recommendations", str(FOLDER / table), "--mapping", "upr", *options, stdout=out)
    return [line.strip() for line in out.getvalue().splitlines()]


def test_real_tables_are_imported_and_a_second_run_changes_nothing():
    for table in TABLES:
        new, repeated = NUMBERS[table]
        said = run(table, "--commit")
        assert said[0].startswith(f"{table}: CSV, Mac OS Roman (its lines end in carriage returns)")
        assert WORDS[table] in said
        assert said[-1] == (
            f"Written: {new:,} new, 0 changed, 0 unchanged, {repeated} repeated, 0 refused, 0 missing."
        )
    for table in TABLES:
        new, repeated = NUMBERS[table]
        assert run(table, "--commit")[-2] == (
            f"Rows: 0 new, 0 changed, {new:,} unchanged, {repeated} repeated, 0 refused, 0 missing."
        )

    public = Recommendation.objects.public()
    korea = Organisation.objects.get(slug="north-korea")
    asked = public.filter(addressed_to=korea, origin=Origin.UN_MECHANISM)
    assert (asked.count(), set(asked.values_list("session", flat=True))) == (167, {"UPR, 6th session"})
    assert set(Response.objects.filter(addressee__organisation=korea).values_list("answer", flat=True)) == {"noted"}
    assert public.count() == 15381
    assert public.filter(origin=Origin.PLEDGE).count() == 945
    assert public.exclude(pk__in=Position.objects.values("recommendation")).count() == 9
    assert Organisation.objects.filter(kind="state").count() == 185
    assert Theme.objects.filter(scheme="upr").exclude(name_ko="").count() == 54
    assert Theme.objects.count() == 54
    tied = {pk for pair in Tie.objects.values_list("recommendation", "other") for pk in pair}
    assert len(tied) == 1008
