"""Two editors who merge the same two at the same moment, on both databases."""

import pytest
from django.core.exceptions import ValidationError

from speakers.models import Speaker
from tests.at_once import at_once
from tests.factories import SpeakerFactory, TalkFactory, TalkSpeakerFactory, UserFactory
from workshop.editing.content import Content
from workshop.editing.keeping import save_draft
from workshop.editing.models import Draft
from workshop.merging.actions import merge, undo
from workshop.merging.models import Merge
from workshop.models import TalkSpeaker

pytestmark = pytest.mark.django_db(transaction=True)


def test_same_two_merged_at_once_either_way_round_are_merged_once():
    first, second = SpeakerFactory(published=True), SpeakerFactory(published=True)
    TalkSpeakerFactory(speaker=first)
    TalkSpeakerFactory(speaker=second)

    results = at_once(
        *[lambda: merge(kept=first, gone=second), lambda: merge(kept=second, gone=first)] * 2,
    )

    assert [type(each) for each in results if not isinstance(each, Merge)] == [ValidationError] * 3
    left = Speaker.objects.get()
    assert set(TalkSpeaker.objects.values_list("speaker", flat=True)) == {left.pk}


def test_chain_at_once_ends_with_one_whoever_was_first():
    people = [SpeakerFactory(published=True) for _ in range(3)]

    at_once(
        lambda: merge(kept=people[1], gone=people[0]),
        lambda: merge(kept=people[2], gone=people[1]),
        lambda: merge(kept=people[0], gone=people[2]),
    )

    assert 1 <= Speaker.objects.count() < 3


def test_undone_at_once_is_undone_once():
    done = merge(kept=SpeakerFactory(published=True), gone=SpeakerFactory(published=True))

    results = at_once(*[lambda: undo(merge=done)] * 3)

    assert sorted(map(str, map(type, results))) == sorted(map(str, [list, ValidationError, ValidationError]))
    assert Speaker.objects.count() == 2


def test_draft_that_is_saved_during_a_merge_keeps_its_words():
    editor, talk = UserFactory(role="editor"), TalkFactory(published=True)
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)

    def save(title):
        rows = {"talk_speakers": {"new-1": {"speaker": [str(gone.pk)]}}}
        return save_draft(record=talk, content=Content({"title": [title]}, rows), live=Content(), by=editor)

    save("Earlier words")
    at_once(lambda: merge(kept=kept, gone=gone), lambda: save("Later words"))

    assert Draft.objects.get().content.fields == {"title": ["Later words"]}
