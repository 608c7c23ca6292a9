"""Themes and series."""

import pytest

from tests.constraints import Rule, check, in_a_language, of_publishing
from tests.factories import SeriesFactory, ThemeFactory
from workshop.models import Theme, ThemeMatch

pytestmark = pytest.mark.django_db


def match(**kwargs):
    return ThemeMatch.objects.create(theme=kwargs.pop("theme", None) or ThemeFactory(), match=ThemeFactory(), **kwargs)


RULES = {
    **of_publishing(ThemeFactory),
    **in_a_language(ThemeFactory, "name"),
    **of_publishing(SeriesFactory),
    **in_a_language(SeriesFactory, "name"),
    "workshop_theme_not_its_own_child": Rule(
        ThemeFactory,
        allows=[{"parent": None}, {"parent": lambda _: ThemeFactory()}],
        refuses=[{"parent": lambda record: record}],
        says="A theme is not a part of itself.",
    ),
    "workshop_themematch_once": Rule(
        match,
        allows=[{"match": lambda row: match(theme=ThemeFactory()).match}],
        refuses=[{"match": lambda row: match(theme=row.theme).match}],
        says="already exists",
    ),
    "workshop_themematch_of_two_themes": Rule(
        match,
        allows=[{"kind": "broader"}],
        refuses=[{"match": lambda row: row.theme}],
        says="A theme is matched to another one, not to itself.",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


def test_programme_is_the_workshops_own_scheme():
    ours, _theirs = ThemeFactory(), ThemeFactory(scheme="upr")

    assert list(Theme.objects.programme()) == [ours]
