"""A name that is taken down stands in no draft, no unsaved words, no revision, no review and no correction."""

import pytest

from speakers.models import Speaker
from tests.factories import CorrectionFactory, ReviewFactory, SpeakerFactory, TalkFactory, UserFactory
from tests.takedown.tables import tables_with
from workshop.editing.content import Content
from workshop.editing.keeping import save_draft
from workshop.editing.models import Draft, Revision, Unsaved, kind_of
from workshop.merging.actions import merge
from workshop.takedown.actions import take_down
from workshop.takedown.people import names_of

pytestmark = pytest.mark.django_db
KEPT = {
    "fields": {"title": ["What Alice Marsh said"], "summary": ["앨리스 마시는 말했다."], "talk_speakers": []},
    "rows": {"quotes": {"new-1": {"exact": ["I, ALICE MARSH, say"]}}},
}


def test_person_is_gone_from_all_that_is_kept_beside_the_records():
    admin, talk = UserFactory(role="admin"), TalkFactory(published=True)
    alice = SpeakerFactory(name="Alice Marsh", name_ko="앨리스 마시")
    where = {"content_type": kind_of(talk), "object_id": talk.pk, "payload": KEPT}
    Draft.objects.create(**where, live="f" * 32)
    Unsaved.objects.create(**where, page="a" * 32)
    Revision.objects.create(**where, title="Alice Marsh in Geneva", fingerprint="f" * 32, note="By Alice Marsh.")
    Revision.objects.create(
        content_type=kind_of(alice), object_id=alice.pk, title="Alice Marsh", fingerprint="e" * 32, payload=KEPT
    )
    ReviewFactory(record=talk, comment="Is Alice Marsh to be named?")
    CorrectionFactory(record=talk, note="It was Alice Marsh who said it.")

    take_down(names=names_of(alice), ground="request", person=alice, by=admin)

    assert tables_with("alice marsh", "앨리스") == []
    assert (Draft.objects.count(), Speaker.objects.count()) == (1, 0)
    assert Draft.objects.get().payload["fields"]["title"] == ["What [removed] said"]


def kept_of(person, model, **values):
    """A row about work on an expert, in which no name stands."""
    life = {"fields": {"bio": ["Born in a village by the marsh."]}, "rows": {}}
    return model.objects.create(content_type=kind_of(person), object_id=person.pk, payload=life, **values)


def test_work_on_the_page_of_the_person_goes_without_a_name_in_it():
    alice = SpeakerFactory(name="Alice Marsh", published=True)
    kept_of(alice, Draft, live="f" * 32)
    kept_of(alice, Unsaved, page="a" * 32)
    kept_of(alice, Revision, title="", fingerprint="f" * 32)

    take_down(names=names_of(alice), ground="request", person=alice)

    assert tables_with("village") == []


def test_what_was_kept_of_those_who_went_into_the_person_goes_too():
    alice, first, second = (SpeakerFactory(name=name) for name in ("Alice Marsh", "A. Marsh", "Alicia"))
    bob = SpeakerFactory(name="Bob Fen")
    for person in (first, second):
        kept_of(person, Revision, title="", fingerprint="f" * 32)
        kept_of(person, Unsaved, page=f"{person.pk:032}")
    other = kept_of(bob, Revision, title="Bob Fen", fingerprint="f" * 32)
    for kept, gone in ((first, second), (alice, first)):
        merge(kept=kept, gone=gone, names=[], held=lambda gone: Content({"bio": ["Of the village."]}))
    alice.refresh_from_db()

    take_down(names=["Alice Marsh"], ground="request", person=alice)

    assert tables_with("alicia", "a. marsh") == []
    assert tables_with("village") == ["editing_revision"]
    assert Revision.objects.get() == other


def test_what_was_kept_of_the_person_before_they_were_recovered_goes_too():
    alice, deleted = SpeakerFactory(name="Alice Marsh"), SpeakerFactory(name="Marsh")
    kept_of(deleted, Revision, title="", fingerprint="f" * 32)
    kept_of(deleted, Revision, title="Marsh", fingerprint="f" * 32, kind="deleted", recovered_as=alice.pk)
    deleted.delete()

    take_down(names=["Alice Marsh"], ground="request", person=alice)

    assert not Revision.objects.exists()


def test_name_is_gone_from_drafts_that_a_merge_has_renamed_and_from_its_undo_data():
    talk, (kept, gone) = TalkFactory(published=True), (SpeakerFactory(), SpeakerFactory())
    rows = {"talk_speakers": {"new-1": {"speaker": [str(gone.pk)], "credited_as": ["Alice Marsh"]}}}
    content = Content({"title": ["With Alice Marsh"]}, rows)
    save_draft(record=talk, content=content, live=Content(), by=UserFactory(role="editor"))
    done = merge(kept=kept, gone=gone)

    take_down(names=["Alice Marsh"], ground="request")

    assert "Alice Marsh" in str(done.changes)
    assert tables_with("alice marsh") == []
    assert Draft.objects.get().content == Content(
        {"title": ["With [removed]"]},
        {"talk_speakers": {"new-1": {"speaker": [str(kept.pk)], "credited_as": ["[removed]"]}}},
    )
