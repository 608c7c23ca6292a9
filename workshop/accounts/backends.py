"""What each role may do, in one place."""

from django.contrib.auth.backends import ModelBackend

from workshop.accounts.models import Role

KEPT_FOR_ADMINS = frozenset({"accounts", "auth", "contenttypes", "sessions", "admin", "takedown"})
AUTHORS_WRITE = frozenset(
    {
        "images.image",
        "speakers.speaker",
        "speakers.organisation",
        "speakers.affiliation",
        "speakers.speakername",
        "workshop.talk",
        "workshop.talkspeaker",
        "workshop.media",
        "workshop.quote",
        "workshop.document",
        "workshop.documentperson",
        "recommendations.recommendation",
        "recommendations.position",
        "recommendations.addressee",
        "recommendations.response",
        "recommendations.followup",
    }
)


class RoleBackend(ModelBackend):
    """Django's permissions, derived from the role instead of rows.

    Authors may work on what they created; which records those are is for the
    desk to narrow (``workshop.editing``), because it depends on the record.
    ``<app>.publish_<model>`` is the permission to publish and to withdraw.
    """

    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        app, _, codename = perm.partition(".")
        if user_obj.is_superuser or user_obj.role == Role.ADMIN:
            return True
        if user_obj.role == Role.EDITOR:
            return app not in KEPT_FOR_ADMINS
        action, _, model = codename.partition("_")
        return action in {"view", "add", "change", "delete"} and f"{app}.{model}" in AUTHORS_WRITE

    def has_module_perms(self, user_obj, app_label):
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        if user_obj.is_superuser or user_obj.role == Role.ADMIN:
            return True
        if user_obj.role == Role.EDITOR:
            return app_label not in KEPT_FOR_ADMINS
        return any(name.startswith(f"{app_label}.") for name in AUTHORS_WRITE)
