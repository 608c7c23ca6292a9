"""Which addresses are found, and that those of hidden records are not."""

import pytest

from tests.factories import (
    DocumentFactory,
    FollowUpFactory,
    MediaFactory,
    OrganisationFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    WorkshopFactory,
)
from workshop.linking.collecting import addresses_in, cleaned, collect
from workshop.linking.models import Link, Place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "See [the report](https://a.example/x) and <https://b.example/>.",
            ["https://a.example/x", "https://b.example/"],
        ),
        ("https://a.example/wiki/Mud_(earth), he said", ["https://a.example/wiki/Mud_(earth)"]),
        ("(https://a.example/wiki/Mud)", ["https://a.example/wiki/Mud"]),
        ("[mud](https://a.example/wiki/Mud_(earth))", ["https://a.example/wiki/Mud_(earth)"]),
        (
            "https://a.example/1\nhttp://b.example/2?x=1&y=2#part",
            ["https://a.example/1", "http://b.example/2?x=1&y=2"],
        ),
        ("“https://a.example/진흙”", ["https://a.example/%EC%A7%84%ED%9D%99"]),
        ("ftp://a.example/ mailto:a@b.example /talks/ #part https:// http:///x", []),
        ("", []),
    ],
)
def test_addresses_in_a_text(text, found):
    assert list(addresses_in(text)) == found


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://bücher.example/a b", "https://xn--bcher-kva.example/a%20b"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("http://testserver/talks/", ""),
        ("https://[::1", ""),
        ("https://example.org:99999/", ""),
        (f"https://example.org/{'x' * 2000}", ""),
    ],
)
def test_address_as_it_is_kept(written, address):
    assert cleaned(written) == address


def standing():
    return {(place.link.url, str(place.record), place.field) for place in Place.objects.all()}


@pytest.mark.django_db
def test_links_of_public_records_are_found_wherever_they_stand():
    edition = WorkshopFactory(published=True, url="https://a.example/edition")
    talk = TalkFactory(published=True, workshop=edition, body="Read [it](https://a.example/body).")
    media = MediaFactory(talk=talk, url="https://a.example/video")
    speaker = SpeakerFactory(published=True, links="https://a.example/1\nhttps://a.example/2")
    record = RecommendationFactory(published=True, workshop=edition)
    fact = FollowUpFactory(recommendation=record, published=True, evidence_url="https://a.example/body")

    number = collect()

    assert standing() >= {
        ("https://a.example/edition", str(edition), "url"),
        ("https://a.example/body", str(talk), "body"),
        ("https://a.example/video", str(media), "url"),
        ("https://a.example/1", str(speaker), "links"),
        ("https://a.example/2", str(speaker), "links"),
        ("https://a.example/body", str(fact), "evidence_url"),
    }
    assert number == Link.objects.count()


@pytest.mark.django_db
def test_links_of_what_readers_do_not_see_are_not_asked():
    OrganisationFactory(url="https://a.example/draft")
    OrganisationFactory(url="https://a.example/withdrawn", withdrawn=True)
    TalkFactory(published=True, workshop=WorkshopFactory(), source_url="https://a.example/hidden")
    MediaFactory(talk=TalkFactory(), url="https://a.example/part")
    DocumentFactory(published=True, url="", body="https://a.example/text", text_is_public=False)

    assert (collect(), standing()) == (0, set())


@pytest.mark.django_db
def test_link_goes_with_the_last_record_that_holds_it():
    first = OrganisationFactory(published=True, url="https://a.example/shared")
    second = OrganisationFactory(published=True, url="https://a.example/shared")
    collect()
    kept = Link.objects.get()
    kept.note(failed=True, said="It is gone.", status=410)

    type(first).objects.filter(pk=first.pk).update(url="")
    collect()
    one = (Link.objects.get().failed_days, Place.objects.count())
    type(second).objects.filter(pk=second.pk).update(state="draft")
    collect()

    assert (one, Link.objects.count(), Place.objects.count()) == ((1, 1), 0, 0)


@pytest.mark.django_db
def test_collecting_again_changes_nothing():
    OrganisationFactory(published=True, url="https://a.example/")
    collect()
    before = list(Place.objects.values_list("pk", flat=True))

    collect()

    assert list(Place.objects.values_list("pk", flat=True)) == before
