"""What is kept of editors' work, once and of known kinds."""

import secrets

import pytest

from tests.constraints import Rule, check
from tests.factories import TalkFactory, UserFactory
from workshop.editing.models import Draft, Presence, PreviewLink, Revision, Unsaved, kind_of

pytestmark = pytest.mark.django_db


def of_a_talk(model, **values):
    """A row about a talk of its own."""
    talk = TalkFactory()
    return model.objects.create(content_type=kind_of(talk), object_id=talk.pk, **values)


def a_draft():
    return of_a_talk(Draft, live="f" * 32)


def an_unsaved():
    return of_a_talk(Unsaved, author=UserFactory(), page=secrets.token_hex(16))


def a_revision(**values):
    return of_a_talk(Revision, title="A talk", fingerprint="f" * 32, **values)


def a_presence():
    return of_a_talk(Presence, user=UserFactory(), page=secrets.token_hex(16))


def like(make, *names):
    """The same values as another row that is there."""
    other: list = []

    def value_of(name):
        def value(_):
            if not other:
                other.append(make())
            return getattr(other[0], name)

        return value

    return {name: value_of(name) for name in names}


RULES = {
    "editing_draft_one_per_record": Rule(
        a_draft,
        allows=[{"object_id": lambda draft: draft.object_id + 1000}],
        refuses=[like(a_draft, "object_id")],
        says="",
    ),
    "editing_unsaved_one_per_page": Rule(
        an_unsaved,
        allows=[like(an_unsaved, "page"), like(an_unsaved, "author"), like(an_unsaved, "object_id")],
        refuses=[like(an_unsaved, "page", "author")],
        says="",
    ),
    "editing_revision_kind": Rule(
        a_revision,
        allows=[{"kind": kind} for kind in Revision.Kind.values],
        refuses=[{"kind": "other"}, {"kind": ""}],
        says="",
    ),
    "editing_revision_one_per_page": Rule(
        a_revision,
        allows=[{"page": "a" * 32}, {"page": ""}],
        refuses=[{"page": lambda _: a_revision(page="b" * 32).page}],
        says="",
    ),
    "editing_presence_once": Rule(
        a_presence,
        allows=[like(a_presence, "page"), like(a_presence, "user"), like(a_presence, "object_id")],
        refuses=[like(a_presence, "object_id", "user", "page")],
        says="",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_rule_holds_on_both_sides(name):
    check(name, RULES[name])


def test_rows_say_whose_they_are():
    user = UserFactory(first_name="Ada", last_name="Berg")
    talk = TalkFactory()
    kept = Draft.objects.create(content_type=kind_of(talk), object_id=talk.pk, author=user, live="f" * 32)

    assert (kept.who, str(kept)) == ("Ada Berg", "draft by Ada Berg")
    assert PreviewLink.objects.of(talk).count() == 0
