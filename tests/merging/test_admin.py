"""Merging at the desk: who may, what is shown, and that nothing is written before it is confirmed."""

import pytest

from speakers.models import Speaker
from tests.desk import admin_url, form_of, said
from tests.factories import (
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
)
from workshop.common.keywords import Tag
from workshop.editing.models import Revision
from workshop.merging.actions import undo
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


def merged(editor, kept, gone):
    """Merge the two at the desk; answers with what is kept of the one that went."""
    editor.post(admin_url(type(kept), "compare"), data=form_of(editor.get(comparison(kept, gone)), ""))
    return Revision.objects.get(kind="deleted", object_id=gone.pk)


def test_one_with_a_draft_that_is_not_published_does_not_go(editor, pair):
    kept, gone = pair
    editor.fill(gone, "change", bio="Forty minutes of words.", _draft="Save draft")

    page = in_words(editor.get(comparison(kept, gone)))

    assert "“Mirae Kim” has a draft that is not published. Publish or discard it first" in page
    assert 'value="Merge"' not in page
    assert 'value="Merge"' in in_words(editor.get(comparison(gone, kept)))


def test_one_that_went_stands_among_the_deleted_with_all_it_held(editor, pair):
    kept, gone = pair
    editor.fill(gone, "change", bio="First words.", _save="Save", _correction="no")
    editor.fill(gone, "change", bio="Second words.", _save="Save", _correction="no")
    row = merged(editor, kept, gone)

    listed = in_words(editor.get(admin_url(Speaker, "deleted")))
    held = editor.get(admin_url(Speaker, "deleted_record", row.pk))
    first = next(one for one in held.context["versions"] if one.content.fields["bio"] == ["First words."])
    before = editor.get(admin_url(Speaker, "deleted_record", row.pk), version=first.pk)

    assert f'<a class="desk-link" href="{admin_url(kept, "change")}">went into “Kim Mi-rae”</a>' in listed
    assert ("Second words." in in_words(held), "First words." in in_words(held)) == (True, False)
    assert ("Second words." in in_words(before), "First words." in in_words(before)) == (False, True)
    assert editor.client.post(held.request["PATH_INFO"]).status_code == 405
    assert held.context["undo_url"] == admin_url(Speaker, "undo_merge", Merge.objects.get().pk)


def test_after_thirty_days_one_that_went_can_still_be_recovered(editor, pair):
    kept, gone = pair
    row = merged(editor, kept, gone)
    Merge.objects.all().delete()

    page = editor.get(admin_url(Speaker, "deleted_record", row.pk))
    form = editor.get(page.context["recover_url"])
    editor.post(Speaker, "add", data=form_of(form, "speaker_form") | {"_save": "Save"})

    again = Speaker.objects.exclude(pk=kept.pk).get()
    row.refresh_from_db()
    assert (again.name, again.slug, again.state, row.recovered_as) == ("Mirae Kim", "mirae-kim-2", "draft", again.pk)
    assert (
        Revision.objects.of(again)
        .get()
        .note.startswith(f"Recovered: {editor.user.username} had merged it into another record on ")
    )


def test_undone_it_is_among_the_deleted_no_more(editor, pair):
    kept, gone = pair
    merged(editor, kept, gone)

    editor.post(admin_url(Speaker, "undo_merge", Merge.objects.get().pk))

    assert not Revision.objects.filter(kind="deleted").exists()
    assert editor.get(gone, "history").status_code == 200


def test_what_went_twice_leads_to_where_it_is_now(editor, pair):
    kept, gone = pair
    row = merged(editor, kept, gone)
    last = SpeakerFactory(published=True, name="Kim M.")
    merged(editor, last, kept)

    listed = in_words(editor.get(admin_url(Speaker, "deleted")))
    undo(merge=Merge.objects.get(gone_key=kept.pk))

    assert listed.count(f'<a class="desk-link" href="{admin_url(last, "change")}">went into “Kim M.”</a>') == 2
    row.refresh_from_db()
    assert row.went_into == kept.pk


def test_author_finds_own_one_that_went_and_is_not_told_into_what_that_they_may_not_see(author, editor):
    kept, gone, others = SpeakerFactory(name="Secret"), SpeakerFactory(name="Mine"), SpeakerFactory(name="Theirs")
    type(gone).objects.filter(pk=gone.pk).update(created_by=author.user)
    row = merged(editor, kept, gone)
    theirs = merged(editor, kept, others)

    listed = in_words(author.get(admin_url(Speaker, "deleted")))
    held = author.get(admin_url(Speaker, "deleted_record", row.pk))

    assert ("Mine" in listed, "went into another record" in listed, "Secret" in listed) == (True, True, False)
    assert ("Secret" in in_words(held), held.context.get("undo_url", "")) == (False, "")
    assert author.get(admin_url(Speaker, "deleted_record", theirs.pk)).status_code == 404
    assert "Theirs" not in listed


@pytest.mark.parametrize("asked", ["", "0", "x", "9" * 30])
def test_version_that_is_not_of_the_deleted_record_is_not_found(editor, pair, asked):
    kept, gone = pair
    editor.fill(kept, "change", bio="Of the kept one.", _save="Save", _correction="no")
    row = merged(editor, kept, gone)
    others = Revision.objects.of(kept).first()

    found = [editor.get(admin_url(Speaker, "deleted_record", row.pk), version=key) for key in (asked, others.pk)]

    assert [answer.status_code for answer in found] == [404, 404]


def test_draft_and_old_revision_say_into_what_one_went(editor, pair):
    kept, gone = pair
    talk = TalkFactory(published=True)
    TalkSpeakerFactory(talk=talk, speaker=gone)
    editor.fill(talk, "change", title="Other title", _save="Save", _correction="no")
    named = Revision.objects.of(talk).last()
    merged(editor, kept, gone)

    page = editor.get(talk, "change", revision=named.pk)

    assert page.context["work"].lacks[0] == (
        "Speaker, expert: it named “Mirae Kim”, which went into “Kim Mi-rae”. That is left out."
    )
