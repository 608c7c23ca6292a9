"""Recordings: a poster and a plain link, and what may be loaded after a click."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import get_language_info

from workshop.images.pictures import Picture, picture_of
from workshop.models import Media, MediaKind
from workshop.views.links import Link
from workshop.views.words import clock, foreign

# provider as in settings.CSP_EXCEPTIONS -> its name, addresses of its pages, address of its player
PROVIDERS = {
    "youtube": (
        "YouTube",
        re.compile(
            r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)"
            r"|youtu\.be/)(?P<id>[\w-]{6,20})"
        ),
        "https://www.youtube-nocookie.com/embed/{id}",
    ),
    "vimeo": (
        "Vimeo",
        re.compile(r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<id>\d{4,15})(?![\d/])"),
        "https://player.vimeo.com/video/{id}",
    ),
}


@dataclass(frozen=True)
class MediaShown:
    """A recording, for ``components/media.html``; without a link it is only known of."""

    kind: str
    kind_label: str
    title: Link
    src: str
    poster: Picture | None
    duration: str
    provider: str
    provider_key: str
    is_excerpt: bool
    credit: str
    language: str
    talk: Link | None
    captions_url: str = ""
    captions_lang: str = ""
    captions_label: str = ""


def media_shown(media: QuerySet[Media], *, with_talk: bool = False) -> list[MediaShown]:
    """Recordings with their posters; with their talk where the page is not its own."""
    return [_shown(one, with_talk=with_talk) for one in media.with_public("poster", "talk")]


def _shown(media: Media, *, with_talk: bool) -> MediaShown:
    key, player = player_of(media.url)
    playable = media.kind in {MediaKind.VIDEO, MediaKind.AUDIO}
    title = media.text("title") or (media.talk.text("title") if media.talk else str(media))
    return MediaShown(
        kind="embed" if player else media.kind,
        kind_label=media.get_kind_display(),
        title=Link(title, media.file.url if media.file else media.url),
        src=player or (media.file.url if media.file and playable else ""),
        poster=picture_of(media.poster),
        duration=clock(media.duration) if media.duration else "",
        provider=PROVIDERS[key][0] if key else "",
        provider_key=key,
        is_excerpt=media.excerpt,
        credit=media.credit,
        language=language_name(media.language) if foreign(media.language) else "",
        talk=Link.to(media.talk) if with_talk and media.talk else None,
        **_captions(media),
    )


def _captions(media: Media) -> dict[str, str]:
    if not media.captions:
        return {}
    return {
        "captions_url": media.captions.url,
        "captions_lang": media.language,
        "captions_label": language_name(media.language),
    }


def player_of(url: str) -> tuple[str, str]:
    """Which provider's page an address is, and the address of its player; empty for others."""
    for key, (_name, pages, player) in PROVIDERS.items():
        if found := pages.match(url):
            return key, player.format(id=found["id"])
    return "", ""


def language_name(code: str) -> str:
    """A language in the page's words; the code itself where it is not known."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


def allow_players(response: HttpResponse, media: Iterable[MediaShown]) -> HttpResponse:
    """Let the page frame the providers of its own players, and nobody else."""
    sources = [
        source
        for key in dict.fromkeys(one.provider_key for one in media if one.provider_key)
        for source in settings.CSP_EXCEPTIONS[key]["frame-src"]
    ]
    if sources:
        response._csp_update = {"frame-src": sources}
    return response
