"""A name that is taken down stands in no draft, no unsaved words, no revision, no review and no correction."""

import pytest

from speakers.models import Speaker
from tests.factories import CorrectionFactory, ReviewFactory, SpeakerFactory, TalkFactory, UserFactory
from tests.takedown.tables import tables_with
from workshop.editing.models import Draft, Revision, Unsaved, kind_of
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
