"""Pictures at the desk: uploaded, made anew, looked at before they are public."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from PIL import Image as Pillow

from tests.factories import ImageFactory, SpeakerFactory, UserFactory
from tests.images.uploads import SVG, encoded, upload, with_place
from workshop.images import processing, renditions
from workshop.images.models import Image

pytestmark = pytest.mark.django_db


def stored():
    return set(default_storage.listdir("images")[1]) if default_storage.exists("images") else set()


def address(image, width=320):
    return reverse("admin:images_image_preview", args=[image.pk, width])


def test_upload_is_made_anew_in_every_size(author, django_capture_on_commit_callbacks):
    before = stored()

    with django_capture_on_commit_callbacks(execute=True):
        author.fill(Image, "add", file=upload(with_place(), "At home.jpg"), alt="A house", credit="Somebody")

    image = Image.objects.get()
    files = stored() - before
    sizes = [*renditions.scaled(image), *renditions.squares(image)]
    assert (image.width, image.height, image.created_by) == (60, 80, author.user)
    assert files == {name.removeprefix("images/") for name in (image.file.name, *(size.name for size in sizes))}
    assert [b"Exif" in default_storage.open(f"images/{name}").read() for name in files] == [False] * len(files)


def test_upload_is_looked_at_before_a_transaction_holds_the_database(editor, monkeypatch, transactional_db):
    open_then = []
    look = processing.accept
    monkeypatch.setattr(
        "workshop.admin.image.accept",
        lambda file: (open_then.append(transaction.get_connection().in_atomic_block), look(file))[1],
    )

    editor.fill(Image, "add", file=upload(encoded("JPEG")), alt="Blue")

    assert (open_then, Image.objects.count()) == ([False], 1)


def test_upload_that_is_no_picture_is_refused_and_words_are_kept(editor):
    before = stored()

    response = editor.fill(Image, "add", file=upload(SVG, "a.svg"), alt="A house", credit="Somebody")

    form = response.context["adminform"].form
    assert form.errors["file"][0].startswith("This is not a picture we can read. Upload a JPEG, PNG, WebP or GIF")
    assert (form["alt"].value(), form["credit"].value()) == ("A house", "Somebody")
    assert (Image.objects.count(), stored()) == (0, before)


def test_refused_publishing_of_an_upload_leaves_no_file(editor):
    before = stored()

    response = editor.fill(Image, "add", file=upload(encoded("JPEG")), alt="A house", _publish="Save and publish")

    assert response.context["adminform"].form.non_field_errors() == [
        "A published picture needs a credit, and alternative text unless it is decorative."
    ]
    assert (Image.objects.count(), stored()) == (0, before)


def test_replaced_picture_takes_its_old_files_with_it(editor, django_capture_on_commit_callbacks):
    image = ImageFactory()
    old = image.file.name
    renditions.make_all(image)

    with django_capture_on_commit_callbacks(execute=True):
        editor.fill(image, "change", file=upload(encoded("PNG", size=(400, 300)), "b.png"))

    image.refresh_from_db()
    stem = old.removeprefix("images/").removesuffix(".webp")
    assert (image.width, [name for name in stored() if name.startswith(stem)]) == (400, [])


def test_picture_that_is_not_replaced_stays(editor, django_capture_on_commit_callbacks):
    image = ImageFactory()

    with django_capture_on_commit_callbacks(execute=True):
        editor.fill(image, "change", caption="New words")

    assert (Image.objects.get().caption, default_storage.exists(image.file.name)) == ("New words", True)


# --- previews ----------------------------------------------------------------------------------


def test_desk_looks_at_a_picture_that_is_not_public(editor, client):
    image = ImageFactory()

    response = editor.get(address(image))

    picture = Pillow.open(BytesIO(response.getvalue()))
    assert (picture.format, picture.size) == ("WEBP", (320, 240))
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert client.get(f"/media/{image.file.name}").status_code == 404


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (lambda user: ImageFactory(created_by=user), 200),
        (lambda user: ImageFactory(published=True), 200),
        (lambda user: ImageFactory(created_by=UserFactory()), 404),
    ],
    ids=["own", "public", "another's draft"],
)
def test_author_looks_at_what_is_public_or_theirs(author, make, status):
    assert author.get(address(make(author.user))).status_code == status


def test_visitor_looks_at_nothing(client):
    assert client.get(address(ImageFactory())).status_code == 302


def test_portrait_is_previewed_beside_its_person(editor):
    speaker = SpeakerFactory(portrait=ImageFactory(alt="Grey"))

    page = editor.get(speaker, "change").content.decode()

    assert f'<img class="desk-preview" src="{address(speaker.portrait)}" width="320" height="240" alt="Grey"' in page
