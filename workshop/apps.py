from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    name = "workshop"
    verbose_name = "Programme"

    def ready(self):
        from workshop import checks  # noqa: F401 — registers the system checks
        from workshop.images import serving
        from workshop.models import Document, Series, Talk, Theme, Workshop, media  # loaded by now
        from workshop.registry import Entry, register

        register(Entry(Workshop, "workshops", title="title"))
        register(Entry(Series, "series"))
        register(Entry(Talk, "talks", title="title"))
        register(Entry(Theme, "themes"))
        register(Entry(Document, "documents", title="title"))
        serving.register(media.FOLDER, media.provides)
