"""Records without a state: what is saved or removed shows at once, wherever they are used."""

from workshop.actions import public_changed


class ShownAtOnce:
    """Raises the public version with every change. Stands before an admin class."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        public_changed()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        public_changed()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        public_changed()
