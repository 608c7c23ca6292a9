from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = "Recommendations"

    def ready(self):
        from recommendations.models import Recommendation  # loaded by now
        from workshop.registry import Entry, register

        register(Entry(Recommendation, "recommendations", key="code", title="statement"))
