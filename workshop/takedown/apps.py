from django.apps import AppConfig


class TakedownConfig(AppConfig):
    name = "workshop.takedown"
    label = "takedown"
    verbose_name = "Taken down"
