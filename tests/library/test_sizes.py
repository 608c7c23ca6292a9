"""Sizes are made in the background; pages link to AVIF once all of them are there, never before."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image as Pillow

from tests.factories import ImageFactory, SpeakerFactory
from workshop.images import renditions
from workshop.images.models import Image
from workshop.images.pictures import picture_of, portrait_of
from workshop.library import sizes
from workshop.library.sizes import make_due
from workshop.models import SiteState

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not renditions.HAS_AVIF, reason="this Pillow writes no AVIF"),
]


def version():
    return SiteState.objects.get_or_create(pk=1)[0].version


def files_of(image):
    stem = image.file.name.removeprefix("images/").removesuffix(".webp")
    return sorted(name.removeprefix(stem) for name in default_storage.listdir("images")[1] if name.startswith(stem))


def test_every_size_is_made_and_told():
    image = ImageFactory(published=True)
    before = version()

    assert make_due() == []

    again = Image.objects.get()
    assert (again.has_sizes, again.sizes_due, again.version) == (True, False, image.version)
    assert files_of(image) == sorted(
        [".webp", "-full.avif"]
        + [f"-{width}.{kind}" for width in (320, 640) for kind in ("webp", "avif")]
        + [f"-s{side}-50-50.{kind}" for side in (112, 224, 336) for kind in ("webp", "avif")]
    )
    assert version() == before + 1
    with Pillow.open(default_storage.open(image.file.name.replace(".webp", "-full.avif"))) as picture:
        assert (picture.format, picture.size) == ("AVIF", (800, 600))


def test_pages_link_to_avif_only_when_all_of_it_is_there():
    image = ImageFactory(published=True)
    stem = image.file.name.removesuffix(".webp")
    before = (picture_of(image).avif, portrait_of(image).avif)

    make_due()

    image.refresh_from_db()
    assert before == ("", "")
    assert picture_of(image).avif == (
        f"/media/{stem}-320.avif 320w, /media/{stem}-640.avif 640w, /media/{stem}-full.avif 800w"
    )
    assert portrait_of(image).avif.split(", ")[0] == f"/media/{stem}-s112-50-50.avif 112w"


def test_other_focal_point_makes_other_squares_and_forgets_the_old_ones():
    image = ImageFactory(published=True)
    make_due()
    image.refresh_from_db()

    image.focal_x = 0.2
    image.save()
    meanwhile = picture_of(Image.objects.get()).avif
    make_due()

    assert (meanwhile, Image.objects.get().has_sizes) == ("", True)
    assert [name for name in files_of(image) if "-s" in name] == sorted(
        f"-s{side}-20-50.{kind}" for side in (112, 224, 336) for kind in ("webp", "avif")
    )


def test_form_that_was_open_meanwhile_undoes_nothing():
    image = ImageFactory(published=True)
    make_due()

    image.caption = "Written before the sizes were made"
    image.save()

    assert (Image.objects.get().has_sizes, make_due(), Image.objects.get().sizes_due) == (True, [], False)


def test_drafts_have_sizes_without_a_new_version_and_after_what_is_public(monkeypatch):
    public, draft = ImageFactory(published=True), ImageFactory()
    before, made = version(), []
    make_all = renditions.make_all
    monkeypatch.setattr(renditions, "make_all", lambda image: (made.append(image), make_all(image)))

    make_due()

    assert (made, version()) == ([public, draft], before + 1)


def test_picture_that_fails_is_reported_three_times_and_holds_up_no_other():
    broken = ImageFactory(published=True)
    broken.file.storage.delete(broken.file.name)
    other = ImageFactory()

    reports = [make_due() for _ in range(5)]

    sentence = f"The sizes of picture {broken.pk} could not be made: FileNotFoundError."
    assert reports == [[sentence], [sentence], [sentence], [], []]
    assert Image.objects.get(pk=other.pk).has_sizes

    Image.objects.get(pk=broken.pk).save()

    assert make_due() == [sentence]


def test_one_go_takes_no_longer_than_it_may(monkeypatch):
    ImageFactory()
    monkeypatch.setattr(sizes, "SECONDS", -1)

    assert (make_due(), Image.objects.get().sizes_due) == ([], True)


@pytest.mark.parametrize("fate", ["replaced", "deleted"])
def test_picture_that_becomes_another_one_meanwhile_leaves_no_sizes(monkeypatch, fate):
    image, old = ImageFactory(), Image.objects.get()
    make_all = renditions.make_all

    def meanwhile(one):
        make_all(one)
        if fate == "deleted":
            image.delete()
        else:
            image.file.save("b.webp", image.file.open(), save=True)

    monkeypatch.setattr(renditions, "make_all", meanwhile)

    make_due()

    assert files_of(old) == [".webp"]
    assert [one.has_sizes for one in Image.objects.all()] == ([False] if fate == "replaced" else [])


def test_run_due_makes_them(capsys):
    broken = ImageFactory()
    broken.file.storage.delete(broken.file.name)
    ImageFactory()

    call_command("run_due")

    assert Image.objects.last().has_sizes or Image.objects.first().has_sizes
    assert f"The sizes of picture {broken.pk} could not be made" in capsys.readouterr().err


# --- for readers ------------------------------------------------------------------------


def test_avif_is_served_where_it_is_there_and_never_made_for_a_reader(client):
    image = SpeakerFactory(published=True, portrait=ImageFactory(published=True)).portrait
    address = f"/media/{image.file.name.removesuffix('.webp')}-320.avif"
    before = client.get(address).status_code

    make_due()

    response = client.get(address)
    assert (before, response.status_code, response.headers["Content-Type"]) == (404, 200, "image/avif")
    assert client.get(address.replace("-320", "-321")).status_code == 404


def test_page_of_a_person_offers_avif_first(client):
    speaker = SpeakerFactory(published=True, portrait=ImageFactory(published=True))
    make_due()

    page = client.get(speaker.get_absolute_url()).content.decode()

    stem = speaker.portrait.file.name.removesuffix(".webp")
    assert f'<picture><source type="image/avif" srcset="/media/{stem}-s112-50-50.avif 112w' in page
    assert page.index("<source") < page.index(f'<img class="portrait portrait-large" src="/media/{stem}-s')
