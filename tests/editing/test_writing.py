"""The field for longer texts at the desk: its preview, its search for records, and what is said after saving."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk import admin_url, said
from tests.factories import (
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from workshop.actions import publish
from workshop.common.attribution import Attribution
from workshop.common.writing.limits import LONGEST
from workshop.models import Talk
from workshop.references import reference_to

pytestmark = pytest.mark.django_db
PREVIEW, RECORDS = "/admin/writing/preview/", "/admin/writing/records/"
HIDDEN = "is shown as words only: readers do not see the record that it leads to."


def previewed(desk, text, **data):
    return desk.client.post(PREVIEW, {"text": text, **data})


def found(desk, term, **query):
    response = desk.client.get(RECORDS, {"q": term, **query})
    assert response.status_code == 200
    return [(one.title, one.kind, str(one.reference), one.standing) for one in response.context["found"]]


# --- the preview ---------------------------------------------------------------------


def test_preview_is_what_the_public_page_shows(client, author):
    target = TalkFactory(published=True)
    text = f"### A\n\n[b]({reference_to(target)})[^1]\n\n> c\n> — Kim\n\n[^1]: d"
    talk = TalkFactory(published=True, summary=text)

    html = previewed(author, text).content.decode()

    shown = html.split('lang="en">', 1)[1].split("</div>")[0]
    assert f'<a href="{target.get_absolute_url()}">b</a>' in shown
    assert shown in client.get(talk.get_absolute_url()).content.decode()


def test_preview_of_a_korean_field_is_in_korean(editor):
    target = TalkFactory(published=True, slug="target")

    html = previewed(editor, f"[말]({reference_to(target)})[^1]\n\n[^1]: 주.", lang="ko").content.decode()

    assert ('lang="ko"' in html, 'href="/ko/talks/target/"' in html, 'aria-label="주 1"' in html) == (True, True, True)


def test_preview_shows_script_as_nothing_and_says_so(editor):
    html = previewed(editor, "Words<script>alert(1)</script><img src=x onerror=alert(1)>").content.decode()

    assert ("<script" in html, "onerror" in html) == (False, False)
    assert "“&lt;script&gt;” is HTML that is not shown." in html


def test_preview_tells_of_links_to_what_readers_do_not_see(author):
    hidden = TalkFactory(title="A secret", slug="a-secret")
    html = previewed(author, f"[one]({reference_to(hidden)}) [two](record:talk:999999)").content.decode()

    assert (f"The link “one” {HIDDEN}" in html, f"The link “two” {HIDDEN}" in html) == (True, True)
    assert "secret" not in html


def test_preview_of_nothing_and_of_too_much(editor):
    nothing = previewed(editor, "")
    assert (nothing.status_code, nothing.content.decode().strip()) == (
        200,
        '<div class="writing-shown" lang="en"></div>',
    )
    refused = previewed(editor, "a" * (LONGEST + 1))
    assert (refused.status_code, refused.content.decode()) == (
        413,
        "This text is too long for a preview: 100,001 characters of at most 100,000.",
    )


def test_preview_is_for_people_at_the_desk_and_by_post_with_a_token(client, editor, author):
    login = f"{reverse('admin:login')}?next={PREVIEW}"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)

    asked = client.post(PREVIEW, {"text": "a"})
    assert (asked.status_code, asked.url) == (302, login)
    assert [desk.client.get(PREVIEW).status_code for desk in (editor, author)] == [405, 405]
    assert strict.post(PREVIEW, {"text": "a"}).status_code == 403


def test_preview_is_kept_by_no_cache(editor):
    assert "no-store" in previewed(editor, "a").headers["Cache-Control"]


# --- records to link to -----------------------------------------------------------------


def test_records_are_found_by_title_with_what_to_write(editor):
    talk = TalkFactory(published=True, title="Water [and] soil", workshop=None)
    draft = ThemeFactory(name="Water rights", name_ko="물")

    assert found(editor, "water") == [
        ("Water [and] soil", "Talk", f"record:talk:{talk.pk}", ""),
        ("Water rights", "Theme", f"record:theme:{draft.pk}", "draft"),
    ]
    assert found(editor, "water rights", lang="ko") == [("물", "Theme", f"record:theme:{draft.pk}", "draft")]
    page = editor.client.get(RECORDS, {"q": "soil"}).content.decode()
    assert f"<code>[Water \\[and\\] soil](record:talk:{talk.pk})</code>" in page


def test_titles_that_begin_with_the_term_come_first_then_the_newest(editor):
    first = TalkFactory(title="Water", workshop=None)
    others = [TalkFactory(title=f"On water {number}", workshop=None) for number in range(9)]

    expected = [first, *reversed(others[2:])]
    assert [row[2] for row in found(editor, "water")] == [str(reference_to(talk)) for talk in expected]


def test_recommendation_is_found_by_its_code(editor):
    record = RecommendationFactory(published=True)

    assert (f"record:recommendation:{record.pk}" in [row[2] for row in found(editor, record.code)]) is True


def test_authors_find_what_is_public_and_their_own(author, editor):
    public = TalkFactory(published=True, title="Water one", workshop=None)
    own = TalkFactory(title="Water two", created_by=author.user, workshop=None)
    other = TalkFactory(title="Water three", created_by=editor.user, workshop=None)

    assert {row[2] for row in found(author, "water")} == {str(reference_to(one)) for one in (public, own)}
    assert {row[2] for row in found(editor, "water")} == {str(reference_to(one)) for one in (public, own, other)}


def test_authors_do_not_find_talks_by_people_who_may_be_withheld(author, editor):
    talk = TalkFactory(published=True, title="A talk")
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Quill Zephyr"), attribution=Attribution.NOT_ATTRIBUTED)

    assert found(author, "Zephyr") == []
    assert str(reference_to(talk)) in {row[2] for row in found(editor, "Zephyr")}


@pytest.mark.parametrize(
    "term", ["", "   ", "'\"(%_\\", "a" * 5000, "x " * 3000, "\u202e\u200b", "-", "record:talk:1"]
)
def test_odd_terms_get_an_answer(editor, term):
    assert isinstance(found(editor, term), list)


def test_records_ask_a_bounded_number_of_queries(editor, django_assert_max_num_queries):
    for number in range(12):
        TalkFactory(published=True, title=f"Water {number}", workshop=None)

    with django_assert_max_num_queries(40):
        rows = found(editor, "water")

    assert len(rows) == 8


def test_records_are_for_people_at_the_desk_alone(client, editor):
    asked = client.get(RECORDS, {"q": "a"})

    assert (asked.status_code, asked.url) == (302, f"{reverse('admin:login')}?next={RECORDS}%3Fq%3Da")
    assert editor.client.post(RECORDS).status_code == 405


# --- the field ------------------------------------------------------------------------------


def test_longer_texts_have_the_field_and_others_do_not(editor):
    page = editor.get(Talk, "add").content.decode()
    marked = {
        part.split('name="')[1].split('"')[0]
        for part in page.split("<textarea")[1:]
        if "data-writing" in part.split(">")[0]
    }

    assert marked == {"key_message", "summary", "body", "key_message_ko", "summary_ko", "body_ko"}
    assert f'<noscript><a href="{RECORDS}">' in page
    assert page.count("js/writing-toolbar") == 1


def test_text_is_tidied_by_the_form(editor):
    talk = TalkFactory(workshop=None)

    editor.fill(talk, "change", summary="One\r\ntwo\u200b\ufeff three")

    assert Talk.objects.get(pk=talk.pk).summary == "One\ntwo three"


# --- what is said after saving -----------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "published"])
def test_saving_tells_of_faults_and_of_broken_links(editor, state):
    hidden = TalkFactory(workshop=None)
    talk = TalkFactory(published=state == "published", workshop=None)
    text = f"Read it [here](https://example.org), and [the talk]({reference_to(hidden)})."

    response = editor.fill(talk, "change", summary=text)

    assert [remark for remark in said(response) if remark.startswith("Summary: ")] == [
        f"Summary: The link “the talk” {HIDDEN}",
        "Summary: The link “here” does not say where it leads: take words that do.",
    ]
    assert Talk.objects.get(pk=talk.pk).summary == text


def test_saving_clean_texts_says_nothing_of_them(editor):
    talk = TalkFactory(workshop=None)

    assert len(said(editor.fill(talk, "change", summary="Clean."))) == 1


def test_publishing_tells_of_faults_in_the_rows_too(editor):
    row = WorkshopThemeFactory(introduction="https://example.org/x", theme__published=True)

    response = editor.fill(row.workshop, "change", _publish="1")

    assert [words for words in said(response) if words.startswith("Introduction of ")] == [
        f"Introduction of “{row}”: “https://example.org/x” is no link: write [words](https://example.org/x)."
    ]


def test_link_to_somebody_whose_name_is_withheld_is_told(editor):
    person = SpeakerFactory(published=True)
    talk = TalkFactory(published=True, workshop=None, summary=f"[A participant]({reference_to(person)})")
    TalkSpeakerFactory(talk=talk, speaker=person, attribution=Attribution.NOT_ATTRIBUTED)

    response = editor.fill(talk, "change")

    assert "Summary: a link leads to somebody whose name is to be withheld here." in said(response)


def test_withdrawing_names_the_records_that_link_to_it(editor):
    target = TalkFactory(published=True, title="Target")
    TalkFactory(title="Linking", summary=f"[a]({reference_to(target)})", workshop=None)
    edition = WorkshopFactory(title="Edition", introduction=f"[a]({reference_to(target)})")

    page = editor.get(target, "withdraw").content.decode()
    of_another = editor.get(publish(record=edition), "withdraw").content.decode()

    assert "<li>Linking (talk)</li>" in page
    assert f"<li>{edition} (edition)</li>" in page
    assert "link to it in their texts" not in of_another


def test_withdrawing_many_names_those_that_are_not_withdrawn_with_them(editor):
    target = TalkFactory(published=True, title="Target")
    other = TalkFactory(published=True, title="Other", summary=f"[a]({reference_to(target)})")

    page = editor.client.post(
        admin_url(Talk), {"action": "withdraw", "_selected_action": [target.pk, other.pk]}
    ).content.decode()

    assert "link to it in their texts" not in page
