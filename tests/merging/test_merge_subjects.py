"""What is peculiar to organisations, themes and keywords that become one."""

import pytest

from tests.factories import DocumentFactory, OrganisationFactory, TalkFactory, ThemeFactory, WorkshopThemeFactory
from workshop.common.keywords import Tag, TaggedItem
from workshop.merging.actions import merge
from workshop.models import Theme, ThemeMatch, WorkshopTheme

pytestmark = pytest.mark.django_db


def test_aliases_of_organisations_and_synonyms_of_themes_are_put_together():
    kept = OrganisationFactory(name="North Korea", abbreviation="", aliases="Hermit kingdom")
    gone = OrganisationFactory(name="DPR Korea", abbreviation="DPRK", aliases="hermit kingdom\nPyongyang")
    theme, other = ThemeFactory(name="Aid", synonyms=""), ThemeFactory(name="Relief", name_ko="구호", synonyms="Help")

    merge(kept=kept, gone=gone, take=[])
    merge(kept=theme, gone=other, take=[])

    kept.refresh_from_db()
    theme.refresh_from_db()
    assert kept.aliases.splitlines() == ["Hermit kingdom", "DPR Korea", "DPRK", "Pyongyang"]
    assert theme.synonyms.splitlines() == ["Relief", "구호", "Help"]


def test_part_goes_into_its_whole_and_the_whole_into_its_part():
    whole = OrganisationFactory(name="Whole")
    part = OrganisationFactory(name="Part", parent=whole)
    inner = OrganisationFactory(name="Inner", parent=part)
    theme = ThemeFactory()
    narrower = ThemeFactory(parent=ThemeFactory(parent=theme))

    merge(kept=whole, gone=part)
    merge(kept=narrower, gone=theme)

    inner.refresh_from_db()
    whole.refresh_from_db()
    narrower.refresh_from_db()
    assert (inner.parent, whole.parent) == (whole, None)
    assert (narrower.parent, Theme.objects.exclude(pk=narrower.pk).get().parent) == (None, narrower)


def test_part_of_the_others_part_does_not_go_round_in_a_circle():
    kept = ThemeFactory()
    gone = ThemeFactory(parent=ThemeFactory(parent=kept))

    merge(kept=kept, gone=gone)

    kept.refresh_from_db()
    assert kept.parent is None


def test_match_of_the_two_with_one_another_goes_and_others_are_joined():
    kept, gone, issue = ThemeFactory(), ThemeFactory(), ThemeFactory(scheme="upr")
    ThemeMatch.objects.create(theme=kept, match=gone)
    for theme in (kept, gone):
        ThemeMatch.objects.create(theme=theme, match=issue)
    talk = TalkFactory()
    talk.themes.add(kept, gone)
    row = WorkshopThemeFactory(theme=kept, introduction="One.")
    WorkshopThemeFactory(workshop=row.workshop, theme=gone, introduction="Two.")

    merge(kept=kept, gone=gone)

    row.refresh_from_db()
    assert ThemeMatch.objects.get().match == issue
    assert ([*talk.themes.all()], WorkshopTheme.objects.get(), row.introduction) == ([kept], row, "One.\n\nTwo.")


def test_keywords_that_differ_by_case_become_one(client):
    kept, gone = Tag.objects.create(name="human rights"), Tag.objects.create(name="Human Rights")
    one, other = DocumentFactory(published=True), DocumentFactory(published=True)
    one.tags.set([kept, gone])
    other.tags.set([gone])

    merge(kept=kept, gone=gone, take=["name"])

    kept.refresh_from_db()
    assert (kept.name, TaggedItem.objects.count()) == ("Human Rights", 2)
    assert client.get(f"/tags/{gone.slug}/").headers["Location"] == f"/tags/{kept.slug}/"


def test_keyword_of_drafts_alone_leaves_no_address(client):
    kept, gone = Tag.objects.create(name="mud"), Tag.objects.create(name="secret")
    DocumentFactory(published=True).tags.add(kept)
    DocumentFactory().tags.add(gone)

    merge(kept=kept, gone=gone)

    assert client.get("/tags/secret/").status_code == 404
