"""The edition's page at the desk: its plan changes by decisions alone."""

import datetime as dt

import pytest

from tests.factories import StatusChangeFactory, ThemeFactory, WorkshopFactory
from workshop.models import StatusChange, Workshop, WorkshopTheme

pytestmark = pytest.mark.django_db


def change_of_status(**fields):
    entry = {
        "status": "EventMovedOnline",
        "decided_on": "2020-05-20",
        "decided_on_precision": "day",
        "previous_precision": "day",
        "new_precision": "day",
    } | fields
    data = {"status_changes-TOTAL_FORMS": "1", "status_changes-INITIAL_FORMS": "0"}
    return data | {f"status_changes-0-{name}": value for name, value in entry.items()}


def plan():
    return Workshop.objects.values_list("start", "end").get()


def test_dates_are_typed_once(editor):
    editor.fill(Workshop, "add", title="Twelfth", code="KW12", start="2020-03-13", end="2020-03-14")
    edition = Workshop.objects.get()

    editor.fill(edition, "change", start="2021-01-01", code="KW99", title="Twelfth edition")

    edition.refresh_from_db()
    assert (edition.title, edition.code, edition.start) == ("Twelfth edition", "KW12", dt.date(2020, 3, 13))


def test_change_of_status_moves_the_plan_and_keeps_the_old_one(editor):
    edition = WorkshopFactory(start=dt.date(2020, 3, 13))

    editor.fill(edition, "change", **change_of_status(new_start="2020-06-16", new_end="2020-06-18"))

    assert plan() == (dt.date(2020, 6, 16), dt.date(2020, 6, 18))
    assert StatusChange.objects.get().previous_start == dt.date(2020, 3, 13)


def test_change_of_status_taken_back_restores_the_plan(editor):
    edition = WorkshopFactory(start=dt.date(2020, 3, 13))
    editor.fill(edition, "change", **change_of_status(new_start="2020-06-16", new_end="2020-06-18"))

    editor.fill(edition, "change", **{"status_changes-0-DELETE": "on"})

    assert (plan(), StatusChange.objects.count()) == ((dt.date(2020, 3, 13), None), 0)


def test_older_change_taken_back_leaves_the_plan(editor):
    edition = WorkshopFactory(start=dt.date(2020, 6, 16))
    StatusChangeFactory(workshop=edition, decided_on=dt.date(2020, 3, 1), new_start=dt.date(2020, 4, 1))
    StatusChangeFactory(workshop=edition, decided_on=dt.date(2020, 5, 1), new_start=dt.date(2020, 6, 16))

    editor.fill(edition, "change", **{"status_changes-0-DELETE": "on"})

    assert (plan()[0], StatusChange.objects.count()) == (dt.date(2020, 6, 16), 1)


def test_dates_in_the_wrong_order_are_refused_with_a_sentence(editor):
    edition = WorkshopFactory(start=dt.date(2020, 3, 13))

    response = editor.fill(edition, "change", **change_of_status(new_start="2020-06-18", new_end="2020-06-16"))

    formset = response.context["inline_admin_formsets"][1].formset
    assert formset.forms[0].non_field_errors() == ["The new dates end before they start."]
    assert plan() == (dt.date(2020, 3, 13), None)


def test_themes_are_entered_in_order(editor):
    edition, theme = WorkshopFactory(), ThemeFactory()

    editor.fill(
        edition,
        "change",
        **{"workshop_themes-TOTAL_FORMS": "1", "workshop_themes-0-theme": theme.pk, "workshop_themes-0-order": "2"},
    )

    assert WorkshopTheme.objects.values_list("theme", "order").get() == (theme.pk, 2)


def test_list_names_the_status_of_each_edition(editor):
    StatusChangeFactory()
    WorkshopFactory(title="As it was planned")

    page = editor.get(Workshop).content.decode()

    assert ("Cancelled 2020-03" in page, "As planned" in page) == (True, True)
