"""Talks, and who gave them."""

import datetime as dt

import pytest

from speakers.models import Speaker
from tests.constraints import Rule, check, in_a_language, of_publishing
from tests.factories import DocumentFactory, QuoteFactory, SpeakerFactory, TalkFactory, TalkSpeakerFactory
from workshop.common.attribution import Attribution
from workshop.common.dates import VagueDate
from workshop.models import Document, DocumentPerson, Talk, TalkSpeaker

pytestmark = pytest.mark.django_db


def nobody_beside(row):
    """Two who are not stored may be in one talk: nobody says they are one person."""
    TalkSpeakerFactory(talk=row.talk, speaker=None, attribution=Attribution.NOT_ATTRIBUTED)


RULES = {
    **of_publishing(TalkFactory),
    **in_a_language(TalkFactory, "title"),
    "workshop_talk_elsewhere_has_no_edition": Rule(
        TalkFactory,
        allows=[{"delivery": "online"}, {"delivery": "elsewhere", "workshop": None}, {"workshop": None}],
        refuses=[{"delivery": "elsewhere"}],
        says="A talk delivered elsewhere belongs to no edition; name the occasion instead.",
    ),
    "workshop_talkspeaker_once": Rule(
        TalkSpeakerFactory,
        allows=[
            {"speaker": lambda row: TalkSpeakerFactory().speaker},
            {"speaker": nobody_beside, "attribution": Attribution.NOT_ATTRIBUTED},
        ],
        refuses=[{"speaker": lambda row: TalkSpeakerFactory(talk=row.talk).speaker}],
        says="This expert is in the talk already.",
    ),
    "workshop_talkspeaker_nobody_only_unattributed": Rule(
        TalkSpeakerFactory,
        allows=[{"speaker": None, "attribution": Attribution.NOT_ATTRIBUTED}],
        refuses=[
            {"speaker": None},
            {"speaker": None, "attribution": Attribution.AFFILIATION_ONLY, "affiliation_then": "A diplomat"},
        ],
        says="Choose the expert, or set the attribution to “not attributed”.",
    ),
    "workshop_talkspeaker_affiliation_to_show": Rule(
        TalkSpeakerFactory,
        allows=[
            {"attribution": Attribution.AFFILIATION_ONLY, "affiliation_then": "A diplomat"},
            {"attribution": Attribution.AFFILIATION_ONLY, "affiliation_then_ko": "외교관"},
            {"attribution": Attribution.NOT_ATTRIBUTED},
        ],
        refuses=[{"attribution": Attribution.AFFILIATION_ONLY}],
        says="“Affiliation only” needs the affiliation to show.",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


def test_speaker_of_a_talk_is_on_record_unless_said_otherwise():
    assert TalkSpeaker().attribution == Attribution.ON_RECORD


def test_talk_has_its_date_as_exactly_as_is_known():
    assert TalkFactory.build(workshop=None, date=dt.date(2020, 4, 1), date_precision="month").when == VagueDate(
        dt.date(2020, 4, 1), "month"
    )
    assert TalkFactory.build(workshop=None, date=None).when is None


def test_people_withheld_are_those_in_it_or_quoted_from_it_who_are_not_named():
    talk = TalkFactory()
    unnamed, quoted, named = SpeakerFactory.create_batch(3)
    TalkSpeakerFactory(talk=talk, speaker=unnamed, attribution=Attribution.NOT_ATTRIBUTED)
    TalkSpeakerFactory(talk=talk, speaker=named)
    QuoteFactory(talk=talk, speaker=quoted, attribution=Attribution.NOT_ATTRIBUTED)
    TalkSpeakerFactory(attribution=Attribution.NOT_ATTRIBUTED)

    assert set(talk.people_withheld()) == {unnamed, quoted}
    assert Speaker.objects.count() == 4


# --- Documents of a talk ---------------------------------------------------------------


def told(talk, document):
    """Whether each leads to the other."""
    return Document.objects.of_talk(talk).exists(), Talk.objects.in_document(document).exists()


@pytest.mark.parametrize("level", Attribution)
@pytest.mark.parametrize("quoted", [False, True])
def test_document_by_somebody_whom_the_talk_does_not_name_is_left_out(level, quoted):
    document, author = DocumentFactory(), SpeakerFactory()
    DocumentPerson.objects.create(document=document, speaker=author)
    talk = TalkFactory()
    talk.documents.add(document)
    row = (
        QuoteFactory(talk=talk, speaker=author, attribution=level, affiliation="A judge")
        if quoted
        else TalkSpeakerFactory(talk=talk, speaker=author, attribution=level, affiliation_then="A judge")
    )

    assert row.speaker == author
    assert told(talk, document) == (level == Attribution.ON_RECORD,) * 2


def test_document_by_somebody_else_stays_with_a_talk_that_names_nobody():
    document, talk = DocumentFactory(), TalkFactory()
    DocumentPerson.objects.create(document=document, speaker=SpeakerFactory())
    TalkSpeakerFactory(talk=talk, attribution=Attribution.NOT_ATTRIBUTED)
    TalkSpeakerFactory(talk=talk, speaker=None, attribution=Attribution.NOT_ATTRIBUTED)
    talk.documents.add(document)

    assert told(talk, document) == (True, True)
