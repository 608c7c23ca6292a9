"""Recordings are freed of what they tell beside picture and sound, and of nothing else."""

from io import BytesIO

import pytest

from tests.images import films
from tests.images.films import SECRET
from workshop.images.stripping import Damaged, Refused, mp3, mp4, ogg, webm

pytestmark = pytest.mark.once


def stripped(strip, content, **options):
    file = BytesIO(content)
    size = strip(file, len(content), **options)
    after = file.getvalue()
    assert size == len(after)
    return after


def film(content):
    return stripped(mp4.strip, content, needs=mp4.FILM)


@pytest.mark.parametrize(
    "content",
    [
        films.mp4(films.XYZ),
        films.mp4(films.LOCI),
        films.mp4(films.ILST),
        films.mp4(before=films.XMP),
        films.mp4(after=films.XMP),
        films.mp4(films.track(b"soun", films.XYZ)),
        films.mp4(after=films.box(b"free", SECRET)),
        films.mp4(after=films.box(b"SEFT", SECRET)),
    ],
    ids=["©xyz", "loci", "cover", "XMP above", "XMP below", "of a track", "left in free space", "of a camera"],
)
def test_place_in_a_film_is_written_over_and_nothing_moves(content):
    after = film(content)

    assert (SECRET in after, len(after)) == (False, len(content))
    assert after.index(b"pictures and sound") == content.index(b"pictures and sound")
    assert film(after) == after


def test_film_that_tells_nothing_stays_as_it_is():
    content = films.mp4(tracks=(b"vide", b"soun", b"tmcd"))

    assert film(content) == content


def test_long_boxes_are_read_too():
    long = b"\0\0\0\1mdat" + (16 + 5).to_bytes(8) + b"films"
    to_the_end = b"\0\0\0\0uuid" + bytes(16) + SECRET

    after = film(films.mp4() + long + to_the_end)

    assert (SECRET in after, long in after) == (False, True)


def test_tracks_beside_picture_and_sound_are_refused():
    for handler in (b"meta", b"text", b"sbtl", b"camm"):
        with pytest.raises(Refused, match="neither picture nor sound"):
            film(films.mp4(tracks=(b"vide", handler)))


@pytest.mark.parametrize(
    "content",
    [films.mp4()[:-3], films.mp4()[:40], films.mp4().replace(b"moov", b"mooV"), films.box(b"ftyp", b"isom" * 2)],
    ids=["end", "head", "no moov", "nothing in it"],
)
def test_film_that_is_not_whole_is_refused(content):
    with pytest.raises(Refused):
        film(content)


# --- MP3 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (films.GEOB, b""),
        (films.GEOB + films.GEOB, films.ID3V1),
        (bytes(2000), films.APE + films.ID3V1),
        (b"", b"LYRICSBEGIN" + SECRET + b"000030LYRICS200" + films.ID3V1),
        (b"", films.FRAME[:200]),
        (b"", films.SOUND[:-5]),
    ],
    ids=["ID3", "several", "APE", "lyrics", "frame cut off", "last one cut off"],
)
def test_nothing_but_sound_is_left_of_an_mp3(before, after):
    kept = stripped(mp3.strip, before + films.SOUND + after)

    whole = films.SOUND + films.FRAME * ((len(after) // len(films.FRAME)) if after.startswith(films.FRAME) else 0)
    assert kept == whole


def test_tag_between_frames_goes_too():
    assert stripped(mp3.strip, films.SOUND + films.GEOB + films.SOUND) == films.SOUND * 2


def test_mp3_across_blocks_is_kept_whole(monkeypatch):
    monkeypatch.setattr(mp3, "CHUNK", 2000)

    assert stripped(mp3.strip, films.GEOB + films.SOUND * 3 + films.ID3V1) == films.SOUND * 3


@pytest.mark.parametrize(
    "content", [films.GEOB, films.GEOB + b"<html>" * 20_000, b"\xff" * 200_000, films.mp4(), films.FRAME * 2, b""]
)
def test_what_holds_no_frames_is_no_mp3(content):
    with pytest.raises(Refused, match="not MP3 sound"):
        mp3.strip(BytesIO(content), len(content))


# --- Ogg ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [films.opus(films.PLACE), films.vorbis(films.PLACE, b"TITLE=x"), films.opus_with_cover()],
    ids=["Opus", "Vorbis", "over three pages"],
)
def test_comments_are_emptied_and_every_page_is_sealed_anew(content):
    after = stripped(ogg.strip, content)

    assert (SECRET in after, len(after)) == (False, len(content))
    assert [written == right for written, right in films.pages(after)] == [True] * len(films.pages(content))
    assert after[-60:] == content[-60:]


def test_empty_comments_are_what_players_read():
    after = stripped(ogg.strip, films.vorbis(films.PLACE))

    assert b"\x03vorbis" + bytes(8) + b"\x01" in after
    assert b"\x05vorbis" in after


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (films.page(0, b"\x80theora" + bytes(30), kind=2) + films.page(1, b"x"), "only Vorbis and Opus"),
        (films.opus()[:-4], "ends early"),
        (films.page(0, films.HEAD, kind=2), "ends early"),
        (films.page(0, films.HEAD, kind=2) + films.page(1, b"something else, and long"), "ends early"),
        (films.opus() + b"<script>", "ends early"),
    ],
    ids=["film", "cut off", "no comments", "other comments", "something behind"],
)
def test_other_ogg_is_refused(content, why):
    with pytest.raises(Refused, match=why):
        ogg.strip(BytesIO(content), len(content))


# --- WebM ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [films.webm(), films.webm(films.TAGS, films.ATTACHED), films.webm(films.TAGS, live=True)],
    ids=["title, name", "tags, attachments", "recorded live"],
)
def test_tags_of_a_webm_become_void_and_nothing_moves(content):
    after = stripped(webm.strip, content)

    assert (SECRET in after, len(after)) == (False, len(content))
    assert after.index(films.SILENCE) == content.index(films.SILENCE)
    assert stripped(webm.strip, after) == after


@pytest.mark.parametrize(
    "content",
    [films.webm(kind=17), films.webm(kind=33), films.webm()[:-4], films.EBML, films.webm().replace(b"webm", b"evil")],
    ids=["subtitles", "metadata", "cut off", "no tracks", "another kind"],
)
def test_other_webm_is_refused(content):
    with pytest.raises(Refused):
        webm.strip(BytesIO(content), len(content))


def test_damage_is_said_in_a_sentence():
    assert str(Damaged()) == "The file is damaged: it ends early or cannot be read."
