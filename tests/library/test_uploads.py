"""Several pictures at once: each becomes a draft of its own person, once, or a sentence says why not."""

import threading

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.urls import reverse

from tests.desk import admin_url, said
from tests.factories import ImageFactory, UserFactory
from tests.images.uploads import SVG, encoded, upload
from workshop.images.models import Image
from workshop.library import uploads
from workshop.library.uploads import shown, take, take_all

pytestmark = pytest.mark.django_db
DRAFT = "It is in the library, as a draft. Add its words and its credit."
THERE = "You have it in the library already."


def stored():
    return set(default_storage.listdir("images")[1]) if default_storage.exists("images") else set()


def picture(colour="navy", name="a.png"):
    return upload(encoded("PNG", colour=colour), name)


def drop(desk, *files, **headers):
    return desk.client.post(reverse("admin:images_image_upload"), {"files": files}, follow=True, headers=headers)


def test_each_file_becomes_a_draft_or_a_sentence():
    person = UserFactory(role="author")

    outcomes = take_all([picture("red"), upload(SVG, "b.svg"), picture("blue", "c.png")], by=person)

    assert [(one.name, one.new, one.said[:40]) for one in outcomes] == [
        ("a.png", True, DRAFT[:40]),
        ("b.svg", False, "This is not a picture we can read. Uploa"),
        ("c.png", True, DRAFT[:40]),
    ]
    rows = Image.objects.order_by("pk").values_list("state", "alt", "credit", "created_by", "width", "sizes_due")
    assert list(rows) == [("draft", "", "", person.pk, 80, True)] * 2


def test_same_file_of_the_same_person_is_not_made_twice():
    person, other = UserFactory(), UserFactory()
    first = take(picture(), by=person)
    before = stored()

    again, others = take(picture(name="renamed.png"), by=person), take(picture(), by=other)

    assert (again.said, again.image, again.new) == (THERE, first.image, False)
    assert (others.new, Image.objects.count(), len(stored() - before)) == (True, 2, 1)


def test_withdrawn_picture_does_not_stand_in_the_way():
    person = UserFactory()
    first = take(picture(), by=person).image
    ImageFactory(withdrawn=True, digest=first.digest, created_by=person)
    first.delete()

    assert take(picture(), by=person).new is True


def test_picture_is_made_outside_of_a_transaction(monkeypatch, transactional_db):
    open_then = []
    accept = uploads.accept
    monkeypatch.setattr(
        uploads,
        "accept",
        lambda file: (open_then.append(transaction.get_connection().in_atomic_block), accept(file))[1],
    )

    take(picture(), by=UserFactory())

    assert open_then == [False]


def test_second_click_at_the_same_moment_makes_no_second_picture(monkeypatch, transactional_db):
    person, together, outcomes = UserFactory(), threading.Barrier(2, timeout=20), []
    accept = uploads.accept
    monkeypatch.setattr(uploads, "accept", lambda file: (accept(file), together.wait())[0])

    def click():
        try:
            outcomes.append(take(picture(), by=person).new)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    before = stored()
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert (sorted(outcomes), Image.objects.count(), len(stored() - before)) == ([False, True], 1, 1)


def test_too_many_files_are_not_read_at_all(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_FILES", 2)

    outcomes = take_all([picture(), picture("red"), picture("blue")], by=UserFactory())

    assert [(one.name, one.said) for one in outcomes] == [
        ("3 files", "At most 2 files and 60 MB at once. Send them in several goes.")
    ]
    assert Image.objects.count() == 0


def test_too_large_files_are_not_read_at_all(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)

    assert [one.image for one in take_all([picture()], by=UserFactory())] == [None]


def test_what_there_is_no_time_for_is_named(monkeypatch):
    monkeypatch.setattr(uploads, "SECONDS", -1)

    outcomes = take_all([picture()], by=UserFactory())

    assert [one.said for one in outcomes] == ["There was no time left for it. Send it again."]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.jpg", "a.jpg"),
        ("\u202egpj.exe\0.png", "gpj.exe.png"),
        ("x" * 100 + ".jpeg", "x" * 48 + "…" + "x" * 6 + ".jpeg"),
        ("\n", "A file without a name"),
        (None, "A file without a name"),
    ],
)
def test_name_of_a_file_in_a_sentence(name, said):
    assert shown(name) == said


# --- at the desk ----------------------------------------------------------------------


def test_files_sent_without_script_lead_back_to_the_list(author):
    take(picture("green"), by=author.user)

    response = drop(author, picture("red"), picture("green"), upload(SVG, "b.svg"))

    assert response.redirect_chain == [(admin_url(Image), 302)]
    assert [message.split(" <")[0][:70] for message in said(response)] == [
        "1 picture is in the library, as drafts. Each needs its words and its c",
        "“a.png”: You have it in the library already.",
        "“b.svg”: This is not a picture we can read. Upload a JPEG, PNG, WebP o",
    ]


def test_script_is_told_of_each_file(author):
    answer = drop(author, picture(), upload(SVG, "b.svg"), accept="application/json").json()

    key = Image.objects.get().pk
    taken = {
        "name": "a.png",
        "said": DRAFT,
        "new": True,
        "url": f"/admin/images/image/{key}/change/",
        "thumbnail": f"/admin/images/image/{key}/preview/320/",
    }
    assert answer["files"][0] == taken
    assert (answer["files"][1]["url"], answer["files"][1]["new"]) == ("", False)
    assert author.get(admin_url(Image, "history", key)).status_code == 200


def test_nothing_chosen_is_said(author):
    assert said(drop(author)) == ["Choose at least one picture."]


def test_nobody_else_uploads(client, author):
    address = reverse("admin:images_image_upload")
    assert (client.post(address, {"files": picture()}).status_code, author.client.get(address).status_code) == (
        302,
        405,
    )

    author.user.is_staff = False
    author.user.save()

    assert author.client.post(address, {"files": picture()}).status_code == 302
    assert Image.objects.count() == 0


def test_second_click_on_save_makes_no_second_picture(editor):
    for _ in range(2):
        response = editor.fill(Image, "add", file=picture(), alt="Blue")

    assert Image.objects.count() == 1
    assert response.context["adminform"].form.errors["file"] == [
        "You have added this file a moment ago: it is in the library."
    ]
