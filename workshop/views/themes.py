"""Pages of themes: the programme's own first, imported schemes after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from recommendations.models import Origin, Position
from recommendations.newest import all_by_theme, asked_on_themes, experts_on_theme
from recommendations.rows import on_page_of
from recommendations.stored import listed_rows
from speakers.models import Speaker
from speakers.views.rows import PersonRow, person_rows
from workshop.common.prepared import Prepared
from workshop.common.text import Text
from workshop.models import Scheme, Talk, TalkSpeaker, Theme, ThemeMatch, Workshop, WorkshopTheme
from workshop.views.links import Link, link_to, links_to, list_url
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import IndexRow, edition_rows, talk_rows, these_talks
from workshop.views.words import teaser

# The newest of each; the faceted list has the rest.
PROPOSALS_SHOWN = 10
UN_SHOWN = 10
TALKS_SHOWN = 5
EDITIONS_SHOWN = 5
PEOPLE_SHOWN = 10


@dataclass(frozen=True)
class SchemeShown:
    """A list of themes that is not ours."""

    slug: str
    label: str
    rows: list[IndexRow]


@dataclass(frozen=True)
class MatchShown:
    """A theme of another list, and how it compares."""

    theme: Link
    scheme: str
    kind: str


class ThemeList(PublicList):
    """All themes on one page. Imported schemes are folded: they are long."""

    model = Theme
    section = "themes"
    template_name = "workshop/theme_list.html"
    reads = frozenset()
    paginate_by = None

    def related(self, records: QuerySet[Theme]) -> QuerySet[Theme]:
        return records.with_public("parent")

    def rows(self, records: QuerySet[Theme]) -> list[SchemeShown]:
        counts = all_by_theme()
        return [
            SchemeShown(
                scheme.value,
                str(scheme.label),
                [_in_index(theme, counts) for theme in records if theme.scheme == scheme],
            )
            for scheme in Scheme
        ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        programme, *imported = context["rows"]
        return context | {"programme": programme, "imported": [scheme for scheme in imported if scheme.rows]}


def _in_index(theme: Theme, counts: dict[str, int]) -> IndexRow:
    about = theme.text("description")
    return IndexRow(Link.to(theme), counts.get(theme.slug, 0), note=Text(teaser(about), about.language))


TALKS = Prepared(lambda theme: Talk.objects.public().filter(themes=theme).values_list("pk", flat=True))
EDITIONS = Prepared(
    lambda theme: Workshop.objects.public().filter(
        pk__in=WorkshopTheme.objects.public().filter(theme=theme).values("workshop")
    )[:EDITIONS_SHOWN]
)
STANDING = Prepared(
    lambda keys: (
        Position.objects.attributable()
        .filter(recommendation__in=keys, speaker__isnull=False)
        .order_by()
        .values_list("speaker", flat=True)
    )
)
SPEAKING = Prepared(
    lambda keys: (
        TalkSpeaker.objects.attributable()
        .filter(talk__in=keys, speaker__isnull=False)
        .order_by()
        .values_list("speaker", flat=True)
    )
)
PEOPLE = Prepared(lambda keys: Speaker.objects.public().filter(pk__in=keys).order_by())


class ThemeDetail(PublicDetail):
    """One theme: what experts propose on it and, apart, what the UN asked already."""

    model = Theme
    section = "themes"
    index_name = _("Themes")

    def related(self, records):
        return records.with_public("parent", "children", "theme_matches__match", "theme_matches_to__theme")

    def page(self, record: Theme) -> dict[str, Any]:
        matches, matched_by = record.theme_matches.all(), record.theme_matches_to.all()
        proposals, talks = experts_on_theme(record.slug, PROPOSALS_SHOWN), list(TALKS(record.pk))
        left_out = proposals.total > PROPOSALS_SHOWN or len(talks) > TALKS_SHOWN
        return {
            "description": teaser(record.text("description")),
            "parent": link_to(record.parent),
            "children": links_to(record.children.all()),
            "matches": [_match(row.match, row) for row in matches] + [_match(row.theme, row) for row in matched_by],
            "proposals": on_page_of(Link.to(record), listed_rows(proposals.keys)),
            "proposal_count": proposals.total,
            "proposals_url": list_url(theme=record.slug),
            "asked": asked_by_un([record, *(row.match for row in matches)]),
            "talks": talk_rows(these_talks(talks[:TALKS_SHOWN])),
            "talk_count": len(talks),
            "editions": edition_rows(EDITIONS(record.pk)),
            "people": people_on(proposals.keys, talks[:TALKS_SHOWN]),
            "people_note": _("Those of what is listed here.") if left_out else "",
        }


def _match(theme: Theme, row: ThemeMatch) -> MatchShown:
    return MatchShown(Link.to(theme), theme.get_scheme_display(), row.get_kind_display())


def asked_by_un(themes: list[Theme]) -> dict[str, Any]:
    """What UN mechanisms and pledges say on any of the themes: the newest, the number, the way to all."""
    asked = asked_on_themes([theme.slug for theme in themes], UN_SHOWN)
    return {
        "rows": listed_rows(asked.keys),
        "count": asked.total,
        "url": list_url(
            theme=[theme.slug for theme in themes], origin=[Origin.UN_MECHANISM.value, Origin.PLEDGE.value]
        ),
    }


def people_on(recommendations: list[int], talks: list[int]) -> list[PersonRow]:
    """Who takes a position on the recommendations, or spoke in the talks, and may be named."""
    keys = sorted({*STANDING(recommendations), *SPEAKING(talks)})
    people = sorted(person_rows(PEOPLE(keys)), key=lambda row: (row.sort_name, row.pk))
    return people[:PEOPLE_SHOWN]
