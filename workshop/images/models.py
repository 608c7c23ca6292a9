"""Pictures, with the words and the credit without which none is published."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workshop.common.dates import VagueDate, precision_field
from workshop.common.publishing import Publishable, PublishableQuerySet, State
from workshop.common.text import Translated, korean
from workshop.images.leaving import LeftFile, watch
from workshop.images.renditions import picture_path, recipe

__all__ = ["Image", "ImageQuerySet", "LeftFile"]


class ImageQuerySet(PublishableQuerySet):
    """Pictures."""

    def in_use(self) -> ImageQuerySet:
        """Public pictures that a public record shows: the ones worth serving."""
        shown = Q()
        for relation in self.model._meta.related_objects:
            users = relation.related_model._default_manager
            if hasattr(users, "public"):
                shown |= Q(Exists(users.public().filter(**{relation.field.name: OuterRef("pk")}).values("pk")))
        return self.public().filter(shown)


class Image(Publishable, Translated):
    """A picture as it is shown. What was uploaded is re-encoded and never kept."""

    file = models.ImageField(
        "picture", upload_to=picture_path, width_field="width", height_field="height", db_index=True
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    alt = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What a person who cannot see it should know. Read aloud in its place.",
    )
    alt_ko = korean(alt)
    decorative = models.BooleanField(
        default=False, help_text="It tells nothing that the page does not say: screen readers pass over it."
    )
    caption = models.CharField(max_length=500, blank=True, help_text="Printed below the picture.")
    caption_ko = korean(caption)
    credit = models.CharField(max_length=200, blank=True, help_text="Who made it. Printed with it, always.")
    licence = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    taken_on = models.DateField("taken on", null=True, blank=True)
    taken_on_precision = precision_field("taken on")
    wording = models.CharField(
        "wording in the picture", max_length=500, blank=True, help_text="A banner, a sign: as it is written."
    )
    wording_translation = models.CharField("wording, translated", max_length=500, blank=True)
    focal_x = models.FloatField(
        "focal point, from the left", default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        "focal point, from the top", default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )

    digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)  # of the file as it came
    # Sizes are made in the background (workshop.library.sizes), by a recipe: which file, which point, which kinds.
    sizes_for = models.CharField(max_length=80, blank=True, editable=False)  # the recipe they were made by
    sizes_due = models.BooleanField(default=True, db_index=True, editable=False)
    sizes_failed = models.PositiveSmallIntegerField(default=0, editable=False)  # times in a row

    translated = ("alt", "caption")
    kept_by_actions = (*Publishable.kept_by_actions, "sizes_for", "sizes_failed")

    objects = ImageQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["-pk"]
        verbose_name = "picture"
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=[State.PUBLISHED, State.SCHEDULED])
                | (~Q(credit="") & (Q(decorative=True) | ~Q(alt="", alt_ko=""))),
                name="images_image_published_has_words",
                violation_error_message="A published picture needs a credit, and alternative text "
                "unless it is decorative.",
            ),
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="images_image_focal_point_inside",
                violation_error_message="The focal point lies inside the picture: 0 to 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.alt_ko or self.caption or self.caption_ko or str(_("Picture"))

    def save(self, *args, **kwargs):
        """Save; a new file, or another focal point, makes other sizes due."""
        self.sizes_due = not self.has_sizes
        if self.sizes_due:
            self.sizes_failed = 0
        super().save(*args, **kwargs)

    @property
    def has_sizes(self) -> bool:
        """True where every size is there, as AVIF too: pages may then link to them."""
        return self.sizes_for == recipe(self)

    @property
    def taken(self) -> VagueDate | None:
        """When it was taken, as exactly as is known."""
        return VagueDate.of(self.taken_on, self.taken_on_precision)

    @property
    def is_public(self) -> bool:
        """Published and not past its withdrawal."""
        return self.state == State.PUBLISHED and (self.withdraw_at is None or self.withdraw_at > timezone.now())


watch(Image)
