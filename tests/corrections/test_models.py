"""What the database holds of corrections, and which of them are public."""

import pytest
from django.apps import apps

from tests.constraints import Rule, check
from tests.factories import CorrectionFactory, ImageFactory, TalkFactory, WorkshopFactory
from workshop.actions import publish, withdraw
from workshop.corrections.models import Correction
from workshop.corrections.statements import STATEMENTS

pytestmark = pytest.mark.django_db

RULES = {
    "corrections_correction_note_in_a_language": Rule(
        CorrectionFactory, [{"note": "", "note_ko": "연도"}], [{"note": "", "note_ko": ""}], "Give the note in English"
    ),
    "corrections_correction_kind_known": Rule(
        CorrectionFactory, [{"kind": "retraction"}], [{"kind": "joke"}], "is not a valid choice"
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


def test_correction_is_public_while_its_record_is():
    talk = TalkFactory(workshop=WorkshopFactory(published=True))
    correction = CorrectionFactory(record=talk)
    CorrectionFactory(record=ImageFactory(published=True))  # a kind without a page
    seen = [list(Correction.objects.public())]
    publish(record=talk)
    seen.append(list(Correction.objects.public()))
    withdraw(record=talk.workshop, kind="error")
    seen.append(list(Correction.objects.public()))

    assert seen == [[], [correction], []]


@pytest.mark.once
def test_statements_are_fields_that_there_are():
    lacking = [
        f"{label}.{name}"
        for label, names in STATEMENTS.items()
        for name in names
        if name not in {field.name for field in apps.get_model(label)._meta.fields}
    ]

    assert lacking == []
