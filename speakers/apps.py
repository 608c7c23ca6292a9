from django.apps import AppConfig


class SpeakersConfig(AppConfig):
    name = "speakers"
    verbose_name = "People and organisations"

    def ready(self):
        from speakers.models import Organisation, Speaker  # loaded by now
        from workshop.registry import Entry, register

        register(Entry(Speaker, "speakers"))
        register(Entry(Organisation, "organisations"))
