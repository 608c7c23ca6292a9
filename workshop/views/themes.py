"""Pages of themes: the programme's own first, imported schemes after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from recommendations.models import Origin, Position, Recommendation
from recommendations.models.recommendation import EXPERT_ORIGINS
from recommendations.rows import on_page_of, recommendation_rows
from speakers.models import Speaker
from speakers.views.rows import person_rows
from workshop.common.text import Text
from workshop.models import Scheme, Talk, TalkSpeaker, Theme, ThemeMatch, Workshop
from workshop.views.links import Link, link_to, links_to, list_url
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import IndexRow, edition_rows, talk_rows
from workshop.views.words import teaser

PROPOSALS_SHOWN = 50
UN_SHOWN = 10  # of what the UN asked already; the faceted list has the rest


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
        counted = Recommendation.objects.public().values("themes").annotate(n=Count("pk"))
        counts = dict(counted.values_list("themes", "n"))
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


def _in_index(theme: Theme, counts: dict[int, int]) -> IndexRow:
    about = theme.text("description")
    return IndexRow(Link.to(theme), counts.get(theme.pk, 0), note=Text(teaser(about), about.language))


class ThemeDetail(PublicDetail):
    """One theme: what experts propose on it and, apart, what the UN asked already."""

    model = Theme
    section = "themes"
    index_name = _("Themes")

    def related(self, records):
        return records.with_public("parent", "children")

    def page(self, record: Theme) -> dict[str, Any]:
        matches = list(ThemeMatch.objects.public().filter(theme=record).with_public("match"))
        matched_by = ThemeMatch.objects.public().filter(match=record).with_public("theme")
        on_theme = Recommendation.objects.public().filter(themes=record)
        proposals = on_theme.filter(origin__in=EXPERT_ORIGINS)
        editions = Workshop.objects.public().filter(pk__in=record.workshop_themes.public().values("workshop"))
        return {
            "description": teaser(record.text("description")),
            "parent": link_to(record.parent),
            "children": links_to(record.children.all()),
            "matches": [_match(row.match, row) for row in matches] + [_match(row.theme, row) for row in matched_by],
            "proposals": on_page_of(Link.to(record), recommendation_rows(proposals.newest_first()[:PROPOSALS_SHOWN])),
            "proposal_count": proposals.count(),
            "proposals_url": list_url(theme=record.slug),
            "asked": asked_by_un([record, *(row.match for row in matches)]),
            "talks": talk_rows(Talk.objects.public().filter(themes=record)),
            "editions": edition_rows(editions),
            "people": person_rows(people_on(record)),
        }


def _match(theme: Theme, row: ThemeMatch) -> MatchShown:
    return MatchShown(Link.to(theme), theme.get_scheme_display(), row.get_kind_display())


def asked_by_un(themes: list[Theme]) -> dict[str, Any]:
    """What UN mechanisms and pledges say on any of the themes: the newest, the number, the way to all."""
    rows = Recommendation.objects.public().exclude(origin__in=EXPERT_ORIGINS).filter(themes__in=themes).distinct()
    return {
        "rows": recommendation_rows(rows.newest_first()[:UN_SHOWN]),
        "count": rows.count(),
        "url": list_url(
            theme=[theme.slug for theme in themes], origin=[Origin.UN_MECHANISM.value, Origin.PLEDGE.value]
        ),
    }


def people_on(theme: Theme) -> QuerySet[Speaker]:
    """Who spoke or took a position on a theme and may be named."""
    speaking = TalkSpeaker.objects.attributable().filter(talk__themes=theme)
    standing = Position.objects.attributable().filter(recommendation__themes=theme)
    return Speaker.objects.public().filter(Q(pk__in=speaking.values("speaker")) | Q(pk__in=standing.values("speaker")))
