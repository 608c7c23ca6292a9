"""Who is named: the strictest that applies, across the talk, the words and the proposals."""

from types import SimpleNamespace

import pytest

from recommendations.models import Position, Recommendation
from tests.factories import (
    DocumentFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
)
from workshop.common.attribution import Attribution
from workshop.models import Quote, TalkSpeaker

pytestmark = pytest.mark.django_db
ON_RECORD, BY_AFFILIATION, UNNAMED = Attribution
LEVELS = [BY_AFFILIATION, UNNAMED]


def world(words_by_somebody=True):
    """One expert in one talk, two things they said there, two proposals made of the first, one made elsewhere."""
    talk, speaker = TalkFactory(published=True), SpeakerFactory(published=True)
    words = QuoteFactory(talk=talk, speaker=speaker if words_by_somebody else None, affiliation="A diplomat")
    elsewhere = QuoteFactory(talk__published=True, speaker=speaker, affiliation="A diplomat")

    def proposes(source):
        return PositionFactory(
            recommendation=RecommendationFactory(published=True, source_quote=source),
            speaker=speaker,
            affiliation="A diplomat",
        )

    return {
        "in the talk": TalkSpeakerFactory(talk=talk, speaker=speaker, affiliation_then="A diplomat"),
        "the words": words,
        "other words": QuoteFactory(talk=talk, speaker=speaker, affiliation="A diplomat"),
        "proposal": proposes(words),
        "second proposal": proposes(words),
        "proposal elsewhere": proposes(elsewhere),
        "words elsewhere": elsewhere,
    }


def withhold(row, level):
    type(row)._base_manager.filter(pk=row.pk).update(attribution=level)


def shown(rows):
    """What readers learn of each row's person."""
    return {
        name: (found.shown_as, found.person, type(row).objects.attributable().filter(pk=row.pk).exists())
        for name, row in rows.items()
        for found in [type(row).objects.public().get(pk=row.pk)]
    }


def changed(rows, level, speaker):
    """The rows that withhold at ``level`` and name nobody; the others must name everybody."""
    looks = shown(rows)
    kept = {name for name, look in looks.items() if look == (level, None, False)}
    named = {name for name, look in looks.items() if look == (ON_RECORD, rows[name].speaker, True)}
    assert kept | named == set(rows), looks
    return kept


TIES = {
    "in the talk": {"in the talk", "the words", "other words", "proposal", "second proposal"},
    "the words": {"the words", "proposal", "second proposal"},
    "other words": {"other words"},
    "proposal": {"the words", "proposal", "second proposal"},
    "second proposal": {"the words", "proposal", "second proposal"},
    "proposal elsewhere": {"proposal elsewhere", "words elsewhere"},
    "words elsewhere": {"proposal elsewhere", "words elsewhere"},
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("at", TIES)
def test_withheld_in_one_row_is_withheld_in_all_that_tell_of_the_same_words(at, level):
    rows = world()

    withhold(rows[at], level)

    assert changed(rows, level, rows[at].speaker) == TIES[at]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("at", TIES)
def test_withheld_holds_where_the_words_name_nobody_too(at, level):
    """Then nothing but the proposals tells whose words they are."""
    rows = world(words_by_somebody=False)
    expected = TIES[at] - {"the words"} if at == "in the talk" else TIES[at]  # the words name nobody, as it is

    withhold(rows[at], level)

    assert changed(rows, level, rows[at].speaker) == expected


def test_withheld_at_two_levels_is_the_strictest():
    rows = world()

    withhold(rows["in the talk"], BY_AFFILIATION)
    withhold(rows["proposal"], UNNAMED)

    assert {name: look[0] for name, look in shown(rows).items()} == {
        "in the talk": BY_AFFILIATION,
        "the words": UNNAMED,
        "other words": BY_AFFILIATION,
        "proposal": UNNAMED,
        "second proposal": UNNAMED,
        "proposal elsewhere": ON_RECORD,
        "words elsewhere": ON_RECORD,
    }


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("by", ["quote", "talk"])
def test_position_by_its_own_words_or_talk_is_as_strict_as_they_are(by, level):
    talk, speaker = TalkFactory(published=True), SpeakerFactory(published=True)
    TalkSpeakerFactory(talk=talk, speaker=speaker, attribution=level, affiliation_then="A diplomat")
    source = {"talk": talk} if by == "talk" else {"quote": QuoteFactory(talk=talk, speaker=speaker)}
    position = PositionFactory(recommendation__published=True, speaker=speaker, stance="supports", **source)

    assert changed({"position": position}, level, speaker) == {"position"}


@pytest.mark.parametrize("words_by_somebody", [True, False])
def test_words_shared_by_a_position_and_a_proposal_keep_the_name_off_both(words_by_somebody):
    speaker = SpeakerFactory(published=True)
    words = QuoteFactory(talk__published=True, speaker=speaker if words_by_somebody else None)
    unnamed = PositionFactory(
        recommendation__published=True, speaker=speaker, stance="supports", quote=words, attribution=UNNAMED
    )
    proposal = PositionFactory(
        recommendation=RecommendationFactory(published=True, source_quote=words), speaker=speaker
    )
    rows = {"position": unnamed, "words": words, "proposal": proposal}

    assert changed(rows, UNNAMED, speaker) == set(rows)


FAMILY = ("the whole", "one part", "other part")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("at", FAMILY)
def test_withheld_in_one_part_of_a_compound_ask_is_withheld_in_all(at, level):
    speaker = SpeakerFactory(published=True)
    whole = RecommendationFactory(published=True)
    records = [whole, *RecommendationFactory.create_batch(2, published=True, parent=whole)]
    rows = {
        name: PositionFactory(recommendation=record, speaker=speaker, affiliation="A diplomat")
        for name, record in zip(FAMILY, records, strict=True)
    }
    other = PositionFactory(recommendation=whole, speaker__published=True)

    withhold(rows[at], level)

    assert changed(rows, level, speaker) == set(FAMILY)
    assert shown({"other": other})["other"] == (ON_RECORD, other.speaker, True)


# --- Somebody who is not stored --------------------------------------------------------


def unstored(recommendation, **kwargs):
    return PositionFactory(recommendation=recommendation, speaker=None, attribution=UNNAMED, **kwargs)


def test_proposer_not_stored_keeps_the_speaker_of_the_source_words_back():
    rows = world()
    rows["proposal"].delete()
    rows["proposal"] = unstored(rows["second proposal"].recommendation.source_quote.recommendations.first())

    looks = shown(rows)

    assert [looks[name][:2] for name in ("proposal", "the words", "second proposal", "in the talk")] == [
        (UNNAMED, None),
        (UNNAMED, None),
        (UNNAMED, None),
        (ON_RECORD, rows["in the talk"].speaker),
    ]


@pytest.mark.parametrize("words_by_somebody", [True, False])
def test_proposer_not_stored_beside_one_by_name_is_somebody_else(words_by_somebody):
    rows = world(words_by_somebody)
    named = rows["proposal"].recommendation
    rows["second proposal"].delete()
    unstored(named)

    looks = shown({"proposal": rows["proposal"]})

    assert looks["proposal"] == (ON_RECORD, rows["proposal"].speaker, True)
    assert not Recommendation.objects.tracing().filter(pk=named.pk).exists()


@pytest.mark.parametrize("stance", ["supports", "doubts", "opposes"])
def test_opponent_not_stored_leaves_the_name_of_the_source_words(stance):
    rows = world()

    unstored(rows["proposal"].recommendation, stance=stance)

    assert changed(rows, UNNAMED, rows["the words"].speaker) == set()


def test_unnamed_supporter_of_a_proposal_leaves_its_proposer_named():
    rows = world(words_by_somebody=False)

    PositionFactory(recommendation=rows["proposal"].recommendation, stance="supports", attribution=UNNAMED)

    assert changed(rows, UNNAMED, None) == set()


# --- What stands for a name ------------------------------------------------------------


def test_by_affiliation_shows_the_affiliation_given():
    position = PositionFactory(recommendation__published=True, attribution=BY_AFFILIATION, affiliation="A diplomat")

    row = Position.objects.public().get(pk=position.pk)

    assert (row.person, row.by_affiliation, row.nameless, str(row.affiliation_shown)) == (
        None,
        True,
        False,
        "A diplomat",
    )


def test_by_affiliation_without_one_to_show_is_nameless():
    """A tied row may be stricter than this one, which then has no affiliation to show."""
    quote = QuoteFactory(talk__published=True, speaker=SpeakerFactory(published=True))
    TalkSpeakerFactory(
        talk=quote.talk, speaker=quote.speaker, attribution=BY_AFFILIATION, affiliation_then="A diplomat"
    )

    row = Quote.objects.public().get()

    assert (row.person, row.by_affiliation, row.nameless) == (None, False, True)


@pytest.mark.parametrize(("level", "body"), [(ON_RECORD, "named"), (BY_AFFILIATION, None), (UNNAMED, None)])
def test_body_of_a_position_is_named_on_record_alone(level, body):
    state = OrganisationFactory(published=True)
    PositionFactory(
        recommendation__published=True, speaker=None, organisation=state, attribution=level, affiliation="A mission"
    )

    row = Position.objects.public().get()

    assert row.body == (state if body else None)


def test_person_of_a_row_that_was_not_asked_in_public_is_refused():
    position = PositionFactory()

    with pytest.raises(AttributeError):
        Position.objects.get(pk=position.pk).person  # noqa: B018 — the access is the test


def test_withheld_finds_rows_that_are_not_public_as_well():
    hidden = TalkSpeakerFactory(attribution=UNNAMED)
    TalkSpeakerFactory()

    assert list(TalkSpeaker.objects.withheld()) == [hidden]


# --- The way back to the source --------------------------------------------------------


def traced(recommendation, talk=None, document=None):
    """Whether its source may be shown: as the page asks, as lists ask, and from the other end."""
    public = Recommendation.objects.public().filter(pk=recommendation.pk)
    return SimpleNamespace(
        page=not public.with_source_withheld().get().source_withheld,
        list=public.tracing().exists(),
        talk=public.from_talk(talk).exists() if talk else None,
        document=public.from_document(document).exists() if document else None,
    )


@pytest.mark.parametrize("at", ["in the talk", "the words", "proposal", "second proposal"])
@pytest.mark.parametrize("level", LEVELS)
def test_source_of_a_proposal_by_somebody_withheld_is_not_shown(at, level):
    rows = world()
    talk = rows["the words"].talk
    before = traced(rows["proposal"].recommendation, talk)

    withhold(rows[at], level)
    after = traced(rows["proposal"].recommendation, talk)

    assert (before.page, before.list, before.talk) == (True, True, True)
    assert (after.page, after.list, after.talk) == (False, False, False)


def test_source_of_a_proposal_by_somebody_not_stored_is_not_shown():
    rows = world()
    rows["proposal"].delete()
    recommendation = Recommendation.objects.get(code=rows["proposal"].recommendation.code)
    unstored(recommendation)

    assert vars(traced(recommendation, rows["the words"].talk)) == {
        "page": False,
        "list": False,
        "talk": False,
        "document": None,
    }


@pytest.mark.parametrize("as_words", [True, False])
@pytest.mark.parametrize("level", Attribution)
def test_document_leads_to_what_it_is_the_source_of_unless_a_name_is_withheld(as_words, level):
    document = DocumentFactory(published=True)
    words = QuoteFactory(talk=None, document=document) if as_words else None
    recommendation = RecommendationFactory(
        published=True, origin="document", source_quote=words, source_document=None if as_words else document
    )
    PositionFactory(
        recommendation=recommendation, speaker__published=True, attribution=level, affiliation="A diplomat"
    )

    found = traced(recommendation, document=document)

    assert (found.page, found.list, found.document) == (level == ON_RECORD,) * 3


def test_source_with_an_unnamed_supporter_is_shown():
    rows = world()

    PositionFactory(recommendation=rows["proposal"].recommendation, stance="supports", attribution=UNNAMED)

    assert traced(rows["proposal"].recommendation, rows["the words"].talk).talk is True


def test_from_talk_finds_a_proposal_by_the_talk_of_a_named_position():
    talk = TalkFactory(published=True)
    position = PositionFactory(recommendation__published=True, speaker__published=True, talk=talk)

    assert list(Recommendation.objects.public().from_talk(talk)) == [position.recommendation]


@pytest.mark.parametrize("stance", ["proposes", "supports"])
def test_from_talk_passes_over_the_talk_of_an_unnamed_position(stance):
    talk = TalkFactory(published=True)
    PositionFactory(
        recommendation__published=True, speaker__published=True, talk=talk, stance=stance, attribution=UNNAMED
    )

    assert list(Recommendation.objects.public().from_talk(talk)) == []
