"""Free keywords: the only module that knows they come from django-taggit."""

from taggit.managers import TaggableManager
from taggit.models import Tag, TaggedItem

__all__ = ["Tag", "TaggedItem", "keywords"]


def keywords(help_text: str = "Free keywords, separated by commas.") -> TaggableManager:
    """The field that gives a model its keywords."""
    return TaggableManager(verbose_name="keywords", blank=True, help_text=help_text)
