"""The editors' side: Django's admin, under the site's name."""

from django.contrib.admin import AdminSite


class Desk(AdminSite):
    """The admin site."""

    site_title = "Rapporteur"
    site_header = "Rapporteur"
    index_title = "Editors’ desk"
