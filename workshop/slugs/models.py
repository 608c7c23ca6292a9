"""Addresses that last: a changed slug leaves a redirect."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify

SLUG_LENGTH = 120


class OldSlugQuerySet(models.QuerySet):
    """Looking up where an old address leads now."""

    def target(self, model: type[models.Model], slug: str) -> int | None:
        """The primary key that the old slug of this model leads to, or None."""
        return self.filter(model=model._meta.label_lower, slug=slug).values_list("object_id", flat=True).first()

    def of(self, record: models.Model) -> Self:
        """The addresses that a record once had."""
        return self.filter(model=record._meta.label_lower, object_id=record.pk)


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

    def clean(self):
        """Refuse an address that leads readers to another record, and a name that makes none."""
        super().clean()
        others = OldSlug.objects.filter(model=self._meta.label_lower, slug=self.slug).exclude(object_id=self.pk)
        if self.slug and others.exists():
            raise ValidationError("This address leads to another record, which had it before. Choose another one.")
        if not self.slug and self._name():
            self._stem()

    def save(self, *args, **kwargs):
        """Save; give a slug where there is none, keep a redirect where it changed.

        The slugs of a draft leave nothing behind: no reader holds them, and one
        who guesses must not find in them what the address no longer says.
        """
        if not self.slug:
            self.slug = self._free_slug()
        old, fields = getattr(self, "_stored_slug", None), kwargs.get("update_fields")
        with transaction.atomic():
            super().save(*args, **kwargs)
            if fields is not None and "slug" not in fields:
                return
            if old and old != self.slug and self.was_published:
                label = self._meta.label_lower
                OldSlug.objects.of(self).filter(slug=self.slug).delete()
                OldSlug.objects.update_or_create(model=label, slug=old, defaults={"object_id": self.pk})
        self._stored_slug = self.slug

    def _name(self) -> str:
        return getattr(self, self.slug_from) or getattr(self, f"{self.slug_from}_ko", "")

    def _stem(self) -> str:
        """The slug that the name makes. Raises ValidationError where it makes none."""
        if stem := slugify(self._name(), allow_unicode=True)[: SLUG_LENGTH - 5].strip("-_"):
            return stem
        raise ValidationError("Give the address: it cannot be made from this name.")

    def _free_slug(self) -> str:
        """A slug made of the name that no record of this kind has or had."""
        stem = self._stem()
        taken = set(type(self)._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
        taken |= set(
            OldSlug.objects.filter(model=self._meta.label_lower, slug__startswith=stem).values_list("slug", flat=True)
        )
        number, slug = 1, stem
        while slug in taken:
            number += 1
            slug = f"{stem}-{number}"
        return slug
