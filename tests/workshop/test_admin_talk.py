"""The talk's page at the desk, and the rows below it."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from tests.desk import form_of, said
from tests.factories import (
    DocumentFactory,
    MediaFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    UserFactory,
    WorkshopFactory,
)
from tests.images import films
from tests.images.uploads import HTML, upload
from workshop.images import recordings
from workshop.images.models import LeftFile
from workshop.models import Media, Quote, Talk

pytestmark = pytest.mark.django_db
WORDS = {"attribution": "0", "language": "en", "order": "1"}
FILM = films.mp4()


def rows(prefix, form, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": str(initial + 1)}
    return data | {f"{prefix}-{initial}-{name}": value for name, value in form.items()}


def errors(response, number):
    return response.context["inline_admin_formsets"][number].formset.errors


def test_talk_is_entered_with_speaker_recording_and_words(editor):
    edition, speaker = WorkshopFactory(), SpeakerFactory()

    editor.fill(
        Talk,
        "add",
        title="A talk",
        workshop=edition.pk,
        **rows("talk_speakers", {"speaker": speaker.pk, "role": "speaker", "order": "1", "attribution": "0"}),
        **rows("media", {"kind": "video", "url": "video.example.org/1", "language": "en", "order": "1"}),
        **rows("quotes", WORDS | {"exact": "Exact words", "speaker": speaker.pk}),
        _save="Save",
    )

    talk = Talk.objects.get()
    assert list(talk.talk_speakers.values_list("speaker", flat=True)) == [speaker.pk]
    assert list(talk.media.values_list("url", flat=True)) == ["https://video.example.org/1"]
    assert list(talk.quotes.values_list("exact", "speaker")) == [("Exact words", speaker.pk)]


def test_error_in_a_row_keeps_every_word_of_the_page(editor):
    response = editor.fill(
        Talk,
        "add",
        title="A talk",
        summary="A long summary",
        **rows("quotes", WORDS | {"exact": "", "prefix": "Words before"}),
    )

    kept = form_of(response, "talk_form")
    assert (kept["title"], kept["summary"], kept["quotes-0-prefix"]) == ("A talk", "A long summary", "Words before")
    assert (errors(response, 2), Talk.objects.count()) == ([{"exact": ["This field is required."]}], 0)


def test_talk_elsewhere_in_an_edition_says_what_to_do(editor):
    response = editor.fill(Talk, "add", title="A talk", workshop=WorkshopFactory().pk, delivery="elsewhere")

    assert response.context["adminform"].form.non_field_errors() == [
        "A talk delivered elsewhere belongs to no edition; name the occasion instead."
    ]


def test_words_that_a_recommendation_rests_on_are_not_removed(editor):
    quote = QuoteFactory()
    RecommendationFactory(source_quote=quote)

    response = editor.fill(quote.talk, "change", **{"quotes-0-DELETE": "on"})

    assert (response.status_code, Quote.objects.count()) == (200, 1)


def test_author_is_not_told_what_rests_on_their_words(author):
    quote = QuoteFactory(talk=TalkFactory(created_by=author.user))
    RecommendationFactory(source_quote=quote, statement="Hidden ask", created_by=UserFactory())

    response = author.fill(quote.talk, "change", **{"quotes-0-DELETE": "on"})

    said = response.content.decode()
    assert ("Hidden ask" in said, "Other records name it. Ask an editor." in said) == (False, True)
    assert Quote.objects.count() == 1


# --- recordings ------------------------------------------------------------------------------------


def recording(**fields):
    return rows("media", {"kind": "video", "language": "en", "order": "1"} | fields)


def test_recording_is_stored_under_a_name_that_tells_nothing(editor):
    talk = TalkFactory()

    editor.fill(talk, "change", **recording(file=upload(FILM, "Name of a person.MP4", "video/mp4")))

    assert "Name" not in Media.objects.get().file.name
    assert Media.objects.get().file.read() == FILM


@pytest.mark.parametrize(
    ("field", "file", "sentence"),
    [
        ("file", upload(HTML, "film.mp4"), "The file ends in .mp4, but it is not an MP4 film."),
        ("captions", upload(HTML, "c.vtt"), "The file ends in .vtt, but it is not captions in WebVTT, which begin "
         "with the word WEBVTT."),
    ],
    ids=["film", "captions"],
)  # fmt: skip
def test_recording_that_is_not_what_it_says_is_refused(editor, field, file, sentence):
    response = editor.fill(TalkFactory(), "change", **recording(**{field: file, "title": "A title"}))

    assert (errors(response, 1), Media.objects.count()) == ([{field: [sentence]}], 0)


def test_place_in_a_film_is_gone_before_anything_is_stored(editor):
    told = films.mp4(films.XYZ)

    editor.fill(TalkFactory(), "change", **recording(file=upload(told, "film.mp4")))

    stored = Media.objects.get().file.read()
    assert (films.SECRET in stored, len(stored)) == (False, len(told))


def test_recording_is_looked_at_outside_of_a_transaction(editor, monkeypatch, transactional_db):
    open_then = []
    clean = recordings.clean
    monkeypatch.setattr(
        recordings,
        "clean",
        lambda file: (open_then.append(transaction.get_connection().in_atomic_block), clean(file))[1],
    )

    editor.fill(TalkFactory(), "change", **recording(file=upload(FILM, "film.mp4")))

    assert open_then[0] is False
    assert Media.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "warned"),
    [
        ({"file": FILM}, True),
        ({"file": FILM, "captions": films.CAPTIONS.encode()}, False),
        ({"file": films.mp4(tracks=(b"soun",)), "kind": "audio"}, False),
        ({"url": "https://video.example.org/1"}, False),
    ],
    ids=["film", "film with captions", "sound", "film elsewhere"],
)
def test_film_without_captions_is_warned_of(editor, fields, warned):
    ending = {"captions": "c.vtt", "file": "film.m4a" if fields.get("kind") == "audio" else "film.mp4"}
    sent = {name: upload(value, ending[name]) if name in ending else value for name, value in fields.items()}

    response = editor.fill(TalkFactory(), "change", **recording(title="The tape", **sent))

    warning = "The film “The tape” has no captions: people who cannot hear it are left out. Add a .vtt file."
    assert (Media.objects.count(), warning in said(response)) == (1, warned)


def test_file_and_address_together_are_refused(editor):
    response = editor.fill(
        TalkFactory(), "change", **recording(file=upload(FILM, "film.mp4"), url="https://video.example.org/1")
    )

    assert errors(response, 1) == [{"__all__": ["Give a file or an address, not both."]}]


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("author", 404)])
def test_stored_recording_is_looked_at_by_those_who_may(desk_of, role, status):
    media = MediaFactory(url="", file=ContentFile(FILM, "film.mp4"), talk__created_by=UserFactory())

    response = desk_of(role).get(reverse("admin:workshop_media_file", args=[media.pk, "file"]))

    assert response.status_code == status


def test_file_of_a_recording_that_is_removed_waits(editor):
    media = MediaFactory(url="", file=ContentFile(FILM, "film.mp4"))

    editor.fill(media.talk, "change", **{"media-0-DELETE": "on"})

    assert (Media.objects.exists(), LeftFile.objects.get().name) == (False, media.file.name)


def test_document_takes_words_without_a_talk(editor):
    document = DocumentFactory()

    editor.fill(
        document, "change", **rows("quotes", {"exact": "Printed", "attribution": "0", "language": "en", "order": "1"})
    )

    assert Quote.objects.values_list("document", "talk").get() == (document.pk, None)
