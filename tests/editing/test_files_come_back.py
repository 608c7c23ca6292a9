"""What was taken up again brings its files: of replaced and deleted pictures, and of recordings."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.desk import admin_url, form_of
from tests.factories import ImageFactory, MediaFactory
from tests.images import films
from tests.images.uploads import encoded, upload
from workshop.admin.later import FILE_GONE, publish_due_drafts
from workshop.editing.models import Draft, Revision
from workshop.images.models import Image, LeftFile
from workshop.images.renditions import recipe
from workshop.library.sizes import make_due
from workshop.models import Media, Talk

pytestmark = pytest.mark.django_db
LOST = "A file that it had is not kept any more: files wait for 30 days at most."


def other_picture():
    return upload(encoded("PNG", size=(400, 300)), "b.png")


def delete(desk, record):
    desk.post(record, "delete", data={"post": "yes"})
    return Revision.objects.get(kind="deleted", object_id=record.pk)


def take_up(desk, address, name, **changes):
    """Open a page that shows something old, and send it as a browser would."""
    response = desk.get(address)
    assert response.status_code == 200
    return desk.post(address.partition("?")[0], data=form_of(response, f"{name}_form") | {"_save": "Save"} | changes)


def restore(desk, revision, record, **changes):
    address = f"{admin_url(record, 'change')}?revision={revision.pk}"
    return take_up(desk, address, record._meta.model_name, **changes)


def recover(desk, deleted, model, **changes):
    return take_up(desk, f"{admin_url(model, 'add')}?recover={deleted.pk}", model._meta.model_name, **changes)


@pytest.fixture
def replaced(editor, django_capture_on_commit_callbacks):
    """A public picture whose file was replaced; the revision from before, and the name of the file that it had."""
    image = ImageFactory(published=True, digest="of the first")
    old = image.file.name
    Image.objects.update(sizes_for=recipe(image), sizes_due=False)
    with django_capture_on_commit_callbacks(execute=True):
        editor.fill(image, "change", file=other_picture(), _publish="Publish changes")
    image.refresh_from_db()
    assert (image.width, image.file.name == old) == (400, False)
    return image, Revision.objects.of(image).last(), old


def test_restored_picture_has_its_file_again_and_its_sizes_are_made_again(editor, replaced):
    image, revision, old = replaced
    new = image.file.name
    page = editor.get(f"{admin_url(image, 'change')}?revision={revision.pk}").content.decode()

    restore(editor, revision, image, _publish="Publish changes", _correction="no")

    again = Image.objects.get()
    assert "The file that it had then comes back" in page
    assert (again.file.name, again.width, again.height, again.digest) == (old, 800, 600, "")
    assert (again.sizes_due, again.sizes_for, make_due(), Image.objects.get().has_sizes) == (True, "", [], True)
    assert LeftFile.objects.filter(name=new).exists()


def test_history_tells_of_another_file(editor, replaced):
    image, revision, old = replaced

    compared = editor.get(image, "compare", old=revision.pk, new="now").context["compared"].changed

    assert [(line.label, line.old) for line in compared] == [("Picture", f"file <del>{old[7:15]}</del>")]


def test_recovered_picture_has_its_file(editor):
    image = ImageFactory(alt="Mud")
    deleted = delete(editor, image)
    held = editor.get(admin_url(Image, "deleted_record", deleted.pk)).content.decode()

    recover(editor, deleted, Image)

    again = Image.objects.get()
    assert (again.pk == image.pk, again.file.name, again.width, again.alt) == (False, image.file.name, 800, "Mud")
    assert "is not kept any more" not in held


def test_other_picture_is_chosen_instead(editor, replaced):
    image, revision, old = replaced

    restore(editor, revision, image, file=upload(encoded("PNG", size=(200, 100)), "c.png"), _save="Save")

    assert (Image.objects.get().width, Image.objects.get().file.name == old) == (200, False)


def test_file_that_is_gone_is_said_and_what_is_there_stays(editor, replaced):
    image, revision, old = replaced
    default_storage.delete(old)
    page = editor.get(f"{admin_url(image, 'change')}?revision={revision.pk}").content.decode()

    restore(editor, revision, image, alt="As it was", _publish="Publish changes")

    again = Image.objects.get()
    assert f"{LOST} What is there now stays." in page
    assert (again.file.name, again.alt) == (image.file.name, "As it was")


def test_recovered_picture_whose_file_is_gone_asks_for_one(editor):
    deleted = delete(editor, ImageFactory(alt="Mud"))
    default_storage.delete(LeftFile.objects.get().name)

    response = recover(editor, deleted, Image)
    recover(editor, deleted, Image, file=other_picture())

    assert response.context["adminform"].form.errors["file"] == ["This field is required."]
    assert (Image.objects.get().width, Image.objects.get().alt) == (400, "Mud")


def test_refused_publishing_of_what_comes_back_leaves_its_file_waiting(editor):
    image = ImageFactory(alt="Mud", credit="")
    deleted = delete(editor, image)

    response = recover(editor, deleted, Image, _publish="Save and publish")

    assert len(response.context["adminform"].form.non_field_errors()) == 1
    assert (Image.objects.exists(), default_storage.exists(image.file.name)) == (False, True)


def test_draft_of_an_old_picture_brings_its_file_when_it_is_published(editor, replaced):
    image, revision, old = replaced

    restore(editor, revision, image, _draft="Save draft")
    between = Image.objects.get().file.name
    editor.fill(image, "change", _publish="Publish changes", _correction="no")

    assert (between, Image.objects.get().file.name) == (image.file.name, old)


def scheduled_draft(editor, image, revision):
    """A draft that takes up an old version, and whose moment has come."""
    restore(editor, revision, image, _draft="Save draft")
    Draft.objects.update(publish_at=timezone.now() - dt.timedelta(minutes=1), scheduled_by=editor.user)


def test_scheduled_draft_of_an_old_picture_brings_its_file(editor, replaced):
    image, revision, old = replaced
    scheduled_draft(editor, image, revision)

    done, failed = publish_due_drafts()

    assert (done, failed, Image.objects.get().file.name, Draft.objects.count()) == ([image], [], old, 0)


def test_scheduled_draft_whose_file_is_gone_stays_a_draft_and_says_so(editor, replaced):
    image, revision, _ = replaced
    scheduled_draft(editor, image, revision)
    LeftFile.objects.all().delete()

    done, failed = publish_due_drafts()

    assert (done, failed) == ([], [f"image {image.pk}: {FILE_GONE}"])
    assert (Image.objects.get().file.name, Draft.objects.get().failed) == (image.file.name, FILE_GONE)


# --- recordings -------------------------------------------------------------------------------


@pytest.fixture
def film():
    captions = ContentFile(films.CAPTIONS.encode(), "c.vtt")
    return MediaFactory(title="Film", url="", file=ContentFile(films.mp4(), "f.mp4"), captions=captions)


def test_recovered_talk_has_its_recordings_and_captions(editor, film):
    MediaFactory(talk=film.talk, title="Elsewhere", order=2)
    deleted = delete(editor, film.talk)

    recover(editor, deleted, Talk)

    assert list(Media.objects.values_list("title", "file", "captions")) == [
        ("Film", film.file.name, film.captions.name),
        ("Elsewhere", "", ""),
    ]


def test_restored_talk_has_the_recording_that_was_removed_or_replaced(editor, film):
    other = MediaFactory(talk=film.talk, title="Sound", url="", file=ContentFile(films.SOUND, "s.mp3"), order=2)
    changes = {"media-0-DELETE": "on", "media-1-file": upload(films.opus(), "s.ogg")}
    editor.fill(film.talk, "change", _save="Save", **changes)
    between = list(Media.objects.values_list("title", flat=True)), Media.objects.get().file.name == other.file.name

    restore(editor, Revision.objects.of(film.talk).last(), film.talk)

    assert between == (["Sound"], False)
    assert list(Media.objects.values_list("title", "file", "captions")) == [
        ("Film", film.file.name, film.captions.name),
        ("Sound", other.file.name, ""),
    ]


# --- what does not come back ---------------------------------------------------------------------


def test_file_of_another_record_is_not_had_by_its_name(author, editor):
    secret, mine = ImageFactory(), ImageFactory(created_by=author.user)
    secret.delete()
    author.fill(mine, "change", caption="Another", _save="Save")
    own = Revision.objects.of(mine).last()

    author.fill(mine, "change", file_kept=secret.file.name, _save="Save")
    restore(author, own, mine, file_kept=secret.file.name)
    response = author.fill(Image, "add", file_kept=secret.file.name, _save="Save")

    assert Image.objects.get().file.name == mine.file.name
    assert response.context["adminform"].form.errors["file"] == ["This field is required."]


def test_what_a_draft_said_of_files_is_not_believed(author):
    secret, mine = ImageFactory(), ImageFactory(published=True, created_by=author.user)
    secret.delete()
    author.fill(mine, "change", file_kept=secret.file.name, _draft="Save draft")
    drafted = Revision.objects.of(mine).get(kind="draft")

    restore(author, drafted, mine, _draft="Save draft")
    page = author.get(f"{admin_url(mine, 'change')}?revision={drafted.pk}")

    assert page.context["adminform"].form.may_come_back == frozenset()
    assert Image.objects.get().file.name == mine.file.name


def test_version_from_before_files_were_kept_says_so(editor):
    image = ImageFactory()
    deleted = delete(editor, image)
    del deleted.payload["fields"]["file_kept"]
    deleted.save()

    page = editor.get(f"{admin_url(Image, 'add')}?recover={deleted.pk}").content.decode()

    assert "Which files it had was not kept with this version. Choose them again." in page
