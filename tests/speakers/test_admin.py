"""People and organisations at the desk."""

import pytest

from speakers.models import Speaker
from tests.factories import AffiliationFactory, OrganisationFactory, SpeakerFactory
from workshop.search.everything import search

pytestmark = pytest.mark.django_db


def test_expert_is_entered_with_an_affiliation(editor):
    organisation = OrganisationFactory()

    editor.fill(
        Speaker,
        "add",
        name="Ada Berg",
        expertise="law, sanctions",
        **{
            "affiliations-TOTAL_FORMS": "1",
            "affiliations-0-organisation": organisation.pk,
            "affiliations-0-role": "Professor",
            "affiliations-0-current": "on",
            "affiliations-0-order": "0",
            "affiliations-0-start_precision": "year",
            "affiliations-0-end_precision": "day",
        },
        _save="Save",
    )

    speaker = Speaker.objects.get()
    assert (speaker.slug, speaker.sort_name, sorted(speaker.expertise.names())) == (
        "ada-berg",
        "Berg, Ada",
        ["law", "sanctions"],
    )
    assert list(speaker.affiliations.values_list("organisation", "role")) == [(organisation.pk, "Professor")]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("orcid", "12", "An ORCID looks like 0000-0002-1825-0097."),
        ("wikidata", "x", "A Wikidata item looks like Q42."),
        ("name", "", "Give the name in English or in Korean."),
    ],
)
def test_wrong_value_says_what_a_right_one_looks_like(editor, field, value, sentence):
    response = editor.fill(SpeakerFactory(), "change", **{field: value})

    assert response.context["adminform"].form.errors == {field: [sentence]}


def test_organisation_lists_its_people_and_does_not_edit_them(editor):
    affiliation = AffiliationFactory(role="Professor")

    page = editor.get(affiliation.organisation, "change").content.decode()
    editor.fill(affiliation.organisation, "change", **{"affiliations-0-role": "President"})

    affiliation.refresh_from_db()
    assert (str(affiliation.speaker) in page, affiliation.role) == (True, "Professor")


def test_korean_twin_is_marked_as_korean(editor):
    page = editor.get(SpeakerFactory(), "change").content.decode()

    assert [f'name="{name}"' in page for name in ("name_ko", "bio_ko")] == [True, True]
    assert 'lang="ko"' in page.split('name="name_ko"')[1].split(">")[0]


@pytest.mark.parametrize("role", ["editor", "author"])
def test_other_name_is_entered_and_found(desk_of, role):
    desk = desk_of(role)
    speaker = SpeakerFactory(published=role == "editor", name="Ada Berg", created_by=desk.user)

    desk.fill(
        speaker,
        "change",
        **{"names-TOTAL_FORMS": "1", "names-0-name": "Ада Берг", "names-0-kind": "romanisation"},
        _save="Save",
    )

    assert list(speaker.names.values_list("name", "kind")) == [("Ада Берг", "romanisation")]
    found = [hit.shown["title"][0] for group in search("Берг", per_kind=1).groups for hit in group.hits]
    assert found == (["Ada Berg"] if role == "editor" else [])
