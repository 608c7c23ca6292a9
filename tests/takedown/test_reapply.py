"""A restored database knows nothing of what was taken down since: it is taken down again."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from speakers.models import Speaker
from tests.factories import QuoteFactory, SpeakerFactory, TalkFactory
from tests.takedown.tables import everything_as_text, tables_with
from workshop.takedown import record
from workshop.takedown.actions import take_down
from workshop.takedown.models import TakeDown
from workshop.takedown.people import names_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken_down(django_capture_on_commit_callbacks):
    """A person who was taken down, and the database as an older backup brings it back."""
    alice = SpeakerFactory(published=True, name="Alice Marsh", name_ko="앨리스 마시")
    words = QuoteFactory(speaker=alice, exact="So I, Alice Marsh, said.")
    with django_capture_on_commit_callbacks(execute=True):
        take_down(names=names_of(alice), ground="request", person=alice)
    TakeDown.objects.all().delete()
    Speaker(pk=alice.pk, name="Alice Marsh", name_ko="앨리스 마시", slug="alice-marsh").save(force_insert=True)
    type(words).objects.filter(pk=words.pk).update(speaker=alice.pk, exact=words.exact, attribution=0)
    return words


def command():
    out = StringIO()
    call_command("reapply_takedowns", stdout=out)
    return out.getvalue().strip()


def test_file_beside_the_database_holds_digests_and_no_name(taken_down):
    text = record.path().read_text()

    assert (len(text.splitlines()), record.path().stat().st_mode & 0o777) == (1, 0o600)
    assert not any(word in text.lower() for word in ("alice", "marsh", "앨리스", "\\uc568"))


def test_restored_person_goes_again_and_so_do_the_words(taken_down):
    said = command()

    taken_down.refresh_from_db()
    assert (taken_down.speaker, taken_down.attribution, taken_down.exact) == (None, 2, "So I, [removed], said.")
    assert tables_with("alice marsh", "앨리스 마시") == []
    assert said == "Take-downs looked for: 1. Rows removed or changed: 3."
    assert TakeDown.objects.get().again_at is not None


def test_again_changes_nothing(taken_down):
    command()
    ignored = {"takedown_takedown", "workshop_sitestate", "search_indexstate"}
    before = {name: text for name, text in everything_as_text().items() if name not in ignored}

    said = command()

    assert said == "Take-downs looked for: 1. Rows removed or changed: 0."
    assert {name: text for name, text in everything_as_text().items() if name not in ignored} == before


def test_run_due_does_it_by_itself_and_once(taken_down):
    out, again = StringIO(), StringIO()

    call_command("run_due", stdout=out)
    call_command("run_due", stdout=again)

    assert out.getvalue() == "Taken down again in a restored database. Rows removed or changed: 3.\n"
    assert (again.getvalue(), tables_with("alice marsh")) == ("", [])


def test_somebody_else_who_has_the_key_by_now_stays(taken_down):
    Speaker.objects.update(name="Bob Fen", name_ko="", slug="bob-fen", sort_name="Fen, Bob")

    command()

    taken_down.refresh_from_db()
    assert (Speaker.objects.get().name, taken_down.speaker.name) == ("Bob Fen", "Bob Fen")
    assert taken_down.exact == "So I, [removed], said."


def test_lost_key_is_said_and_a_former_one_still_serves(taken_down, settings):
    former = settings.SECRET_KEY
    with override_settings(SECRET_KEY="another-secret-key-0123456789-abcdefghijklmnopqrstuv"):
        with pytest.raises(CommandError, match="made with another SECRET_KEY"):
            command()
        kept = Speaker.objects.count()
        with override_settings(SECRET_KEY_FALLBACKS=[former]):
            command()

    assert (kept, Speaker.objects.count()) == (1, 0)


def test_lost_file_is_written_again_and_a_broken_line_passed_over(taken_down):
    command()
    record.path().write_text('not json\n{"token": 1}\n')

    call_command("run_due", stdout=StringIO())

    lines = record.path().read_text().splitlines()
    assert (len(lines), json.loads(lines[-1])["token"]) == (3, str(TakeDown.objects.get().token))


def test_without_any_take_down_nothing_is_written():
    TalkFactory()

    call_command("run_due", stdout=StringIO())

    assert command() == "Take-downs looked for: 0. Rows removed or changed: 0."
    assert not record.path().exists()
