from django.apps import AppConfig


class SlugsConfig(AppConfig):
    name = "workshop.slugs"
    label = "slugs"
    verbose_name = "Addresses"
