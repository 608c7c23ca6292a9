"""The same from the command line, for what takes longer than a page may."""

import io

import pytest
from django.core.management import CommandError, call_command

from speakers.models import Speaker
from tests.factories import ImageFactory, QuoteFactory, SpeakerFactory, UserFactory
from tests.takedown.tables import tables_with
from workshop.takedown.models import TakeDown

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    alice = SpeakerFactory(published=True, name="Alice Marsh", slug="alice-marsh")
    QuoteFactory(exact="So Alice Marsh said, and Ali too.")
    return alice


@pytest.fixture
def run(monkeypatch):
    """Run it with these lines on standard input; what it said."""
    UserFactory(username="ann", role="admin")

    def run(*arguments, lines="", **options):
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        out = io.StringIO()
        call_command("take_down", *arguments, **{"by": "ann", "ground": "request", **options}, stdout=out)
        return out.getvalue().splitlines()

    return run


def test_it_says_where_the_names_stand_and_removes_nothing(run, alice):
    said = run(lines="Alice Marsh\n\n")

    assert said == ["        1  Experts", "        1  Quotes", "Nothing is removed yet: --commit does it."]
    assert not TakeDown.objects.exists()


def test_it_says_how_many_files_wait_and_go(run, alice):
    ImageFactory().delete()

    assert run(lines="Alice Marsh\n")[2:] == [
        "        1  Files of replaced and deleted pictures and recordings: all that wait",
        "Nothing is removed yet: --commit does it.",
    ]


def test_expert_goes_with_all_names_and_those_that_were_given(run, alice):
    said = run("--commit", lines="Ali\n", expert="alice-marsh", reason="She asks for it.")

    assert said[:3] == ["        1  Experts", "        1  Quotes", "Done. Rows removed or changed: 2."]
    assert not Speaker.objects.filter(pk=alice.pk).exists()
    assert tables_with("alice marsh", "ali too") == []
    done = TakeDown.objects.get()
    assert (done.done_by.username, done.ground, done.reason) == ("ann", "request", "She asks for it.")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"lines": ""}, "Give at least one name, or one word."),
        ({"lines": "A\n"}, "“A” is too short or too long"),
        ({"lines": "Alice Marsh\n", "by": "nobody"}, "nobody is no admin"),
        ({"lines": "Alice Marsh\n", "by": "ed"}, "ed is no admin"),
        ({"lines": "Alice Marsh\n", "expert": "bob"}, "no expert at that address"),
        ({"lines": "Alice Marsh\n", "reason": "Alice wants it"}, "Give the reason without the name"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_removed(run, alice, options, sentence):
    UserFactory(username="ed", role="editor")

    with pytest.raises(CommandError, match=sentence):
        run("--commit", **options)

    assert Speaker.objects.filter(pk=alice.pk).exists()
    assert not TakeDown.objects.exists()


def test_names_in_another_encoding_are_refused_in_a_sentence(alice, monkeypatch):
    UserFactory(username="ann", role="admin")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Müller".encode("latin-1")), encoding="utf-8"))

    with pytest.raises(CommandError, match="not in UTF-8"):
        call_command("take_down", "--commit", by="ann", ground="request")
