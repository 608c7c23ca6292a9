"""Pictures at the desk: uploaded, made anew, looked at before they are public."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from PIL import Image as Pillow

from speakers.models import Speaker
from tests.factories import ImageFactory, SpeakerFactory, UserFactory
from tests.images.uploads import SVG, encoded, upload, with_place
from workshop.images import processing, renditions
from workshop.images.models import Image, LeftFile
from workshop.models import Talk, Workshop

pytestmark = pytest.mark.django_db


def stored():
    return set(default_storage.listdir("images")[1]) if default_storage.exists("images") else set()


def address(image, width=320):
    return reverse("admin:images_image_preview", args=[image.pk, width])


def test_upload_is_made_anew_and_its_sizes_are_left_to_the_background(author, django_capture_on_commit_callbacks):
    before = stored()

    with django_capture_on_commit_callbacks(execute=True):
        author.fill(Image, "add", file=upload(with_place(), "At home.jpg"), alt="A house", credit="Somebody")

    image = Image.objects.get()
    assert (image.width, image.height, image.created_by) == (60, 80, author.user)
    assert (stored() - before, image.sizes_due) == ({image.file.name.removeprefix("images/")}, True)
    assert b"Exif" not in image.file.read()


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


def test_replaced_picture_leaves_its_old_file_waiting(editor, django_capture_on_commit_callbacks):
    image = ImageFactory()
    old = image.file.name
    renditions.make_all(image)

    with django_capture_on_commit_callbacks(execute=True):
        editor.fill(image, "change", file=upload(encoded("PNG", size=(400, 300)), "b.png"))

    image.refresh_from_db()
    stem = old.removeprefix("images/").removesuffix(".webp")
    assert (image.width, [name for name in stored() if name.startswith(stem)]) == (400, [f"{stem}.webp"])
    assert LeftFile.objects.get().name == old


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


def test_square_is_looked_at_by_those_who_may(author):
    own, other = ImageFactory(created_by=author.user), ImageFactory()
    squares = [author.get(reverse("admin:images_image_square", args=[image.pk])) for image in (own, other)]

    assert Pillow.open(BytesIO(squares[0].getvalue())).size == (336, 336)
    assert squares[1].status_code == 404


# --- choosing one ------------------------------------------------------------------------------


def test_chosen_picture_is_seen_under_its_search_field(editor):
    chosen = SpeakerFactory(portrait=ImageFactory(alt="Grey"))

    with_one = editor.get(chosen, "change").content.decode()
    without = editor.get(SpeakerFactory(), "change").content.decode()

    assert f'<img class="picture-chosen" alt="" src="{address(chosen.portrait)}">' in with_one
    assert '<img class="picture-chosen" alt="" hidden>' in without


@pytest.mark.parametrize(
    "page", [(Speaker, "add"), (Workshop, "add"), (Talk, "add")], ids=lambda page: page[0].__name__
)
def test_every_field_for_a_picture_shows_it(editor, page):
    assert 'data-picture="/admin/images/image/0/preview/320/"' in editor.get(*page).content.decode()


def test_search_offers_thumbnails_to_those_who_may_see_them(author, editor):
    mine, other = ImageFactory(created_by=author.user), ImageFactory()
    asked = {"app_label": "speakers", "model_name": "speaker", "field_name": "portrait", "term": "Grey"}

    def offered(desk):
        results = desk.get(reverse("admin:images_image_choices"), **asked).json()["results"]
        return {result["id"]: result["thumbnail"] for result in results}

    assert offered(author) == {str(mine.pk): address(mine)}
    assert offered(editor) == {str(image.pk): address(image) for image in (mine, other)}


def test_list_has_no_place_to_drop_where_one_is_chosen(editor):
    pages = [editor.get(Image, **query).content.decode() for query in ({}, {"_popup": "1"})]

    assert ["data-drop" in page for page in pages] == [True, False]


def test_empty_library_says_how_to_fill_it(editor):
    empty, unfound = (editor.get(Image, **query).content.decode() for query in ({}, {"q": "nothing"}))

    assert "There are no pictures yet. Drop some above" in empty
    assert "No picture fits." in unfound


def test_picture_whose_sizes_failed_is_found_and_says_so(editor):
    failed = ImageFactory()
    Image.objects.filter(pk=failed.pk).update(sizes_failed=3)
    ImageFactory()

    listed = [image.pk for image in editor.get(Image, lacks="sizes").context["cl"].result_list]

    assert listed == [failed.pk]
    assert "Its smaller sizes could not be made." in editor.get(failed, "change").content.decode()
