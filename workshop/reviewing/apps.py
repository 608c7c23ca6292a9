from django.apps import AppConfig, apps
from django.db.models.signals import post_delete


class ReviewingConfig(AppConfig):
    name = "workshop.reviewing"
    label = "reviewing"
    verbose_name = "Who is asked to look at what"

    def ready(self):
        """What is about a record goes with it."""
        # Models are there only now.
        from workshop.common.publishing import Publishable
        from workshop.reviewing.actions import forget

        for model in apps.get_models():
            if issubclass(model, Publishable):
                post_delete.connect(forget, sender=model, dispatch_uid=f"reviewing {model._meta.label}")
