"""What lies in the folder of a backup: tables, files, and a list of both with their digests."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

FORM = 1  # raise it when what lies in the folder changes
LIST = "backup.json"
PIECE = 1 << 20

Progress = Callable[[str, int, int], None]


class Refused(Exception):
    """Why nothing was written, in a sentence."""


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody hears."""


@dataclass
class Manifest:
    """``backup.json``: when it was made, of what, and every file with its SHA-256."""

    made_at: str = ""
    database: str = ""
    secret: str = ""  # tells whether take-downs can be recognised with the key that a site has
    migrations: list[list[str]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    form: int = FORM

    @property
    def media(self) -> list[str]:
        """The names of uploaded files, as the storage has them."""
        return [name.removeprefix("media/") for name in self.files if name.startswith("media/")]


class Folder:
    """A folder that holds one backup, or shall. Only its owner may read it."""

    def __init__(self, path: str | Path):
        self.path = Path(path)

    def make(self) -> None:
        """Raises Refused where something lies there already."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if any(self.path.iterdir()):
                raise Refused(f"{self.path} is not empty. Name a new folder for each backup.")
            self.path.chmod(0o700)
        except OSError as error:
            raise Refused(f"{self.path} cannot be written: {error.strerror}.") from error

    @contextmanager
    def writing(self, name: str) -> Iterator[Digested]:
        """A file to be written, which is on the disk at the end."""
        path = self.path / name
        for above in reversed(path.relative_to(self.path).parents):
            (self.path / above).mkdir(exist_ok=True, mode=0o700)  # parents=True would leave those in between open
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield Digested(file)
            file.flush()
            os.fsync(file.fileno())

    def write_lines(self, name: str, lines: Iterable[str]) -> tuple[int, str]:
        """Lines, packed. Returns their number and the file's digest."""
        number = 0
        with self.writing(name) as file:
            with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0, compresslevel=6) as packed:
                for line in lines:
                    packed.write(line.encode() + b"\n")
                    number += 1
            return number, file.digest

    def write_pieces(self, name: str, pieces: Iterable[bytes]) -> str:
        """A file as it is. Returns its digest."""
        with self.writing(name) as file:
            for piece in pieces:
                file.write(piece)
            return file.digest

    def write_list(self, manifest: Manifest) -> None:
        """The last file: a folder without it is no backup."""
        with self.writing(LIST) as file:
            file.write(json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode())

    def read_list(self) -> Manifest:
        """Raises Refused for what is no backup, or not one that this code can read."""
        try:
            found = json.loads((self.path / LIST).read_text(encoding="utf-8"))
            form = found["form"]
        except FileNotFoundError:
            raise Refused(f"{self.path} holds no finished backup: {LIST} is missing.") from None
        except (OSError, ValueError, KeyError, TypeError):
            raise Refused(f"{self.path / LIST} cannot be read.") from None
        if form != FORM:
            raise Refused(f"This backup has form {form}; this version reads form {FORM}.")
        try:
            return Manifest(**found)
        except TypeError:
            raise Refused(f"{self.path / LIST} cannot be read.") from None

    def check(self, manifest: Manifest, progress: Progress = quiet) -> None:
        """Raises Refused where a file is missing, was changed, or lies outside the folder."""
        for done, (name, digest) in enumerate(manifest.files.items(), start=1):
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name:
                raise Refused(f"{name} lies outside the backup.")
            try:
                with (self.path / name).open("rb") as file:
                    right = hashlib.file_digest(file, "sha256").hexdigest() == digest
            except OSError:
                raise Refused(f"{name} is missing from the backup.") from None
            if not right:
                raise Refused(f"{name} is not what was written: its digest differs.")
            progress("checked", done, len(manifest.files))

    def lines(self, name: str) -> Iterator[str]:
        """The lines of a packed file."""
        with gzip.open(self.path / name, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.rstrip("\n")


class Digested(io.RawIOBase):
    """Passes on what is written, and knows its SHA-256."""

    def __init__(self, file: Any):
        self._file, self._digest = file, hashlib.sha256()

    def write(self, data: Any) -> int:
        self._digest.update(data)
        return self._file.write(data)

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()
