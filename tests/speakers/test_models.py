"""People and organisations."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.constraints import Rule, check, in_a_language, of_publishing
from tests.factories import AffiliationFactory, OrganisationFactory, SpeakerFactory, SpeakerNameFactory
from workshop.common.dates import VagueDate

pytestmark = pytest.mark.django_db

RULES = {
    **of_publishing(OrganisationFactory),
    **in_a_language(OrganisationFactory, "name"),
    **of_publishing(SpeakerFactory),
    **in_a_language(SpeakerFactory, "name"),
    "speakers_organisation_not_its_own_part": Rule(
        OrganisationFactory,
        allows=[{"parent": None}, {"parent": lambda _: OrganisationFactory()}],
        refuses=[{"parent": lambda record: record}],
        says="An organisation is not a part of itself.",
    ),
    "speakers_affiliation_end_not_before_start": Rule(
        AffiliationFactory,
        given={"start": dt.date(2020, 1, 1)},
        allows=[{"end": None}, {"end": dt.date(2020, 1, 1)}, {"start": None, "end": dt.date(2019, 1, 1)}],
        refuses=[{"end": dt.date(2019, 12, 31)}],
        says="The affiliation ends before it starts.",
    ),
    "speakers_speakername_once": Rule(
        SpeakerNameFactory,
        allows=[{"speaker": lambda _: SpeakerFactory()}, {"name": "Paik T’ae-ung"}],
        refuses=[{"name": lambda record: SpeakerNameFactory(speaker=record.speaker).name}],
        says="This name is there already.",
    ),
    "speakers_speakername_not_empty": Rule(
        SpeakerNameFactory, allows=[{"name": "백태웅"}], refuses=[{"name": ""}], says="This field cannot be blank."
    ),
    "speakers_speakername_kind_known": Rule(
        SpeakerNameFactory, allows=[{"kind": "former"}], refuses=[{"kind": "nickname"}], says="is not a valid choice"
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


@pytest.mark.parametrize(
    ("names", "sorted_as"),
    [
        ({"name": "Robert King", "family_name": "King", "given_name": "Robert"}, "King, Robert"),
        ({"name": "Robert King", "family_name": "", "given_name": ""}, "King, Robert"),
        ({"name": "Joon Oh", "family_name": "Oh", "given_name": ""}, "Oh"),
        ({"name": "Cher", "family_name": "", "given_name": ""}, "Cher"),
        ({"name": "", "name_ko": "오준", "family_name": "", "given_name": ""}, "오준"),
        ({"name": "Robert King", "sort_name": "R. King"}, "R. King"),
    ],
)
def test_sort_name_where_none_is_given_is_made_of_the_name(names, sorted_as):
    assert SpeakerFactory(**names).sort_name == sorted_as


@pytest.mark.parametrize(
    ("names", "initials"),
    [
        ({"name": "Robert R. King"}, "RK"),
        ({"name": "Cher"}, "C"),
        ({"name": "", "name_ko": "오준"}, "오"),
    ],
)
def test_initials_are_of_the_first_and_the_last_name(names, initials):
    assert SpeakerFactory.build(**names).initials == initials


def test_link_list_passes_over_what_is_no_address():
    speaker = SpeakerFactory.build(links="https://example.org/a\n\njavascript:alert(1)\n http://example.org/b \nwords")

    assert speaker.link_list == ["https://example.org/a", "http://example.org/b"]


@pytest.mark.parametrize(
    ("name", "value"), [("orcid", "0000-0002-1825-0097x"), ("wikidata", "Q0"), ("wikidata", "42")]
)
def test_identifier_of_another_form_is_refused(name, value):
    with pytest.raises(ValidationError) as refusal:
        SpeakerFactory.build(**{name: value}).full_clean()

    assert list(refusal.value.message_dict) == [name]


def test_other_names_are_abbreviation_and_aliases():
    organisation = OrganisationFactory.build(abbreviation="DPRK", aliases="North Korea\n\n  NK ")

    assert organisation.other_names == ["DPRK", "North Korea", "NK"]


def test_affiliation_is_named_by_role_and_organisation():
    affiliation = AffiliationFactory(role="Director", organisation__name="Open Field", start=dt.date(2019, 9, 1))

    assert (str(affiliation), affiliation.from_date, affiliation.to_date) == (
        "Director, Open Field",
        VagueDate(dt.date(2019, 9, 1)),
        None,
    )


def test_affiliations_are_current_or_former():
    now, then = AffiliationFactory(), AffiliationFactory(current=False)

    assert ([*type(now).objects.current()], [*type(now).objects.former()]) == ([now], [then])
