"""Merging at the desk: who may, what is shown, and that nothing is written before it is confirmed."""

import pytest

from speakers.models import Speaker
from tests.desk import admin_url, form_of, said
from tests.factories import (
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkSpeakerFactory,
    ThemeFactory,
)
from workshop.common.keywords import Tag
from workshop.merging.models import Merge

pytestmark = pytest.mark.django_db


def comparison(kept, gone):
    return f"{admin_url(type(kept), 'compare')}?keep={kept.pk}&other={gone.pk}"


def in_words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def pair():
    kept = SpeakerFactory(published=True, name="Kim Mi-rae", descriptor="Lawyer")
    gone = SpeakerFactory(published=True, name="Mirae Kim", descriptor="Judge", bio="A *life*.")
    TalkSpeakerFactory(speaker=gone)
    recommendation = RecommendationFactory()
    PositionFactory(recommendation=recommendation, speaker=kept)
    PositionFactory(recommendation=recommendation, speaker=gone, stance="doubts")
    return kept, gone


def test_comparison_says_what_moves_and_what_is_joined_and_writes_nothing(editor, pair):
    page = in_words(editor.get(comparison(*pair)))

    assert "These move: 1 talk." in page
    assert "Position: " in page and "Stance: “Proposes” stays, “Doubts” goes" in page
    assert "Readers who hold its address are sent to the kept one" in page
    assert (Speaker.objects.count(), Merge.objects.count()) == (2, 0)


def test_two_that_are_ticked_are_compared_and_merged(editor, pair):
    kept, gone = pair
    ticked = {"action": "merge", "_selected_action": [gone.pk, kept.pk]}
    page = editor.post(admin_url(Speaker), data=ticked)
    sent = {**form_of(page, ""), "take-descriptor": "gone", "take-name": "kept", "names": ["Mirae Kim"]}
    response = editor.client.post(page.request["PATH_INFO"], sent, follow=True)

    kept.refresh_from_db()
    assert (kept.name, kept.descriptor, kept.bio) == ("Kim Mi-rae", "Judge", "A *life*.")
    assert [*kept.names.values_list("name", flat=True)] == ["Mirae Kim"]
    assert said(response)[0].startswith("“Mirae Kim” went into this one. You can undo it until ")


@pytest.mark.parametrize("number", [1, 3])
def test_others_than_two_are_not_merged(editor, number):
    records = [SpeakerFactory() for _ in range(number)]
    response = editor.post(
        admin_url(Speaker), data={"action": "merge", "_selected_action": [record.pk for record in records]}
    )

    assert said(response) == ["Tick the two records that are one, and no others."]


def test_page_of_a_record_leads_to_others_with_its_last_name(editor, pair):
    kept, gone = pair
    other = SpeakerFactory(name="Mirae Kimberley", family_name="Kimberley")
    SpeakerFactory(name="Bob Fen", family_name="Fen")
    page = editor.get(gone, "change")
    offered = in_words(editor.get(gone, "merge"))

    assert admin_url(gone, "merge") in page.content.decode()
    assert [comparison(one, gone).replace("&", "&amp;") in offered for one in (kept, other)] == [True, True]
    assert "Bob Fen" not in offered
    assert "Nothing else is found by “nobody”" in in_words(editor.get(gone_address(gone), q="nobody"))


def gone_address(record):
    return admin_url(record, "merge")


def test_what_changed_meanwhile_is_shown_again_and_not_merged(editor, pair):
    kept, gone = pair
    sent = form_of(editor.get(comparison(*pair)), "")
    gone.descriptor = "Minister"
    gone.save()

    response = editor.post(admin_url(Speaker, "compare"), data=sent)

    assert said(response) == ["Somebody changed one of them in the meantime. Look again before you merge."]
    assert "Minister" in in_words(response)
    assert Speaker.objects.count() == 2


def test_refusal_is_said_with_the_way_round(editor):
    public, draft = SpeakerFactory(published=True, name="Public"), SpeakerFactory(name="Draft")

    page = in_words(editor.get(comparison(draft, public)))

    assert "Keep the public one, so that readers lose nothing." in page
    assert comparison(public, draft).replace("&", "&amp;") in page
    assert 'value="Merge"' not in page


@pytest.mark.parametrize("factory", [SpeakerFactory, OrganisationFactory, ThemeFactory, lambda: tag()])
def test_every_kind_is_merged_and_undone(editor, factory):
    kept, gone = factory(), factory()
    sent = form_of(editor.get(comparison(kept, gone)), "")

    merged = editor.post(admin_url(type(kept), "compare"), data=sent)
    listed = editor.get(admin_url(type(kept), "merges"))
    way = admin_url(type(kept), "merges") in editor.get(type(kept)).content.decode()
    undo = admin_url(type(kept), "undo_merge", Merge.objects.get().pk)
    question, undone = editor.get(undo), editor.post(undo)

    assert merged.redirect_chain[-1][0] == admin_url(kept, "change")
    assert way and undo in listed.content.decode()
    assert "becomes a record of its own again" in in_words(question)
    assert (said(undone), type(kept).objects.count()) == ([f"“{gone}” is a record of its own again."], 2)


def tag():
    return Tag.objects.create(name=f"tag {Tag.objects.count()}")


def test_for_authors_and_of_what_is_not_there_there_is_no_such_page(author, editor, pair):
    kept, gone = pair
    type(kept).objects.update(created_by=author.user)
    merge = Merge.objects.create(model="speakers.speaker", kept_key=kept.pk, gone_key=99)
    addresses = [comparison(kept, gone), admin_url(gone, "merge"), admin_url(Speaker, "merges")]
    addresses += [admin_url(Speaker, "undo_merge", merge.pk)]
    nothing = [f"{admin_url(Speaker, 'compare')}{query}" for query in ("", "?keep=1&other=x", "?keep=0&other=99999")]
    nothing += [admin_url(Speaker, "undo_merge", 99999), admin_url(Tag, "undo_merge", merge.pk)]

    assert {author.get(address).status_code for address in addresses} == {404}
    assert {author.client.post(address).status_code for address in addresses} <= {403, 404}
    assert {editor.get(address).status_code for address in nothing} == {404}
    assert Speaker.objects.count() == 2
