"""Documents, recordings and quotations."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from tests.constraints import Rule, check, in_a_language, of_publishing
from tests.factories import DocumentFactory, MediaFactory, QuoteFactory, SpeakerFactory, TalkFactory
from workshop.common.attribution import Attribution
from workshop.common.dates import VagueDate
from workshop.models import DocumentPerson, Quote

pytestmark = pytest.mark.django_db


def authorship(**kwargs):
    return DocumentPerson.objects.create(**{"document": DocumentFactory(), "speaker": SpeakerFactory(), **kwargs})


RULES = {
    **of_publishing(DocumentFactory),
    **in_a_language(DocumentFactory, "title"),
    "workshop_documentperson_once": Rule(
        authorship,
        allows=[{"role": "chair"}, {"speaker": lambda row: authorship(document=row.document, role="chair").speaker}],
        refuses=[{"speaker": lambda row: authorship(document=row.document).speaker}],
        says="This person has that role in the document already.",
    ),
    "workshop_documentperson_role_known": Rule(
        authorship,
        allows=[{"role": "author"}, {"role": "chair"}, {"role": "editor"}],
        refuses=[{"role": "typist"}],
        says="is not a valid choice",
    ),
    "workshop_media_of_one_owner": Rule(
        MediaFactory,
        allows=[{"title": "Talk"}, {"talk": None, "document": lambda _: DocumentFactory()}],
        refuses=[{"talk": None}, {"document": lambda _: DocumentFactory()}],
        says="A recording belongs to a talk or to a document.",
    ),
    "workshop_media_file_or_address": Rule(
        MediaFactory,
        allows=[{"url": ""}, {"url": "", "file": lambda _: ContentFile(b"words", name="words.txt")}],
        refuses=[{"file": lambda _: ContentFile(b"words", name="words.txt")}],
        says="Give a file or an address, not both.",
    ),
    "workshop_quote_has_a_place": Rule(
        QuoteFactory,
        allows=[
            {"document": None},
            {"talk": None, "document": lambda _: DocumentFactory()},
            {"document": lambda _: DocumentFactory()},
        ],
        refuses=[{"talk": None}],
        says="Say where the words stand: in a talk, a document, or both.",
    ),
    "workshop_quote_has_words": Rule(
        QuoteFactory,
        allows=[{"exact": "words"}],
        refuses=[{"exact": ""}],
        says="This field cannot be blank.",
    ),
    "workshop_quote_affiliation_to_show": Rule(
        QuoteFactory,
        allows=[
            {"attribution": Attribution.AFFILIATION_ONLY, "affiliation": "A diplomat"},
            {"attribution": Attribution.AFFILIATION_ONLY, "affiliation_ko": "외교관"},
            {"attribution": Attribution.NOT_ATTRIBUTED},
            {"attribution": Attribution.ON_RECORD},
        ],
        refuses=[{"attribution": Attribution.AFFILIATION_ONLY}],
        says="“Affiliation only” needs the affiliation to show.",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


def test_document_keeps_the_hash_of_its_text():
    document = DocumentFactory(body="words")
    before = document.body_sha256

    document.body = ""
    document.save()

    assert (before, document.body_sha256) == (
        "dba36bffa5cab0f922d087a3aeb179f9d4e745df40b323e1b1471402848c8a3e",
        "",
    )


def test_document_is_named_with_its_symbol():
    document = DocumentFactory.build(title="Report", symbol="A/HRC/25/63", date=dt.date(2014, 2, 7))

    assert (str(document), document.when) == ("Report (A/HRC/25/63)", VagueDate(dt.date(2014, 2, 7)))


def test_recording_is_named_by_its_title_or_its_kind():
    assert (str(MediaFactory.build(title="Highlights", talk=None)), str(MediaFactory.build(title="", talk=None))) == (
        "Highlights",
        "Video",
    )


def test_recording_is_stored_under_a_name_that_says_nothing():
    media = MediaFactory(url="", file=ContentFile(b"words", name="Jane Doe, interview.TXT"))

    assert (media.file.name.startswith("recordings/"), media.file.name.endswith(".txt"), len(media.file.name)) == (
        True,
        True,
        len("recordings/") + 32 + len(".txt"),
    )


def test_quote_loses_its_recording_without_a_loss_of_words():
    media = MediaFactory()
    quote = QuoteFactory(talk=media.talk, media=media, media_start=12)

    media.delete()

    assert Quote.objects.get(pk=quote.pk).media is None


def test_quote_in_a_long_sentence_is_named_by_its_beginning():
    assert str(QuoteFactory.build(exact="a" * 90, talk=None)) == "a" * 79 + "…"


def test_talk_takes_its_draft_words_with_it():
    quote = QuoteFactory(talk=TalkFactory())

    quote.talk.delete()

    assert not Quote.objects.exists()
