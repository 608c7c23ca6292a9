"""Preview: the real public page of what stands in the form."""

import pytest

from tests.editing.previewing import hindrances, previewed
from tests.factories import (
    FollowUpFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.factories.world import linked_world
from workshop.actions import public_changed
from workshop.admin import previewing
from workshop.admin.rehearsal import Busy
from workshop.models import Talk
from workshop.registry import entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="As published", summary="Old words.", published=True)


def text(response):
    return response.content.decode()


def test_unsaved_words_and_rows_are_shown_as_readers_would_see_them(editor, talk):
    row = {
        "talk_speakers-TOTAL_FORMS": "1",
        "talk_speakers-0-speaker": str(SpeakerFactory(name="Alice Marsh", published=True).pk),
        "talk_speakers-0-role": "speaker",
        "talk_speakers-0-order": "1",
        "talk_speakers-0-attribution": "0",
    }

    page = text(previewed(editor, talk, title="In work", summary="New *words*.", tags="bread", **row))

    assert [
        word in page for word in ("<h1>In work</h1>", "New <em>words</em>.", "Alice Marsh", "bread", "Old words")
    ] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert "Preview: not public." in page


@pytest.mark.parametrize("entry", [*entries()], ids=lambda entry: entry.name)
def test_unchanged_form_previews_the_page_that_readers_see(editor, client, entry):
    linked_world()
    for record in entry.model.objects.public():
        public = text(client.get(record.get_absolute_url()))

        preview = text(previewed(editor, record))

        assert main_of(preview) == main_of(public)


def main_of(page):
    return page.partition("<main")[2].partition("</main>")[0].replace('target="_blank" ', "")


def test_preview_in_korean(editor, talk):
    response = previewed(editor, talk, lang="ko", title_ko="평화")

    assert ('<html lang="ko">' in text(response), "평화" in text(response), "미리보기" in text(response)) == (
        True,
    ) * 3


def test_record_that_is_being_added(editor):
    page = text(previewed(editor, Talk, title="A new talk", workshop=str(WorkshopFactory(published=True).pk)))

    assert "<h1>A new talk</h1>" in page
    assert not Talk.objects.exists()


def test_draft_of_a_draft_edition_is_shown_as_if_that_were_public_and_says_so(editor):
    talk = TalkFactory(title="Early", workshop=WorkshopFactory(title="Next year", code="NY1"))

    page = text(previewed(editor, talk))

    assert "<h1>Early</h1>" in page
    assert "Shown as if this were public too: edition “" in page


def test_name_to_be_withheld_stays_withheld(editor, talk):
    row = TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Zelda Quick", published=True))

    shown = text(previewed(editor, talk))
    withheld = text(previewed(editor, talk, **{"talk_speakers-0-attribution": "2"}))

    assert row.pk
    assert ("Zelda Quick" in shown, "Zelda Quick" in withheld) == (True, False)


def test_what_is_named_and_not_public_is_left_out_as_for_readers(editor, talk):
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Zelda Quick"))

    assert "Zelda Quick" not in text(previewed(editor, talk, title="In work"))


def test_draft_theme_lists_what_already_names_it(editor):
    theme = ThemeFactory(name="Mud")
    record = RecommendationFactory(statement="Drain it.", published=True)
    record.themes.add(theme)

    assert "Drain it." in text(previewed(editor, theme, name="Much mud"))


def test_changed_address_of_a_public_theme_keeps_its_lists(editor):
    theme = ThemeFactory(name="Mud", published=True)
    RecommendationFactory(statement="Drain it.", published=True).themes.add(theme)
    public_changed()

    assert "Drain it." in text(previewed(editor, theme, slug="much-mud"))


@pytest.mark.parametrize("changes", [{"title": "", "title_ko": ""}, {"date": "no date at all"}])
def test_incomplete_form_is_answered_with_sentences(editor, talk, changes):
    response = previewed(editor, talk, **changes)

    assert (response.status_code, len(hindrances(response)), "No preview yet" in text(response)) == (200, 1, True)


def test_sentences_name_row_and_field(editor, talk):
    row = {"talk_speakers-TOTAL_FORMS": "1", "talk_speakers-0-order": "x", "talk_speakers-0-role": "speaker"}

    assert "Speaker 1, Order: Enter a whole number." in hindrances(previewed(editor, talk, **row))


def test_what_publishing_would_refuse_is_said(editor):
    draft = RecommendationFactory(workshop=WorkshopFactory(published=True), origin="talk", source_quote=None)

    assert "Before it is published" in " ".join(hindrances(previewed(editor, draft)))


def test_links_and_forms_open_elsewhere_but_those_within_the_page(editor, talk):
    page = text(previewed(editor, talk))

    assert '<a target="_blank" href="/talks/"' in page
    assert '<form target="_blank" ' in page
    assert ('href="#summary"' in page, '<a target="_blank" class="anchor"' in page) == (True, False)


def test_answer_may_stand_beside_the_form_and_is_kept_by_nobody(editor, talk):
    response = previewed(editor, talk)

    policy = response["Content-Security-Policy"]
    assert ("frame-ancestors 'self'" in policy, "frame-ancestors 'none'" in policy) == (True, False)
    assert {name: response[name] for name in ("X-Frame-Options", "Cache-Control", "X-Robots-Tag")} == {
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert '<meta name="robots" content="noindex">' in text(response)
    assert 'rel="canonical"' not in text(response)


def test_page_with_a_player_may_frame_its_provider_and_nobody_else(editor):
    world = linked_world()
    [talk] = {media.talk for media in world.talk.media.filter(url__contains="youtube")} or {world.talk}

    public = editor.client.get(talk.get_absolute_url())["Content-Security-Policy"]
    policy = previewed(editor, talk)["Content-Security-Policy"]

    assert [part for part in policy.split("; ") if "frame-src" in part] == [
        part for part in public.split("; ") if "frame-src" in part
    ]


def test_page_of_a_record_may_frame_its_preview(editor, talk):
    assert "frame-src 'self'" in editor.get(talk, "change")["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in editor.get(talk, "change")["Content-Security-Policy"]


def test_follow_up_is_previewed_on_its_recommendation(editor):
    record = RecommendationFactory(statement="Dig a well.", published=True)
    follow_up = FollowUpFactory(recommendation=record)

    page = text(previewed(editor, follow_up, summary="The well is dug."))

    assert ("Dig a well." in page, "The well is dug." in page) == (True, True)


def test_quote_is_previewed_on_its_talk(editor, talk):
    quote = QuoteFactory(talk=talk)

    page = text(previewed(editor, quote, exact="Words of the day."))

    assert ("<h1>As published</h1>" in page, "Words of the day." in page) == (True, True)


def test_files_just_chosen_are_said_to_be_left_out(editor, talk):
    assert "Files that you have just chosen" in text(previewed(editor, talk, _files="1"))


def test_database_held_by_others_is_answered_with_a_sentence(editor, talk, monkeypatch):
    def busy(*args, **kwargs):
        raise Busy

    monkeypatch.setattr(previewing, "rehearse", busy)

    response = previewed(editor, talk)

    assert (response.status_code, hindrances(response)) == (503, [previewing.BUSY])
