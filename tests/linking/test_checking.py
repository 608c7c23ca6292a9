"""One round, the command, and what editors read of it."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.desk import admin_url
from tests.factories import DocumentFactory, MediaFactory, OrganisationFactory, TalkFactory
from tests.linking.server import world  # noqa: F401
from workshop.linking.checking import check
from workshop.linking.collecting import collect
from workshop.linking.models import Link
from workshop.management.commands import check_links

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def broken(url, **how):
    now = timezone.now()
    Link.objects.filter(url=url).update(
        failed_days=2, first_failed_at=now - DAY, last_failed_on=now.date(), said="It is not there.", checked_at=now
    )


def test_round_takes_hosts_in_turn_and_stops_at_its_limit(world):  # noqa: F811
    for path in ("a.example/1", "a.example/2", "b.example/1", "c.example/1"):
        Link.objects.create(url=f"https://{path}")

    seen = [link.url for link in check(limit=3, visitor=world.visitor())]

    assert seen == ["https://a.example/1", "https://b.example/1", "https://a.example/2"]
    assert Link.objects.filter(checked_at=None).count() == 1


def test_link_that_another_round_has_taken_is_left_to_it(world):  # noqa: F811
    first, second = (Link.objects.create(url=f"https://a.example/{number}") for number in (1, 2))

    rounds = check(limit=5, visitor=world.visitor())
    next(rounds)
    Link.objects.filter(pk=second.pk).update(checked_at=timezone.now())

    assert (list(rounds), Link.objects.get(pk=first.pk).status) == ([], 404)


def test_links_are_not_looked_at_twice_within_hours(world):  # noqa: F811
    Link.objects.create(url="https://a.example/1")

    assert [len(list(check(limit=5, visitor=world.visitor()))) for _ in range(2)] == [1, 0]


def test_command_says_what_it_found(world, monkeypatch, capsys):  # noqa: F811
    monkeypatch.setattr(check_links, "Visitor", world.visitor)
    world.pages["a.example", "/there"] = 200
    OrganisationFactory(published=True, url="https://a.example/there")
    OrganisationFactory(published=True, url="https://a.example/gone")

    call_command("check_links")

    assert capsys.readouterr().out == ("It is not there. https://a.example/gone\n2 links; 2 looked at; 0 broken.\n")


def test_limit_is_a_number_above_nothing():
    with pytest.raises(CommandError, match="--limit is a number above 0."):
        call_command("check_links", "--limit", "0")


def test_editors_read_which_links_are_broken_where_they_stand_and_of_a_copy(editor):
    document = DocumentFactory(
        published=True, title="A report", url="https://a.example/r", archived_url="https://archive.example/r"
    )
    talk = TalkFactory(published=True, title="Why mud")
    MediaFactory(talk=talk, url="https://a.example/r")
    OrganisationFactory(published=True, url="https://a.example/whole")
    collect()
    broken("https://a.example/r")

    page = editor.get(Link).content.decode()

    assert "https://a.example/r<" in page and "https://a.example/whole<" not in page
    assert f'href="{admin_url(document, "change")}">{document}<' in page
    assert f'href="{admin_url(talk, "change")}">{talk}<' in page
    assert 'href="https://archive.example/r"' in page
    assert "https://a.example/whole<" in editor.get(Link, standing="all").content.decode()


def test_list_asks_as_many_questions_for_many_links(editor, django_assert_num_queries):
    def another():
        talk = TalkFactory(published=True)
        url = f"https://a.example/{talk.pk}"
        MediaFactory(talk=talk, url=url)
        DocumentFactory(published=True, url=url)
        collect()
        broken(url)

    another()
    editor.get(Link)  # kinds of records are looked up once a process
    with django_assert_num_queries(7):
        editor.get(Link)
    another(), another()
    with django_assert_num_queries(7):
        assert editor.get(Link).context["cl"].result_count == 3


def test_front_page_counts_broken_links_and_leads_to_them(editor):
    OrganisationFactory(published=True, url="https://a.example/r")
    collect()
    broken("https://a.example/r")

    [item] = editor.get("/admin/").context["lacking"]

    assert (item.shown, item.words) == ("1", "link found broken")
    assert editor.get(item.url).context["cl"].result_count == 1


def test_list_of_links_says_that_there_is_none_and_is_no_place_to_write(editor):
    one = Link.objects.create(url="https://a.example/")

    assert editor.get(Link).context["cl"].result_count == 0
    assert [editor.get(Link, "add").status_code, editor.get(one, "delete").status_code] == [404, 404]
    assert editor.post(one, "change", data={"url": "x"}).status_code == 403


def test_authors_do_not_reach_the_links(author):
    one = Link.objects.create(url="https://a.example/")

    assert [author.get(Link).status_code, author.get(one, "change").status_code] == [404, 404]
