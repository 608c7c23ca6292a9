"""Who may edit: for admins alone."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group

from workshop.accounts.models import User
from workshop.editing.history import WithHistory

admin.site.unregister(Group)  # roles are code: workshop/accounts/backends.py


class NewUserForm(UserCreationForm):
    """A login, a password and a role."""

    class Meta:
        model = User
        fields = ("username", "role")


@admin.register(User)
class DeskUserAdmin(WithHistory, UserAdmin):
    """People with a desk. Who leaves is made inactive, so that what they did stays known."""

    group, place = "Desk", 1
    add_form = NewUserForm
    list_display = ("username", "full_name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who it is", {"fields": (("first_name", "last_name"), "email")}),
        (
            "What they may do",
            {
                "fields": ("role", "is_active", "is_staff"),
                "description": "Authors write and submit. Editors also publish and withdraw. Admins also keep users. "
                "Take “active” away from somebody who leaves.",
            },
        ),
        ("When", {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = ((None, {"fields": ("username", "role", "password1", "password2")}),)

    def get_readonly_fields(self, request, obj=None):
        """Nobody takes their own keys away by mistake."""
        own = ("role", "is_active", "is_staff") if obj is not None and obj.pk == request.user.pk else ()
        return (*self.readonly_fields, *own)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="name")
    def full_name(self, user):
        return user.get_full_name()
