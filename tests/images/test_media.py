"""/media/ gives files of public records to everybody, in parts, and nothing else to anybody."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.factories import DocumentFactory, ImageFactory, MediaFactory, SpeakerFactory, TalkFactory, WorkshopFactory
from workshop.images.pictures import picture_of, portrait_of

pytestmark = pytest.mark.django_db
FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 4


def address(file):
    return reverse("media", args=[file.name])


def body(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def portrait():
    return SpeakerFactory(published=True, portrait=ImageFactory(published=True)).portrait


@pytest.fixture
def film():
    return MediaFactory(talk=TalkFactory(published=True), url="", file=ContentFile(FILM, "Name of a person.mp4"))


def test_picture_of_a_public_record_is_served_with_fixed_headers(client, portrait):
    response = client.get(address(portrait.file))

    assert body(response) == portrait.file.read()
    kept = (
        "Content-Type",
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Content-Disposition",
        "Cache-Control",
    )
    assert {name: response.headers[name] for name in kept} == {
        "Content-Type": "image/webp",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
        "Cache-Control": "public, no-cache",
    }
    assert response.cookies == {}


def test_file_names_say_nothing_of_what_they_were(portrait, film):
    assert "Name" not in film.file.name and "picture" not in portrait.file.name


@pytest.mark.parametrize(
    "hidden",
    [
        lambda: SpeakerFactory(published=True, portrait=ImageFactory()).portrait,
        lambda: SpeakerFactory(portrait=ImageFactory(published=True)).portrait,
        lambda: SpeakerFactory(withdrawn=True, portrait=ImageFactory(published=True)).portrait,
        lambda: WorkshopFactory(published=True, hero=ImageFactory(withdrawn=True)).hero,
        lambda: ImageFactory(published=True),
    ],
    ids=["draft picture", "draft person", "withdrawn person", "withdrawn picture", "nobody uses it"],
)
def test_picture_that_no_public_record_shows_is_not_there(client, hidden):
    image = hidden()
    there = client.get(address(image.file))
    image.file.storage.delete(image.file.name)

    assert there.status_code == 404
    assert there.content == client.get(address(image.file)).content


def test_recording_goes_and_comes_with_its_talk(client, film):
    assert body(client.get(address(film.file))) == FILM

    type(film.talk).objects.update(state="draft")

    assert client.get(address(film.file)).status_code == 404


def test_captions_and_recordings_of_documents_are_served(client):
    document = DocumentFactory(published=True)
    film = MediaFactory(talk=None, document=document, captions=ContentFile(b"WEBVTT\n", "c.vtt"))

    response = client.get(address(film.captions))

    assert (response.headers["Content-Type"], body(response)) == ("text/vtt; charset=utf-8", b"WEBVTT\n")


def test_poster_is_served_with_its_recording(client):
    film = MediaFactory(talk=TalkFactory(published=True), poster=ImageFactory(published=True))

    assert client.get(address(film.poster.file)).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "images/",
        "images/../rapporteur.sqlite3",
        "rapporteur.sqlite3",
        "recordings/" + "a" * 32 + ".mp4",
        "recordings/" + "a" * 32 + ".html",
        "recordings/%00" + "a" * 31 + ".mp4",
        "images/" + "a" * 32 + "-320.webp",
        "other/" + "a" * 32 + ".webp",
    ],
)
def test_anything_else_is_not_there(client, name):
    assert client.get(f"/media/{name}").status_code == 404


# --- sizes ----------------------------------------------------------------------------


def test_every_size_that_pages_link_to_is_served(client):
    image = SpeakerFactory(published=True, portrait=ImageFactory(published=True)).portrait
    names = [part.split() for value in (picture_of(image), portrait_of(image)) for part in value.srcset.split(", ")]

    served = {size: client.get(url).status_code for url, size in names}

    assert served == {"320w": 200, "640w": 200, "800w": 200, "112w": 200, "224w": 200, "336w": 200}


def test_size_that_no_page_links_to_is_not_made(client, portrait):
    name = portrait.file.name.replace(".webp", "-321.webp")

    assert client.get(f"/media/{name}").status_code == 404
    assert not portrait.file.storage.exists(name)


# --- parts ----------------------------------------------------------------------------

SIZE = len(FILM)


@pytest.mark.parametrize(
    ("wanted", "status", "content", "said"),
    [
        ("bytes=0-9", 206, FILM[:10], f"bytes 0-9/{SIZE}"),
        ("bytes=1000-", 206, FILM[1000:], f"bytes 1000-{SIZE - 1}/{SIZE}"),
        ("bytes=-5", 206, FILM[-5:], f"bytes {SIZE - 5}-{SIZE - 1}/{SIZE}"),
        ("bytes=-99999", 206, FILM, f"bytes 0-{SIZE - 1}/{SIZE}"),
        ("bytes=10-99999", 206, FILM[10:], f"bytes 10-{SIZE - 1}/{SIZE}"),
        ("bytes=99999-", 416, b"", f"bytes */{SIZE}"),
        ("bytes=-0", 416, b"", f"bytes */{SIZE}"),
        (f"bytes={'9' * 5000}-", 416, b"", f"bytes */{SIZE}"),
        ("bytes=9-3", 200, FILM, None),
        ("bytes=0-1,4-5", 200, FILM, None),
        ("lines=1-2", 200, FILM, None),
        ("bytes=-", 200, FILM, None),
    ],
)
def test_part_of_a_file(client, film, wanted, status, content, said):
    response = client.get(address(film.file), headers={"Range": wanted})

    sent = body(response) if response.streaming else response.content
    assert (response.status_code, sent, response.headers.get("Content-Range")) == (status, content, said)


def test_part_of_a_file_that_has_changed_since_is_all_of_it(client, film):
    etag = client.get(address(film.file)).headers["ETag"]
    same = client.get(address(film.file), headers={"Range": "bytes=0-1", "If-Range": etag})
    other = client.get(address(film.file), headers={"Range": "bytes=0-1", "If-Range": '"older"'})

    assert (same.status_code, body(same)) == (206, FILM[:2])
    assert (other.status_code, body(other)) == (200, FILM)


def test_file_one_has_already_is_not_sent_again(client, film):
    etag = client.get(address(film.file)).headers["ETag"]
    response = client.get(address(film.file), headers={"If-None-Match": etag})

    assert (response.status_code, response.headers["ETag"]) == (304, etag)


def test_head_tells_the_size_and_sends_nothing(client, film):
    response = client.head(address(film.file))

    assert (response.status_code, response.headers["Content-Length"], response.content) == (200, str(SIZE), b"")


def test_nothing_is_written_to_media(client, film):
    assert client.post(address(film.file)).status_code == 405
