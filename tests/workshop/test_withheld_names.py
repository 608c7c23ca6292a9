"""Names that a record must not show, looked for before it is published."""

import pytest

from tests.factories import (
    MediaFactory,
    PositionFactory,
    QuoteFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
)
from workshop.actions import publish, withheld_names_in
from workshop.models import Talk

pytestmark = pytest.mark.django_db


def set_on_row(record, **values):
    type(record)._base_manager.filter(pk=record.pk).update(**values)


def unnamed(**kwargs):
    speaker = SpeakerFactory(
        name="Jane Doe", name_ko="제인 도", given_name="Jane", family_name="Doe", native_name="도제인", published=True
    )
    talk = TalkFactory(title="A conversation", **kwargs)
    TalkSpeakerFactory(talk=talk, speaker=speaker, attribution=2)
    return talk


@pytest.mark.parametrize(
    "put",
    [
        lambda talk: set_on_row(talk, title="With Jane Doe"),
        lambda talk: set_on_row(talk, summary="As doe said"),
        lambda talk: set_on_row(talk, body_ko="도제인은 말했다"),
        lambda talk: set_on_row(talk, slug="with-jane-doe"),
        lambda talk: talk.tags.add("Jane Doe"),
        lambda talk: QuoteFactory(talk=talk, exact="“Thank you, Ms Doe”"),
        lambda talk: QuoteFactory(talk=talk, translation="제인 도의 말"),
        lambda talk: MediaFactory(talk=talk, title="Interview: DOE"),
        lambda talk: TalkSpeakerFactory(talk=talk, affiliation_then="Doe Foundation"),
        lambda talk: (publish(record=talk), setattr(talk, "slug", "doe"), talk.save(), renamed(talk)),
    ],
    ids="title summary korean slug tag quote translation media affiliation old-slug".split(),  # noqa: SIM905
)
def test_withheld_names_are_found_in_every_text_of_a_talk_and_of_its_parts(put):
    talk = unnamed()
    assert withheld_names_in(talk) == []

    put(talk)

    assert withheld_names_in(Talk.objects.get()) == ["Jane Doe"]


def renamed(talk):
    talk = Talk.objects.get()
    talk.slug = "a-conversation"
    talk.save()


def test_withheld_names_are_found_in_the_parts_of_a_recommendation():
    position = PositionFactory(speaker__name="Jane Doe", speaker__family_name="Doe", attribution=2)
    other = PositionFactory(recommendation=position.recommendation, note="Doe argues otherwise", stance="doubts")

    assert withheld_names_in(position.recommendation) == ["Jane Doe"]
    other.delete()
    assert withheld_names_in(position.recommendation) == []


def test_withheld_names_do_not_include_part_of_another_word():
    talk = unnamed()
    set_on_row(talk, summary="Shadoe and Rodoeing")

    assert withheld_names_in(Talk.objects.get()) == []
