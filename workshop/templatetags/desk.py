"""Filters of the desk's templates."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def left_alone(page: SafeString) -> SafeString:
    """A page of Django's with a form that the browser fills with nothing of its own.

    After "Back" it would put the words of then beside the fingerprint of now, and
    the next save would pass for one that knows what a colleague wrote meanwhile.
    """
    return mark_safe(page.replace("<form ", '<form autocomplete="off" ', 1))  # noqa: S308 - Django's own page
