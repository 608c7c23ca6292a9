"""Files of replaced and deleted records wait for 30 days: never served, never removed while a record has them."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from tests.factories import ImageFactory, MediaFactory, SpeakerFactory, TalkFactory
from tests.images import films
from tests.images.uploads import encoded
from workshop.images import leaving, renditions
from workshop.images.models import Image, LeftFile
from workshop.takedown.actions import reapply, take_down
from workshop.takedown.models import TakeDown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """What a take-down writes down belongs to one test alone."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """``with committed():`` what is done within it is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def waiting():
    return sorted(LeftFile.objects.values_list("name", flat=True))


def replace(image):
    """Another picture in the same record; gives the name of the file that it had."""
    old = image.file.name
    image.file = default_storage.save(renditions.picture_path(image, "b.webp"), ContentFile(encoded("WEBP")))
    image.save()
    return old


def long_ago(name):
    LeftFile.objects.filter(name=name).update(left_at=timezone.now() - leaving.KEPT_FOR - dt.timedelta(minutes=1))


def test_replaced_picture_waits_and_its_sizes_go(committed):
    image = ImageFactory()
    sizes = [size.name for size in [*renditions.scaled(image), *renditions.squares(image)]]
    renditions.make_all(image)

    with committed():
        old = replace(image)

    assert (waiting(), default_storage.exists(old)) == ([old], True)
    assert [default_storage.exists(name) for name in sizes] == [False] * len(sizes)


def test_picture_that_was_saved_with_its_file_leaves_nothing():
    image = ImageFactory()

    image.save()
    Image.objects.get().save(update_fields=["caption"])

    assert waiting() == []


def test_files_of_deleted_pictures_and_recordings_wait():
    image = ImageFactory()
    film = MediaFactory(
        url="", file=ContentFile(films.mp4(), "f.mp4"), captions=ContentFile(films.CAPTIONS.encode(), "c.vtt")
    )

    image.delete()
    film.talk.delete()

    left = sorted([image.file.name, film.file.name, film.captions.name])
    assert (waiting(), [default_storage.exists(name) for name in left]) == (left, [True] * 3)


def test_recording_that_is_replaced_or_taken_out_waits():
    film = MediaFactory(url="", file=ContentFile(films.mp4(), "f.mp4"), captions=ContentFile(b"WEBVTT\n", "c.vtt"))
    left = [film.file.name, film.captions.name]

    film.file.save("g.mp4", ContentFile(films.mp4()), save=False)
    film.captions = ""
    film.save()

    assert waiting() == sorted(left)


# --- going ------------------------------------------------------------------------------------


def test_run_due_removes_it_after_thirty_days_and_not_before():
    old, new = ImageFactory(), ImageFactory()
    for image in (old, new):
        image.delete()
    long_ago(old.file.name)

    call_command("run_due")

    assert waiting() == [new.file.name]
    assert [default_storage.exists(image.file.name) for image in (old, new)] == [False, True]


def test_file_of_two_records_stays_while_one_of_them_lives():
    one = ImageFactory()
    other = ImageFactory(file=one.file.name)
    name = one.file.name

    one.delete()
    long_ago(name)
    leaving.remove_due()

    assert (waiting(), default_storage.exists(name)) == ([], True)

    other.delete()
    leaving.remove_due()
    assert (waiting(), default_storage.exists(name)) == ([name], True)  # its thirty days begin now

    long_ago(name)
    leaving.remove_due()
    assert (waiting(), default_storage.exists(name)) == ([], False)


def test_sizes_of_a_file_stay_while_a_record_has_it(committed):
    one = ImageFactory()
    ImageFactory(file=one.file.name)
    renditions.make_all(one)

    with committed():
        one.delete()

    assert default_storage.exists(renditions.scaled(one)[0].name)


@pytest.mark.django_db(transaction=True)
def test_nothing_goes_in_a_transaction_that_is_undone():
    image, left = ImageFactory(), ImageFactory()
    left.delete()

    with transaction.atomic():
        replace(image)
        Image.objects.get().delete()
        leaving.give_up(left_until=timezone.now())
        transaction.set_rollback(True)

    assert waiting() == [left.file.name]
    assert [default_storage.exists(each.file.name) for each in (Image.objects.get(), left)] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_removal_is_refused_within_a_transaction():
    ImageFactory().delete()
    long_ago(waiting()[0])

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        leaving.remove_due()

    assert default_storage.exists(waiting()[0])


def test_what_a_crash_left_over_goes_with_the_next_run_and_does_not_come_back():
    image = ImageFactory()
    image.delete()
    LeftFile.objects.update(going=True)

    comes_back = leaving.waits(image.file.name)
    call_command("run_due")

    assert (comes_back, waiting(), default_storage.exists(image.file.name)) == (False, [], False)


# --- who sees it: nobody ------------------------------------------------------------------------


def test_file_that_waits_is_not_served_nor_is_any_size_of_it(client):
    image = SpeakerFactory(published=True, portrait=ImageFactory(published=True)).portrait
    addresses = [f"/media/{image.file.name}", f"/media/{renditions.scaled(image)[0].name}"]
    before = [client.get(address).status_code for address in addresses]

    replace(image)

    assert (before, [client.get(address).status_code for address in addresses]) == ([200, 200], [404, 404])


def test_recording_that_waits_is_not_served(client):
    film = MediaFactory(talk=TalkFactory(published=True), url="", file=ContentFile(films.mp4(), "f.mp4"))
    address = f"/media/{film.file.name}"
    before = client.get(address).status_code

    film.delete()

    assert (before, client.get(address).status_code, waiting()) == (200, 404, [film.file.name])


# --- take-downs ---------------------------------------------------------------------------------


def test_take_down_removes_at_once_what_waits_and_what_it_removes_itself(committed):
    alice = SpeakerFactory(name="Alice Marsh", portrait=ImageFactory())
    other, kept = ImageFactory(), ImageFactory()
    other.delete()

    with committed():
        done = take_down(names=["Alice Marsh"], ground="request", person=alice)

    files = [alice.portrait.file.name, other.file.name, kept.file.name]
    assert (waiting(), [default_storage.exists(name) for name in files]) == ([], [False, False, True])
    assert done.counts["images.LeftFile"] == 1


def test_take_down_leaves_what_another_record_has(committed):
    alice = SpeakerFactory(name="Alice Marsh", portrait=ImageFactory())
    other = ImageFactory(file=alice.portrait.file.name)

    with committed():
        take_down(names=["Alice Marsh"], ground="request", person=alice)

    assert default_storage.exists(other.file.name)


def test_take_down_that_is_done_again_removes_what_was_left_before_it_and_no_more(committed):
    before, after = ImageFactory(), ImageFactory()
    before.delete()
    with committed():
        done = take_down(names=["Alice Marsh"], ground="request")
    after.delete()
    LeftFile.objects.create(name=before.file.name, left_at=done.done_at - dt.timedelta(hours=1))  # as restored

    with committed():
        reapply(TakeDown.objects.all())

    assert waiting() == [after.file.name]
