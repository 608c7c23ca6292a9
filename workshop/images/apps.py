from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "workshop.images"
    label = "images"
    verbose_name = "Pictures"
