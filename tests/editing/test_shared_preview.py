"""What a secret link shows, and to whom it shows nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import SpeakerFactory, TalkFactory, TalkSpeakerFactory, WorkshopFactory
from workshop.actions import public_changed, publish, withdraw
from workshop.editing.linking import revoke_link
from workshop.editing.models import PreviewLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="Early", summary="A first try.", workshop=WorkshopFactory(published=True))


def text(response):
    return response.content.decode()


def test_draft_is_shown_to_somebody_without_an_account(client, talk, link_to):
    _, address = link_to(talk)

    page = text(client.get(address))

    assert ("<h1>Early</h1>" in page, "Preview: not public." in page, "please do not pass it on" in page) == (
        True,
    ) * 3
    assert client.get(talk.get_absolute_url()).status_code == 404


def test_answer_is_never_kept_indexed_or_told_on_and_sets_no_cookie(client, talk, link_to):
    _, address = link_to(talk)

    for response in (client.get(address), client.head(address), client.get("/preview/unknown/")):
        assert {name: response[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")} == {
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex, nofollow",
            "Referrer-Policy": "no-referrer",
        }
        assert (len(response.cookies), response.has_header("ETag"), response.get("Vary", "")) == (0, False, "")
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "preview" not in text(client.get("/robots.txt"))


def test_newest_draft_of_a_public_record_is_shown_and_the_public_page_stays(client, editor, link_to):
    talk = TalkFactory(title="As published", published=True)
    _, address = link_to(talk, by=editor.user)
    editor.fill(talk, "change", title="In work", _draft="Save draft")
    first = text(client.get(address))
    editor.fill(talk, "change", title="Further on", _draft="Save draft")

    second = text(client.get(address))

    assert ("<h1>In work</h1>" in first, "<h1>Further on</h1>" in second) == (True, True)
    assert "<h1>As published</h1>" in text(client.get(talk.get_absolute_url()))


def test_public_record_without_a_draft_leads_to_its_page(client, talk, link_to):
    _, address = link_to(talk)
    publish(record=talk)

    response, korean = client.get(address), client.get(address, {"lang": "ko"})

    assert [(answer.status_code, answer["Location"]) for answer in (response, korean)] == [
        (302, "/talks/early/"),
        (302, "/ko/talks/early/"),
    ]


def test_korean_by_parameter_and_not_by_path(client, talk, link_to):
    _, address = link_to(talk)

    korean, elsewhere = client.get(address, {"lang": "ko"}), client.get(f"/ko{address}")

    assert ('<html lang="ko">' in text(korean), korean["Content-Language"], elsewhere.status_code) == (True, "ko", 404)
    assert f'href="{address}?lang=en"' in text(korean)
    assert f"{PreviewLink.objects.get().expires_at:%Y년 %-m월 %-d일 %H:%M} (UTC)" in text(korean)


def test_name_to_be_withheld_stays_withheld_also_when_that_is_decided_later(client, talk, link_to):
    row = TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Zelda Quick", published=True))
    _, address = link_to(talk)
    before = text(client.get(address))
    row.attribution = 2
    row.save()
    public_changed()

    assert ("Zelda Quick" in before, "Zelda Quick" in text(client.get(address))) == (True, False)


def expired(link, talk):
    PreviewLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))


def revoked(link, talk):
    revoke_link(record=talk, link=link, by=link.made_by)


def deleted(link, talk):
    talk.delete()


def maker_left(link, talk):
    type(link.made_by).objects.filter(pk=link.made_by_id).update(is_active=False)


def maker_lost_the_desk(link, talk):
    type(link.made_by).objects.filter(pk=link.made_by_id).update(is_staff=False)


def maker_is_an_author_now(link, talk):
    type(link.made_by).objects.filter(pk=link.made_by_id).update(role="author")


def maker_deleted(link, talk):
    link.made_by.delete()


def withdrawn_for_safety(link, talk):
    publish(record=talk)
    withdraw(record=talk, kind="safety")


def withdrawn_on_request(link, talk):
    publish(record=talk)
    withdraw(record=talk, kind="request")


ENDS = [
    expired,
    revoked,
    deleted,
    maker_left,
    maker_lost_the_desk,
    maker_is_an_author_now,
    maker_deleted,
    withdrawn_for_safety,
    withdrawn_on_request,
]


@pytest.mark.parametrize("end", ENDS)
def test_link_that_has_ended_answers_exactly_as_one_that_never_was(client, talk, link_to, end):
    link, address = link_to(talk)
    assert client.get(address).status_code == 200
    end(link, talk)

    found, unknown = client.get(address), client.get(f"/preview/{'x' * 43}/")

    assert (found.status_code, found.content, dict(found.headers)) == (404, unknown.content, dict(unknown.headers))


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "%ED%A0%80", "한글", "..", "a b", "' OR 1=1 --"])
def test_odd_tokens_find_nothing(client, talk, link_to, token):
    link_to(talk)

    assert client.get(f"/preview/{token}/").status_code == 404


def test_only_reading_is_answered(client, talk, link_to):
    _, address = link_to(talk)

    assert client.post(address).status_code == 405


def test_author_link_to_own_draft(client, author, link_to):
    own = TalkFactory(title="Mine", created_by=author.user, workshop=WorkshopFactory(published=True))
    _, address = link_to(own, by=author.user)

    assert "<h1>Mine</h1>" in text(client.get(address))


def test_draft_that_is_no_page_yet_says_so_without_details(client, editor, link_to):
    talk = TalkFactory(title="As published", published=True)
    _, address = link_to(talk, by=editor.user)
    editor.fill(talk, "change", title="", title_ko="", _draft="Save draft")

    response = client.get(address)

    assert (response.status_code, "Not to be shown just now" in text(response)) == (200, True)
    assert "As published" not in text(response)
