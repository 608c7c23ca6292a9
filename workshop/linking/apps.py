from django.apps import AppConfig


class LinkingConfig(AppConfig):
    name = "workshop.linking"
    label = "linking"
    verbose_name = "Links to other sites"
