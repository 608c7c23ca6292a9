from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "workshop.images"
    label = "images"
    verbose_name = "Pictures"

    def ready(self):
        from workshop.images import renditions, serving  # the tables are loaded by now

        serving.register(renditions.FOLDER, renditions.provides)
