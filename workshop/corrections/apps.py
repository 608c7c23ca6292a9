from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    """What was corrected in public records."""

    name = "workshop.corrections"
    label = "corrections"
    verbose_name = "Corrections"
    default_auto_field = "django.db.models.BigAutoField"
