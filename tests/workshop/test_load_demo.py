"""``load_demo``: a second run changes nothing, and no account is taken over."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from recommendations.models import Recommendation, Stance
from speakers.models import Organisation
from tests.factories import UserFactory
from workshop.accounts.models import Role, User
from workshop.actions import withdraw
from workshop.common.publishing import State, Withdrawal
from workshop.demo.load import load
from workshop.models import Ledger, SiteState, Talk, Workshop
from workshop.registry import publishable_models

NOT_OURS = {"contenttypes", "auth", "sessions", "admin"}


def rows():
    """Every row of every table, with its version and times."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label not in NOT_OURS
    }


class TestLoading(TestCase):
    """A class, so that the content is loaded once."""

    @classmethod
    def setUpTestData(cls):
        load()

    def test_load_demo_twice_changes_no_row(self):
        before = rows()

        call_command("load_demo")

        assert rows() == before

    def test_load_demo_keeps_what_editors_changed(self):
        talk = Talk.objects.get(slug="information-against-ideology")
        talk.slug, talk.summary = "ideology", "An editor's summary."
        talk.save()
        talk.talk_speakers.all().delete()
        Recommendation.objects.get(code="kw12-r09").addressees.create(organisation=Organisation.objects.first())
        before = rows()

        load()

        assert rows() == before

    def test_load_demo_keeps_a_withdrawn_record_withdrawn(self):
        withdraw(record=Talk.objects.get(slug="information-against-ideology"), kind=Withdrawal.REQUEST)
        before = rows()

        load()

        assert rows() == before

    def test_load_demo_enters_what_is_missing(self):
        # As if a later version of the demo had brought it.
        proposal = Recommendation.objects.filter(code="kw12-r15")
        proposal.update(state=State.DRAFT, first_published_at=None)
        proposal.get().delete()
        Ledger.objects.filter(code="kw12-r15").delete()

        load()

        again = Recommendation.objects.public().get(code="kw12-r15")
        assert list(again.positions.values_list("speaker__slug", "stance")) == [
            ("michael-kirby", Stance.PROPOSES),
            ("joon-oh", Stance.DOUBTS),
        ]

    def test_load_demo_publishes_everything(self):
        states = {
            model.__name__: set(model._base_manager.values_list("state", flat=True))
            for model in publishable_models()
            if model._base_manager.exists()
        }

        assert set(map(frozenset, states.values())) == {frozenset({State.PUBLISHED})}
        assert {"Series", "Workshop", "Theme", "Talk", "Speaker", "Organisation", "Recommendation"} <= set(states)

    def test_load_demo_asks_little_when_nothing_is_missing(self):
        with CaptureQueriesContext(connection) as queries:
            load()

        assert len(queries) < 100

    def test_load_demo_leaves_the_counter_behind_its_codes(self):
        edition = Workshop.objects.get(code="KW12")

        assert edition.last_number == 15

    def test_load_demo_raises_the_public_version(self):
        assert SiteState.objects.get().version > 1


# --- accounts ---------------------------------------------------------------------------


@pytest.fixture
def load_accounts(db, monkeypatch, capsys):
    """Runs the command, and gives what it said about the accounts."""
    monkeypatch.setattr("workshop.management.commands.load_demo.load", lambda: None)

    def run(password=""):
        monkeypatch.setenv("DEMO_PASSWORD", password)
        call_command("load_demo", accounts=True)
        return capsys.readouterr().out.splitlines()[1:]

    return run


def test_accounts_are_created_with_a_random_password_that_is_told_once(load_accounts):
    first, second = load_accounts(), load_accounts()

    (line,) = first
    told = line.removeprefix("Log in at http://testserver/admin/ as admin, editor or author, password ")
    users = {user.username: user for user in User.objects.all()}
    assert {name: (user.role, user.is_staff, user.is_superuser) for name, user in users.items()} == {
        "admin": (Role.ADMIN, True, False),
        "editor": (Role.EDITOR, True, False),
        "author": (Role.AUTHOR, True, False),
    }
    assert len(told) == 16
    assert all(user.check_password(told) for user in users.values())
    assert second == ["Left as they were: the accounts admin, editor and author."]


def test_accounts_take_the_password_that_is_asked_for(load_accounts):
    (line,) = load_accounts("long enough for a demo")

    assert line == "Log in at http://testserver/admin/ as admin, editor or author, with the password in DEMO_PASSWORD"
    assert User.objects.get(username="editor").check_password("long enough for a demo")


def test_accounts_of_the_demo_get_another_password_when_it_is_asked_for(load_accounts):
    load_accounts("the first password")

    said = load_accounts("the second password")

    assert said == ["The password in DEMO_PASSWORD now opens admin, editor and author at http://testserver/admin/"]
    assert User.objects.get(username="author").check_password("the second password")


def test_accounts_that_are_somebodys_own_are_left_alone(load_accounts):
    UserFactory(username="editor", email="alice@example.org", role=Role.AUTHOR, password="Alice's own password")
    before = User.objects.filter(username="editor").values().get()

    said = load_accounts("a password for the demo")

    assert User.objects.filter(username="editor").values().get() == before
    assert said == [
        "Log in at http://testserver/admin/ as admin or author, with the password in DEMO_PASSWORD",
        "Left as they were: the accounts editor.",
    ]


def test_accounts_are_not_created_unless_asked_for(db, monkeypatch):
    monkeypatch.setattr("workshop.management.commands.load_demo.load", lambda: None)

    call_command("load_demo")

    assert not User.objects.exists()
