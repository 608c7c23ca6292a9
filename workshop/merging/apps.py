from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "workshop.merging"
    label = "merging"
    verbose_name = "Merged records"
