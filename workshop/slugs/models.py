"""Addresses that last: a changed slug leaves a redirect."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify

SLUG_LENGTH = 120


class OldSlugQuerySet(models.QuerySet):
    """Looking up where an old address leads now."""

    def target(self, model: type[models.Model], slug: str) -> int | None:
        """The primary key that the old slug of this model leads to, or None."""
        return self.filter(model=model._meta.label_lower, slug=slug).values_list("object_id", flat=True).first()


class OldSlug(models.Model):
    """A slug that a record once had. Readers who hold it are sent on."""

    model = models.CharField(max_length=80)
    slug = models.CharField(max_length=SLUG_LENGTH)
    object_id = models.BigIntegerField()

    objects = OldSlugQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "slug"], name="slugs_oldslug_leads_to_one_record"),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.slug}"


class Slugged(models.Model):
    """A record with an address of its own, made from its name unless given."""

    slug = models.SlugField(
        "address",
        max_length=SLUG_LENGTH,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text="The last part of the page's address. Left empty, it is made from the name. "
        "When you change it, the old address keeps working.",
    )

    slug_from: ClassVar[str] = "name"

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remember the stored slug, so that a change of it is noticed."""
        record = super().from_db(db, field_names, values)
        if "slug" in field_names:
            record._stored_slug = record.slug
        return record

    def save(self, *args, **kwargs):
        """Save; give a slug where there is none, keep a redirect where it changed."""
        if not self.slug:
            self.slug = self._free_slug()
        old = getattr(self, "_stored_slug", None)
        with transaction.atomic():
            super().save(*args, **kwargs)
            label = self._meta.label_lower
            if old and old != self.slug:
                OldSlug.objects.filter(model=label, slug=self.slug).delete()
                OldSlug.objects.update_or_create(model=label, slug=old, defaults={"object_id": self.pk})
        self._stored_slug = self.slug

    def _free_slug(self) -> str:
        """A slug made of the name that no record of this kind has or had."""
        name = getattr(self, self.slug_from) or getattr(self, f"{self.slug_from}_ko", "")
        stem = slugify(name, allow_unicode=True)[: SLUG_LENGTH - 5].strip("-_")
        if not stem:
            raise ValidationError({"slug": "Give the address: it cannot be made from this name."})
        taken = set(type(self)._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
        taken |= set(
            OldSlug.objects.filter(model=self._meta.label_lower, slug__startswith=stem).values_list("slug", flat=True)
        )
        number, slug = 1, stem
        while slug in taken:
            number += 1
            slug = f"{stem}-{number}"
        return slug
