from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the site's own front page and rules."""

    default_site = "workshop.editing.site.Desk"


class EditingConfig(AppConfig):
    """What is kept of editors' work beside the records."""

    name = "workshop.editing"
    label = "editing"
    default_auto_field = "django.db.models.BigAutoField"
