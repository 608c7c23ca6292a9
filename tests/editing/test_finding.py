"""The search box of the desk: what it finds, for whom, and that odd words do no harm."""

import pytest
from django.urls import reverse

from tests.desk import admin_url
from tests.factories import (
    DocumentFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    UserFactory,
    WorkshopFactory,
)
from workshop.actions import submit
from workshop.common.attribution import Attribution
from workshop.linking.models import Link

pytestmark = pytest.mark.django_db


def found(desk, q):
    """The titles that were found, by kind."""
    groups = desk.get(reverse("admin:desk_search"), q=q).context["groups"]
    return {group.title: [hit.title for hit in group.hits] for group in groups}


def offered(desk, q):
    return desk.client.get(reverse("admin:desk_suggest"), {"q": q}).json()


def test_records_of_all_kinds_are_found_drafts_too(editor):
    TalkFactory(title="Mud in spring")
    ThemeFactory(name="Mud", published=True)
    DocumentFactory(title="Report on mud", symbol="A/1")
    Link.objects.create(url="https://mud.example/")
    SpeakerFactory(name="Ada Berg")

    assert found(editor, "mud") == {
        "Talks": ["Mud in spring"],
        "Themes": ["Mud"],
        "Documents": ["Report on mud (A/1)"],
        "Links": ["https://mud.example/"],
    }


def test_all_the_words_have_to_be_there(editor):
    TalkFactory(title="Mud in spring"), TalkFactory(title="Mud in autumn")

    assert found(editor, "spring mud") == {"Talks": ["Mud in spring"]}


def test_record_with_just_this_code_stands_first(editor):
    record = RecommendationFactory(code="mt1-r01", statement="Keep the mud")
    RecommendationFactory(code="mt1-r011", statement="Look at it")

    groups = editor.get(reverse("admin:desk_search"), q="MT1-R01").context["groups"]

    assert [(group.title, len(group.hits)) for group in groups] == [("This very code", 1), ("Recommendations", 2)]
    assert groups[0].hits[0].url == admin_url(record, "change")
    assert offered(editor, "MT1-R01")[0]["url"] == admin_url(record, "change")
    assert len(offered(editor, "MT1-R01")) == 2


def test_authors_find_what_is_theirs_what_is_public_and_what_they_review(author):
    mine = TalkFactory(title="Mud mine", created_by=author.user)
    public = TalkFactory(title="Mud public", published=True, workshop=WorkshopFactory(published=True))
    TalkFactory(title="Mud hidden", created_by=UserFactory())
    TalkFactory(title="Mud hidden with its edition", published=True, workshop=WorkshopFactory())
    asked = TalkFactory(title="Mud asked", created_by=UserFactory())
    submit(record=asked, by=asked.created_by, to_user=author.user)

    hits = {
        hit.title: hit.url
        for group in author.get(reverse("admin:desk_search"), q="mud").context["groups"]
        for hit in group.hits
    }

    assert hits == {
        "Mud mine": admin_url(mine, "change"),
        "Mud public": public.get_absolute_url(),
        "Mud asked": admin_url(asked, "change"),
    }
    assert {offer["label"] for offer in offered(author, "mud")} == set(hits)


def test_authors_find_nothing_by_a_withheld_name(author, editor):
    talk = TalkFactory(title="Mud", published=True, workshop=WorkshopFactory(published=True))
    bob = SpeakerFactory(name="Bob Withheld")
    TalkSpeakerFactory(talk=talk, speaker=bob, attribution=Attribution.NOT_ATTRIBUTED)
    PositionFactory(recommendation=RecommendationFactory(published=True), speaker=bob)
    QuoteFactory(talk=talk, speaker=bob)

    assert (found(author, "withheld"), offered(author, "withheld")) == ({}, [])
    assert found(editor, "withheld")["Talks"] == ["Mud"]


def test_authors_find_no_code_of_a_hidden_record(author):
    RecommendationFactory(code="mt1-r01", created_by=UserFactory())

    assert (found(author, "mt1-r01"), offered(author, "mt1-r01")) == ({}, [])


def test_visitor_who_is_not_signed_in_finds_nothing(client):
    answers = [client.get(reverse(f"admin:{name}"), {"q": "mud"}) for name in ("desk_search", "desk_suggest")]

    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.parametrize(
    "q",
    ["", " ", "%", "_", "\\", "'", '"odd', "a\x00b", "x" * 100_000, "a " * 1000, "\u202emud", "()&|!*", "<script>"],
)
def test_odd_words_are_answered(editor, q):
    TalkFactory(title="Spring")

    assert (found(editor, q), offered(editor, q)) == ({}, [])


def test_page_says_what_to_do_where_nothing_is_found_or_asked(editor):
    nothing = editor.get(reverse("admin:desk_search"), q="<b>mud</b>").content.decode()
    unasked = editor.get(reverse("admin:desk_search")).content.decode()

    assert "Nothing that you may see holds “&lt;b&gt;mud&lt;/b&gt;”." in nothing
    assert "Type a part of a title" in unasked


def test_many_hits_end_and_lead_to_the_list_with_the_same_words(editor):
    for number in range(12):
        TalkFactory(title=f"Mud {number:02}")

    [group] = editor.get(reverse("admin:desk_search"), q="mud").context["groups"]

    assert [hit.title for hit in group.hits] == [f"Mud {number:02}" for number in range(11, 1, -1)]
    assert editor.get(group.all_url, q="mud").context["cl"].result_count == 12
    assert len(offered(editor, "mud")) == 4


def test_suggestions_say_language_kind_and_state_and_are_kept_by_nobody(editor):
    talk = TalkFactory(title="", title_ko="진흙")

    response = editor.client.get(reverse("admin:desk_suggest"), {"q": "진흙"})

    assert response.json() == [
        {"label": "진흙", "lang": "ko", "kind": "Talk, draft", "url": admin_url(talk, "change")}
    ]
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))


@pytest.mark.parametrize(("role", "number"), [("editor", 19), ("author", 13)])
def test_search_asks_as_many_questions_for_many_hits(desk_of, django_assert_num_queries, role, number):
    desk = desk_of(role)

    def look():
        with django_assert_num_queries(number):
            desk.get(reverse("admin:desk_search"), q="mud")

    def fill():
        TalkFactory(title="Mud", created_by=desk.user)
        TalkFactory(title="Mud", published=True, workshop=WorkshopFactory(published=True))
        RecommendationFactory(statement="Mud", created_by=desk.user)

    fill()
    desk.get(reverse("admin:desk_search"), q="mud")
    look()
    fill(), fill()
    look()


def test_box_stands_on_every_page_of_the_desk_and_not_on_the_log_in(editor, client):
    talk = TalkFactory()
    pages = [admin_url(talk, "change"), admin_url(type(talk)), "/admin/", admin_url(talk, "history")]

    assert ['action="/admin/search/"' in editor.get(page).content.decode() for page in pages] == [True] * 4
    assert 'action="/admin/search/"' not in client.get("/admin/login/").content.decode()
