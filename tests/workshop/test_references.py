"""Links from texts to records, by identity."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories import (
    DocumentFactory,
    OrganisationFactory,
    RecommendationFactory,
    SeriesFactory,
    SpeakerFactory,
    TalkFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from workshop.actions import publish, withdraw
from workshop.references import (
    Reference,
    html_of,
    linking_to,
    links_in,
    public_pages,
    read_references,
    reference_to,
    references_in,
)
from workshop.registry import entries
from workshop.search import freshness

pytestmark = pytest.mark.django_db


def linking(record, words="the words"):
    return f"See [{words}]({reference_to(record)})."


def shown(record, name="summary"):
    return html_of(record, record.text(name))


def test_every_kind_with_a_page_can_be_linked_to():
    records = [
        WorkshopFactory(published=True),
        SeriesFactory(published=True),
        TalkFactory(published=True),
        ThemeFactory(published=True),
        SpeakerFactory(published=True),
        OrganisationFactory(published=True),
        RecommendationFactory(published=True),
        DocumentFactory(published=True),
    ]
    talk = TalkFactory(summary="\n\n".join(map(linking, records)))

    html = shown(talk)

    assert {entry.model for entry in entries()} == {type(record) for record in records}
    assert [record for record in records if f'<a href="{record.get_absolute_url()}">the words</a>' not in html] == []
    assert "record:" not in html


def test_link_follows_a_changed_address(client):
    target = TalkFactory(published=True, slug="old")
    talk = TalkFactory(published=True, slug="here", summary=linking(target))
    assert '<a href="/talks/old/">the words</a>' in client.get("/talks/here/").content.decode()

    target.slug = "new"
    target.save()
    publish(record=target)

    assert '<a href="/talks/new/">the words</a>' in client.get(talk.get_absolute_url()).content.decode()


def test_link_leads_to_the_page_in_the_readers_language(client):
    target = TalkFactory(published=True, slug="target")
    TalkFactory(published=True, slug="here", summary=linking(target), summary_ko=linking(target, "그 말"))

    korean = client.get("/ko/talks/here/").content.decode()

    assert '<a href="/ko/talks/target/">그 말</a>' in korean


@pytest.mark.parametrize("fate", ["draft", "withdrawn", "gone", "hidden with its edition", "unknown kind", "huge"])
def test_link_to_what_readers_do_not_see_leaves_the_words_alone(client, fate):
    target = TalkFactory(
        published=fate != "draft",
        slug="a-secret-slug",
        title="A secret title",
        workshop=WorkshopFactory(published=fate != "hidden with its edition"),
    )
    reference = str(reference_to(target))
    if fate == "withdrawn":
        withdraw(record=target, kind="safety")
    if fate == "gone":
        reference = "record:talk:999999999999999999"
    if fate == "unknown kind":
        reference = "record:user:1"
    if fate == "huge":
        reference = "record:talk:9999999999999999999"
    TalkFactory(published=True, slug="here", summary=f"See [the *words*]({reference}).")

    page = client.get("/talks/here/").content.decode()

    assert "<p>See " in page
    assert "the <em>words</em>" in page.split("<p>See ")[1].split("</p>")[0]
    assert [word in page for word in ("secret", "record:")] == [False, False]
    assert "href" not in page.split("<p>See ")[1].split("</p>")[0]


def test_link_to_what_is_published_later_appears(client):
    target = TalkFactory(slug="target", workshop=None)
    TalkFactory(published=True, slug="here", summary=linking(target))
    assert "/talks/target/" not in client.get("/talks/here/").content.decode()

    publish(record=target)

    assert '<a href="/talks/target/">the words</a>' in client.get("/talks/here/").content.decode()


def test_texts_of_one_record_ask_once_for_each_kind(django_assert_num_queries):
    talks = [TalkFactory(published=True) for _ in range(3)]
    theme = ThemeFactory(published=True)
    texts = "\n\n".join(map(linking, [*talks, theme]))
    talk = TalkFactory(summary=texts, summary_ko=texts, body=texts, key_message=texts)

    with django_assert_num_queries(2):
        html = [shown(talk, name) for name in ("key_message", "summary", "body")]

    assert [part.count("<a href") for part in html] == [4, 4, 4]


def test_texts_without_links_ask_nothing(django_assert_num_queries):
    talk = TalkFactory(summary="A [page](https://example.org/)", body="Words")

    with django_assert_num_queries(0):
        assert "https://example.org/" in shown(talk)


def test_texts_of_many_records_are_looked_up_together(django_assert_num_queries):
    target = TalkFactory(published=True)
    rows = [WorkshopThemeFactory(introduction=linking(target, f"words {n}")) for n in range(5)]

    with django_assert_num_queries(1):
        read_references(rows)
        html = [shown(row, "introduction") for row in rows]

    assert [f'<a href="{target.get_absolute_url()}">words {n}</a>' in html[n] for n in range(5)] == [True] * 5


def test_edition_page_asks_the_same_for_one_link_and_for_many(client):
    targets = [TalkFactory(published=True) for _ in range(4)]
    edition = WorkshopFactory(published=True, slug="here", introduction=linking(targets[0]))
    themes = [WorkshopThemeFactory(workshop=edition, theme__published=True) for _ in range(4)]
    freshness.flush()
    with CaptureQueriesContext(connection) as one:
        client.get("/workshops/here/")
    for row, target in zip(themes, targets, strict=True):
        row.introduction = linking(target)
        row.save()
    publish(record=edition)

    with CaptureQueriesContext(connection) as many:
        page = client.get("/workshops/here/").content.decode()

    assert sum(f'<a href="{target.get_absolute_url()}">the words</a>' in page for target in targets) == 4
    assert len(many) == len(one)


def test_references_are_found_in_the_text():
    text = "[a](record:talk:1) [b](record:theme:22 'x') [c](record:talk:x) record:speaker:3\n\n[d]: record:talk:4"

    found = {Reference("talk", 1), Reference("theme", 22), Reference("speaker", 3), Reference("talk", 4)}
    assert references_in(text) == found


def test_links_are_found_where_readers_would_get_them():
    text = "[a *b*](record:talk:1) `[c](record:talk:2)` record:talk:3"

    assert links_in(text) == [(Reference("talk", 1), "a <em>b</em>")]


def test_public_pages_are_those_that_readers_reach():
    public, draft = TalkFactory(published=True, slug="a"), TalkFactory()

    assert public_pages(map(reference_to, [public, draft])) == {reference_to(public): ("talk-detail", "a")}


def test_records_that_link_to_one_are_found_whatever_their_state():
    target = TalkFactory(pk=4)
    other = TalkFactory(pk=42)
    draft = TalkFactory(summary=linking(target))
    theme = ThemeFactory(published=True, description_ko=linking(target))
    row = WorkshopThemeFactory(introduction=linking(target))
    TalkFactory(summary=linking(other))
    target.body = linking(target)
    target.save()

    assert sorted(map(repr, linking_to(target))) == sorted(map(repr, [theme, draft, row]))
    assert list(linking_to(draft)) == []


def test_link_to_a_record_stands_in_no_description_and_no_search(client):
    target = TalkFactory(published=True, slug="target")
    TalkFactory(published=True, slug="here", title="Here", summary=f"Of marshes: {linking(target, 'elsewhere')}")

    page = client.get("/talks/here/").content.decode()
    found = client.get("/search/?q=marshes").content.decode()
    by_target = client.get("/search/?q=record").content.decode()

    assert '<meta name="description" content="Of marshes: See elsewhere.">' in page
    assert ("Of <mark>marshes</mark>: See elsewhere." in found, "record:" in found) == (True, False)
    assert "/talks/here/" not in by_target


def test_links_of_a_text_that_falls_back_lead_to_the_page_in_the_readers_language():
    target = TalkFactory(published=True, slug="target")
    talk = TalkFactory(summary=linking(target), workshop=None)

    with translation.override("ko"):
        assert '<a href="/ko/talks/target/">' in shown(talk)
