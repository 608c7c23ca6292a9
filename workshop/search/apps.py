from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "workshop.search"
    label = "search"
    verbose_name = "Search"

    def ready(self):
        from django.db.models.signals import post_migrate

        from workshop.search import building, checks, freshness  # noqa: F401 — checks register themselves

        freshness.listen()
        post_migrate.connect(building.build_where_missing, sender=self)
