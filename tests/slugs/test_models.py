"""Addresses that last."""

import pytest
from django.core.exceptions import ValidationError

from tests.constraints import Rule, check
from tests.factories import DocumentFactory, OrganisationFactory, SpeakerFactory, TalkFactory, ThemeFactory
from workshop.slugs.models import SLUG_LENGTH, OldSlug

pytestmark = pytest.mark.django_db


def old(**kwargs):
    number = OldSlug.objects.count()
    return OldSlug.objects.create(**{"model": "workshop.talk", "slug": f"hope-{number}", "object_id": 1} | kwargs)


RULES = {
    "slugs_oldslug_leads_to_one_record": Rule(
        old,
        allows=[{"object_id": 2}, {"slug": "despair"}, {"slug": lambda _: old(model="speakers.speaker").slug}],
        refuses=[{"slug": lambda _: old().slug}],
        says="already exists",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


# --- Made from the name ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "korean", "slug"),
    [
        ("Human Rights & Denuclearization", "", "human-rights-denuclearization"),
        ("", "북한 인권", "북한-인권"),
        ("CO₂ and São Paulo", "", "co2-and-são-paulo"),
        ("!!!", "!!!", None),
        ("w" * 300, "", "w" * (SLUG_LENGTH - 5)),
    ],
)
def test_slug_is_made_of_the_title(title, korean, slug):
    talk = TalkFactory.build(title=title, title_ko=korean, workshop=None)

    if slug is None:
        with pytest.raises(ValidationError, match="Give the address: it cannot be made from this name."):
            talk.full_clean()
        with pytest.raises(ValidationError, match="Give the address"):
            talk.save()
    else:
        talk.full_clean()
        talk.save()
        assert talk.slug == slug


def test_slug_of_a_namesake_is_numbered():
    slugs = [DocumentFactory(title="Report").slug for _ in range(3)]

    assert slugs == ["report", "report-2", "report-3"]


def test_slug_that_another_record_had_is_not_given_again():
    first = DocumentFactory(title="Report", published=True)
    first.slug = "coi-report"
    first.save()

    assert DocumentFactory(title="Report").slug == "report-2"


# --- Changed ---------------------------------------------------------------------------


def renamed(record, slug):
    record.slug = slug
    record.save()
    return record


def old_slugs(record):
    return sorted(OldSlug.objects.of(record).values_list("slug", flat=True))


def test_changed_slug_of_a_public_record_leads_on():
    theme = renamed(renamed(ThemeFactory(name="Hope", published=True), "hopes"), "all-hopes")

    assert old_slugs(theme) == ["hope", "hopes"]
    assert OldSlug.objects.target(type(theme), "hope") == theme.pk
    assert OldSlug.objects.target(DocumentFactory._meta.model, "hope") is None


def test_changed_slug_of_a_draft_leaves_nothing_behind():
    """A guess at "a-talk-by-jane-doe" must not lead to "talk-1"."""
    talk = renamed(TalkFactory(title="A talk by Jane Doe"), "talk-1")

    assert old_slugs(talk) == []


def test_slug_changed_back_leads_to_itself_no_more():
    theme = renamed(renamed(ThemeFactory(name="Hope", published=True), "hopes"), "hope")

    assert old_slugs(theme) == ["hopes"]


def test_slug_unchanged_or_not_written_leaves_nothing_behind():
    theme = ThemeFactory(name="Hope", published=True)
    theme.save()
    theme.slug = "hopes"
    theme.save(update_fields=["name"])

    assert old_slugs(theme) == []
    theme.save()
    assert old_slugs(theme) == ["hope"]


def test_slug_of_a_deferred_record_is_not_lost():
    theme = ThemeFactory(name="Hope", published=True)

    renamed(type(theme).objects.defer("slug").get(), "hopes")

    assert type(theme).objects.get().slug == "hopes"


def test_slug_that_leads_to_another_record_is_refused():
    renamed(OrganisationFactory(name="Hope", published=True), "hopes")

    with pytest.raises(ValidationError, match="This address leads to another record"):
        OrganisationFactory.build(name="Despair", slug="hope").full_clean()


def test_slug_that_led_to_the_record_itself_may_be_taken_back():
    organisation = renamed(OrganisationFactory(name="Hope", published=True), "hopes")

    organisation.slug = "hope"
    organisation.full_clean()
    organisation.save()

    assert old_slugs(organisation) == ["hopes"]


def test_slug_of_a_person_may_be_that_of_a_talk():
    renamed(TalkFactory(title="Hope", published=True), "hopes")

    assert SpeakerFactory(name="Hope", given_name="", family_name="Hope").slug == "hope"
