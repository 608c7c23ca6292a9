"""Two experts, organisations, themes or keywords become one."""

import pytest
from django.core.exceptions import ValidationError

from recommendations.models import Addressee, Position, Response, Stance
from speakers.models import Affiliation, SpeakerName
from tests.factories import (
    AddresseeFactory,
    AffiliationFactory,
    DocumentFactory,
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    ResponseFactory,
    ReviewFactory,
    SpeakerFactory,
    SpeakerNameFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    UserFactory,
)
from workshop.actions import withdraw
from workshop.merging.actions import merge, undo
from workshop.models import SiteState, TalkSpeaker
from workshop.search.building import compare
from workshop.slugs.models import OldSlug

pytestmark = pytest.mark.django_db


def two_experts(**kept):
    return (
        SpeakerFactory(published=True, name="Kim Mi-rae", slug="kim-mi-rae", **kept),
        SpeakerFactory(published=True, name="Mirae Kim", slug="mirae-kim"),
    )


def test_rows_of_the_other_move_and_it_is_gone():
    kept, gone = two_experts()
    talk, position = TalkSpeakerFactory(speaker=gone), PositionFactory(speaker=gone)
    post = AffiliationFactory(speaker=gone)
    gone.expertise.add("mud")

    merge(kept=kept, gone=gone)

    for row in (talk, position, post):
        row.refresh_from_db()
    assert (talk.speaker, position.speaker, post.speaker) == (kept, kept, kept)
    assert [*kept.expertise.names()] == ["mud"]
    assert not type(gone).objects.filter(pk=gone.pk).exists()


def test_names_of_the_other_are_found_and_its_addresses_lead_to_the_kept_one(client):
    kept, gone = two_experts()
    SpeakerNameFactory(speaker=gone, name="M. Kim")
    gone.slug = "kim-mirae"
    gone.save()

    merge(kept=kept, gone=gone)

    found = [(client.get(f"/speakers/{slug}/"), slug) for slug in ("mirae-kim", "kim-mirae")]
    assert sorted(SpeakerName.objects.filter(speaker=kept).values_list("name", flat=True)) == ["M. Kim", "Mirae Kim"]
    assert [(r.status_code, r.headers["Location"]) for r, _ in found] == [(301, "/speakers/kim-mi-rae/")] * 2
    assert kept.get_absolute_url() in client.get("/search/?q=Mirae+Kim").content.decode()
    assert compare() == []


def test_address_of_one_that_never_was_public_leads_nowhere(client):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(slug="in-hiding")

    merge(kept=kept, gone=gone)

    assert (client.get("/speakers/in-hiding/").status_code, OldSlug.objects.count()) == (404, 0)


def test_name_that_was_unticked_is_not_kept():
    kept, gone = two_experts()

    merge(kept=kept, gone=gone, names=[])

    assert not SpeakerName.objects.exists()


def test_gaps_are_filled_and_what_was_chosen_is_taken():
    kept = SpeakerFactory(name="A", bio="", descriptor="Old", sort_name="A", links="https://a.example.org/")
    gone = SpeakerFactory(name="B", bio="A life.", descriptor="New", sort_name="B",
                          links="https://b.example.org/\nhttps://a.example.org/")  # fmt: skip
    other = SpeakerFactory(name="C", bio="Long.", descriptor="Other")

    merge(kept=kept, gone=gone)
    merge(kept=kept, gone=other, take=["descriptor"], names=[])

    kept.refresh_from_db()
    assert (kept.name, kept.bio, kept.descriptor) == ("A", "A life.", "Other")
    assert kept.link_list == ["https://a.example.org/", "https://b.example.org/"]


def test_same_talk_twice_is_joined_under_the_stricter_attribution():
    kept, gone = two_experts()
    talk = TalkFactory(published=True)
    row = TalkSpeakerFactory(talk=talk, speaker=kept, affiliation_then="Professor at X", affiliation_then_ko="교수")
    TalkSpeakerFactory(talk=talk, speaker=gone, attribution=1, affiliation_then="A scholar", credited_as="M. K.")

    done = merge(kept=kept, gone=gone)

    row.refresh_from_db()
    assert TalkSpeaker.objects.get() == row
    assert (row.attribution, row.affiliation_then, row.affiliation_then_ko, row.credited_as) == (
        1, "A scholar", "", "M. K.")  # fmt: skip
    assert len(done.changes["removed"]) == 2


def test_same_position_twice_keeps_the_first_stance_and_both_notes():
    kept, gone = two_experts()
    recommendation = RecommendationFactory()
    row = PositionFactory(recommendation=recommendation, speaker=kept, note="First.")
    PositionFactory(recommendation=recommendation, speaker=gone, stance=Stance.DOUBTS, note="Second.", attribution=2)

    merge(kept=kept, gone=gone)

    row.refresh_from_db()
    assert (Position.objects.get(), row.stance, row.note, row.attribution) == (row, "proposes", "First.\n\nSecond.", 2)


def test_no_merge_opens_a_name_that_was_withheld_by_a_tie():
    """Source words are unattributed while it is not known who proposes; that the other one does tells."""
    kept, gone = two_experts()
    recommendation = RecommendationFactory(published=True, source_quote__speaker=gone)
    words = recommendation.source_quote
    PositionFactory(recommendation=recommendation, speaker=None, attribution=2)
    PositionFactory(recommendation=recommendation, speaker=kept)
    before = type(words).objects.attributable().filter(pk=words.pk).exists()

    merge(kept=kept, gone=gone)

    assert (before, type(words).objects.attributable().filter(pk=words.pk).exists()) == (False, False)


def test_copies_of_one_row_become_one():
    kept, gone = two_experts()
    post = AffiliationFactory(speaker=kept, role="Dean", order=1)
    AffiliationFactory(speaker=gone, role="Dean", organisation=post.organisation, order=2)
    other = AffiliationFactory(speaker=gone, role="Professor", organisation=post.organisation)

    merge(kept=kept, gone=gone)

    assert set(Affiliation.objects.all()) == {post, other}


def test_what_hangs_on_a_joined_row_moves_with_it():
    kept, gone = OrganisationFactory(published=True), OrganisationFactory(published=True)
    row = AddresseeFactory(organisation=kept)
    answer = ResponseFactory(addressee__organisation=gone, addressee__recommendation=row.recommendation)

    merge(kept=kept, gone=gone)

    answer.refresh_from_db()
    assert (Addressee.objects.get(), answer.addressee, Response.objects.count()) == (row, row, 1)


def test_merged_one_is_merged_again_and_every_address_leads_to_the_last(client):
    first, second, third = (SpeakerFactory(published=True, slug=slug) for slug in ("first", "second", "third"))

    merge(kept=second, gone=first)
    merge(kept=third, gone=second)

    found = [client.get(f"/speakers/{slug}/").headers["Location"] for slug in ("first", "second")]
    assert found == ["/speakers/third/"] * 2


def test_versions_of_all_that_was_touched_are_raised():
    kept, gone = two_experts()
    talk = TalkSpeakerFactory(speaker=gone).talk
    recommendation = PositionFactory(speaker=gone).recommendation
    document = DocumentFactory(issued_by=OrganisationFactory())
    records = [kept, talk, recommendation, document]
    before = [record.version for record in records]
    site = SiteState.objects.get().version

    merge(kept=kept, gone=gone)
    merge(kept=OrganisationFactory(), gone=document.issued_by)

    for record in records:
        record.refresh_from_db()
    assert all(record.version > version for record, version in zip(records, before, strict=True))
    assert SiteState.objects.get().version > site


def test_history_of_the_other_moves_and_says_what_was_done(editor):
    from django.contrib.admin.models import LogEntry

    kept, gone = two_experts()
    editor.fill(gone, "change", descriptor="Changed")

    merge(kept=kept, gone=gone, by=editor.user)

    entries = LogEntry.objects.filter(object_id=str(kept.pk)).order_by("pk")
    assert [entry.get_change_message() for entry in entries] == [
        "Changed Descriptor.", "Merged: “Mirae Kim” went into this one."]  # fmt: skip


def refusal_of(kept, gone, **choice):
    with pytest.raises(ValidationError) as refused:
        merge(kept=kept, gone=gone, by=UserFactory(role="editor"), **choice)
    return refused.value.messages[0]


def test_refusals_say_why():
    public, draft = SpeakerFactory(published=True, name="P"), SpeakerFactory(name="D")
    silent = withdraw(record=SpeakerFactory(published=True, name="S"), kind="request")
    asked = SpeakerFactory(name="R")
    ReviewFactory(record=asked)

    assert refusal_of(draft, public).startswith("“P” is public and “D” is not.")
    assert refusal_of(public, silent).startswith("“S” was withdrawn on request or for safety")
    assert refusal_of(public, public).startswith("Choose another record")
    assert refusal_of(public, asked).startswith("“R” is in review.")
    assert refusal_of(public, OrganisationFactory()) == "Only records of one kind can be merged."
    assert refusal_of(ThemeFactory(), ThemeFactory(scheme="upr")).startswith("They belong to different lists")


def test_choice_that_leaves_no_name_is_refused_and_nothing_is_written():
    kept, gone = SpeakerFactory(name="A"), SpeakerFactory(name="", name_ko="가", given_name="", family_name="")

    assert refusal_of(kept, gone, take=["name"]) != ""
    assert type(kept).objects.count() == 2


def test_links_in_texts_lead_to_the_kept_one_and_back_after_an_undo():
    kept, gone = two_experts()
    near = SpeakerFactory(published=True, pk=int(f"{gone.pk}7"))  # its key begins with the same figures
    text = f"With [Mirae](record:speaker:{gone.pk}) and [another](record:speaker:{near.pk})."
    talk = TalkFactory(summary=text, summary_ko=f"[김](record:speaker:{gone.pk})")
    version = talk.version

    done = merge(kept=kept, gone=gone)

    talk.refresh_from_db()
    assert talk.summary == f"With [Mirae](record:speaker:{kept.pk}) and [another](record:speaker:{near.pk})."
    assert talk.summary_ko == f"[김](record:speaker:{kept.pk})"
    assert talk.version > version

    undo(merge=done)

    talk.refresh_from_db()
    assert (talk.summary, talk.summary_ko) == (text, f"[김](record:speaker:{gone.pk})")
