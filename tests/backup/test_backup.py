"""A site is written into a folder and comes back from it, whole or not at all."""

import datetime as dt
import gzip
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from recommendations.models import Position, Recommendation
from speakers.models import Speaker
from tests.factories import ImageFactory, SpeakerFactory
from tests.factories.world import linked_world
from tests.takedown.tables import everything_as_text, tables_with
from workshop.backup.folder import Folder
from workshop.backup.saving import names_in
from workshop.images import leaving
from workshop.images.models import LeftFile
from workshop.models import SiteState
from workshop.search.building import compare
from workshop.takedown.actions import take_down

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parent.parent.parent
OTHERWISE = {"workshop_sitestate", "search_indexstate", "django_session"}  # a version, two clocks, who is signed in


@pytest.fixture(autouse=True)
def media(tmp_path):
    """Uploads of its own, and a list of take-downs of its own."""
    data = tmp_path / "data"
    with override_settings(DATA_DIR=data, MEDIA_ROOT=data / "media"):
        yield data


@pytest.fixture
def world():
    world = linked_world()
    default_storage.save("pictures/한글 1.webp", ContentFile(b"picture"))
    Speaker.objects.filter(pk=world.alice.pk).update(
        bio="“Zeile”\n\\n\t\u2028 둘", updated_at=dt.datetime(2024, 2, 29, 1, 2, 3, 456789, tzinfo=dt.UTC)
    )
    call_command("rebuild_search", stdout=StringIO())
    return world


@pytest.fixture
def saved(world, tmp_path):
    """The folder of a backup of the linked world."""
    call_command("backup", str(tmp_path / "saved"), stdout=StringIO())
    return tmp_path / "saved"


def restored(folder, **options):
    out = StringIO()
    call_command("restore", str(folder), stdout=out, **options)
    return out.getvalue()


def tables():
    return {name: text for name, text in everything_as_text().items() if name not in OTHERWISE | search_tables()}


def search_tables():
    """What the index is made of: its keys are given anew."""
    return {name for name in everything_as_text() if name.startswith("search_")}


def rewritten(folder, name, content):
    """A file of the backup replaced by somebody who also knows its list."""
    (folder / name).write_bytes(content)
    listed = json.loads((folder / "backup.json").read_text())
    listed["files"][name] = hashlib.sha256(content).hexdigest()
    (folder / "backup.json").write_text(json.dumps(listed))


def test_everything_comes_back_as_it_was(saved, world):
    before = tables()
    Position.objects.all().delete()
    Speaker.objects.create(name="Somebody New", slug="somebody-new")
    default_storage.delete("pictures/한글 1.webp")

    said = restored(saved, replace=True)

    assert tables() == before
    assert default_storage.open("pictures/한글 1.webp").read() == b"picture"
    assert said.splitlines()[-1] == "The search index is built. The site can be started."
    assert compare() == []


def test_new_rows_get_new_keys_after_a_restore(saved):
    last = Speaker.objects.order_by("-pk").values_list("pk", flat=True)[0]

    restored(saved, replace=True)

    assert SpeakerFactory().pk > last


def test_backup_goes_into_an_empty_database_of_the_other_kind(saved, tmp_path):
    """From whichever database these tests run on, into a new SQLite file, by the command."""
    before = Recommendation.objects.count(), Speaker.objects.get(slug="alice-marsh").bio

    file = restored_anew(saved, tmp_path)

    number = rows_of(file, "SELECT count(*) FROM recommendations_recommendation")[0][0]
    bio = rows_of(file, "SELECT bio FROM speakers_speaker WHERE slug = 'alice-marsh'")[0][0]
    assert (number, bio) == before
    assert rows_of(file, "SELECT count(*) FROM search_entry")[0][0] > 0
    assert (tmp_path / "data-anew/media/pictures/한글 1.webp").read_bytes() == b"picture"


def test_backup_of_an_older_version_is_brought_up_to_date(saved, tmp_path):
    """One from before corrections and the reports of broken links."""
    later = ("corrections", "linking")
    listed = json.loads((saved / "backup.json").read_text())
    rows = {name: number for name, number in listed["rows"].items() if not name.startswith(later)}
    change(saved, rows=rows, migrations=[each for each in listed["migrations"] if each[0] not in later])

    file = restored_anew(saved, tmp_path)

    assert rows_of(file, "SELECT count(*) FROM corrections_correction") == [(0,)]
    applied = rows_of(file, "SELECT app, name FROM django_migrations")
    assert sorted(map(list, applied)) == sorted(listed["migrations"])
    assert rows_of(file, "SELECT count(*) FROM recommendations_recommendation") == [(Recommendation.objects.count(),)]


def restored_anew(folder, tmp_path):
    """A new SQLite file with what a backup holds, made by the command in a process of its own."""
    file = tmp_path / "anew.sqlite3"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{file}",
        "DATA_DIR": str(tmp_path / "data-anew"),
        "DJANGO_SETTINGS_MODULE": "workshop.settings",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "restore", str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return file


def rows_of(file, statement):
    with closing(sqlite3.connect(file)) as there:
        return there.execute(statement).fetchall()


def test_nobody_stays_signed_in_and_the_folder_is_closed(world, tmp_path):
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=timezone.now())

    call_command("backup", str(tmp_path / "saved"), stdout=StringIO())

    assert not (tmp_path / "saved/tables/django_session.jsonl.gz").exists()
    modes = {path.stat().st_mode & 0o077 for path in [tmp_path / "saved", *(tmp_path / "saved").rglob("*")]}
    assert modes == {0}


def test_version_moves_beyond_what_browsers_may_know(saved):
    """What was told after the backup had versions that will be given once more."""
    SiteState.objects.filter(pk=1).update(version=5_000)

    restored(saved, replace=True)

    assert SiteState.objects.get().version > 1_000_000


def test_who_was_taken_down_since_is_not_seen_again(world, tmp_path, media):
    Speaker.objects.filter(pk=world.alice.pk).update(name="Quillon Vexmere")
    call_command("rebuild_search", stdout=StringIO())
    call_command("backup", str(tmp_path / "saved"), stdout=StringIO())
    take_down(names=["Quillon Vexmere"], ground="request", person=Speaker.objects.get(pk=world.alice.pk), by=None)

    said = restored(tmp_path / "saved", replace=True)

    assert not Speaker.objects.filter(pk=world.alice.pk).exists()
    assert tables_with("quillon", "vexmere") == []
    assert "Take-downs looked for: 1." in said


def test_take_downs_that_only_the_replaced_database_knows_are_written_down_first(saved, world, media):
    take_down(names=["Quillon Vexmere"], ground="request")
    (media / "takedowns.jsonl").unlink()

    said = restored(saved, replace=True)

    assert "Take-downs looked for: 1." in said


def test_another_secret_key_is_told(saved):
    with override_settings(SECRET_KEY="another-secret-key-0123456789-abcdefghijklmnopqrstuvwxyz"):
        said = restored(saved, replace=True)

    assert "put that one into SECRET_KEY_FALLBACKS" in said


# --- Refused, and nothing written ----------------------------------------------------------


def test_database_that_is_not_empty_is_left_alone_without_replace(saved):
    refused(saved, "The database is not empty. With --replace, all that is in it is replaced.")


def test_folder_that_is_not_empty_is_not_written(saved):
    with pytest.raises(CommandError, match=r"saved is not empty\. Name a new folder for each backup\."):
        call_command("backup", str(saved), stdout=StringIO())


@pytest.mark.parametrize("name", ["tables/speakers_speaker.jsonl.gz", "media/pictures/한글 1.webp"])
def test_file_that_was_changed_is_refused(saved, name):
    (saved / name).write_bytes(b"other")

    refused(saved, f"{name} is not what was written: its digest differs.", replace=True)


def test_file_that_is_missing_is_refused(saved):
    (saved / "tables/speakers_speaker.jsonl.gz").unlink()

    refused(saved, "tables/speakers_speaker.jsonl.gz is missing from the backup.", replace=True)


def test_backup_that_did_not_come_to_its_end_is_none(saved):
    (saved / "backup.json").unlink()

    refused(saved, f"{saved} holds no finished backup: backup.json is missing.", replace=True)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"form": 1, "odd": 2}', b"\xff"])
def test_list_that_cannot_be_read_is_refused(saved, content):
    (saved / "backup.json").write_bytes(content)

    refused(saved, f"{saved / 'backup.json'} cannot be read.", replace=True)


def test_backup_of_another_form_is_refused(saved):
    change(saved, form=2)

    refused(saved, "This backup has form 2; this version reads form 1.", replace=True)


def test_backup_of_a_newer_version_is_refused(saved):
    listed = json.loads((saved / "backup.json").read_text())
    change(saved, migrations=[*listed["migrations"], ["workshop", "9999_of_tomorrow"]])

    refused(
        saved,
        "The backup was made by a newer version: this one does not know workshop.9999_of_tomorrow.",
        replace=True,
    )


def test_backup_of_an_older_version_is_not_put_over_newer_tables(saved):
    listed = json.loads((saved / "backup.json").read_text())
    first = [each for each in listed["migrations"] if each[0] != "corrections"]
    change(saved, migrations=first)

    refused(
        saved, "The backup and the database are of different versions. Restore into an empty database.", replace=True
    )


def test_name_that_leads_out_of_the_folder_is_refused(saved):
    listed = json.loads((saved / "backup.json").read_text())
    change(saved, files=listed["files"] | {"media/../../secret": "0"})

    refused(saved, "media/../../secret lies outside the backup.", replace=True)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (b'["id","name"]\n[1]\n', "zip() argument 2 is shorter than argument 1"),
        (b'["id","nonesuch"]\n[1,2]\n', "The table speakers_speaker has no column nonesuch."),
        (b'["id","name"]\n{}\n', "This is no row: {}"),
        (b"not JSON\n", "Expecting value: line 1 column 1 (char 0)"),
        (b'["id","updated_at"]\n[1,"never"]\n', "has an invalid format"),
        (b"", "This is no row: "),
        (b'["id","name"]\n', "The table speakers_speaker is not complete."),
    ],
    ids=["short row", "strange column", "no row", "no JSON", "no moment", "nothing", "no rows"],
)
def test_rows_that_do_not_fit_take_everything_back(saved, lines, why):
    rewritten(saved, "tables/speakers_speaker.jsonl.gz", gzip.compress(lines))

    with default_storage.open("pictures/한글 1.webp", "wb") as file:
        file.write(b"newer")

    assert why in refused(saved, "", replace=True)


def test_rows_that_break_a_constraint_take_everything_back(saved):
    """Recommendations whose edition is missing."""
    name = "tables/workshop_workshop.jsonl.gz"
    rewritten(saved, name, gzip.compress(next(Folder(saved).lines(name)).encode() + b"\n"))
    listed = json.loads((saved / "backup.json").read_text())
    change(saved, rows=listed["rows"] | {"workshop_workshop": 0})

    assert "does not fit the tables" in refused(saved, "", replace=True)


def change(folder, **values):
    listed = json.loads((folder / "backup.json").read_text())
    (folder / "backup.json").write_text(json.dumps(listed | values))


def uploads():
    """The uploaded files with what is in them."""
    return {name: default_storage.open(name).read() for name in names_in(default_storage)}


def refused(folder, sentence, **options):
    """That a restore says so, and leaves every table and file as it was."""
    before = everything_as_text(), uploads()
    with pytest.raises(CommandError) as raised:
        restored(folder, **options)
    if sentence:
        assert str(raised.value) == sentence
    assert (everything_as_text(), uploads()) == before
    return str(raised.value)


def test_file_that_waits_is_carried_and_can_come_back(world, tmp_path):
    left = ImageFactory()
    left.delete()
    call_command("backup", str(tmp_path / "saved"), stdout=StringIO())
    LeftFile.objects.all().delete()
    default_storage.delete(left.file.name)

    restored(tmp_path / "saved", replace=True)

    assert leaving.waits(left.file.name)
