from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the site's own front page and rules."""

    default_site = "workshop.editing.site.Desk"
