"""Which databases the benchmark makes and drops: those with its own name, and no other."""

from argparse import Namespace
from pathlib import Path

import pytest

from bench.__main__ import chosen
from bench.places import Place, Refused, drop, refuse_unless_ours, wanted

SERVER = "postgres://bob@127.0.0.1:5432/test"
BOTH = ["sqlite", "postgresql"]
pytestmark = pytest.mark.once


def test_each_size_on_each_database():
    assert wanted([2000], BOTH, SERVER, Path("/somewhere")) == [
        Place("sqlite:////somewhere/rapporteur_bench_2000.sqlite3", 2000),
        Place("postgres://bob@127.0.0.1:5432/rapporteur_bench_2000", 2000),
    ]


def test_beyond_a_hundred_thousand_only_postgresql():
    assert [place.kind for place in wanted([1_000_000], BOTH, SERVER, Path("/somewhere"))] == ["PostgreSQL"]


def test_without_a_server_only_sqlite():
    assert [place.kind for place in wanted([2000, 100_000], BOTH, "", Path("/x"))] == ["SQLite", "SQLite"]


@pytest.mark.parametrize(
    "url",
    [
        SERVER,
        "postgres://bob@127.0.0.1:5432/rapporteur",
        "postgres://bob@127.0.0.1:5432/rapporteur_bench_",
        "sqlite:////srv/var/rapporteur.sqlite3",
        "",
    ],
)
def test_a_database_with_another_name_is_not_dropped(url):
    with pytest.raises(Refused, match="is no database of the benchmark"):
        refuse_unless_ours(url)


def test_an_sqlite_file_with_another_name_is_still_there_after_the_refusal(tmp_path):
    (file := tmp_path / "rapporteur.sqlite3").write_text("a site")

    with pytest.raises(Refused):
        drop(Place(f"sqlite:///{file}", 2000))
    assert file.read_text() == "a site"


def test_ours_is_dropped_with_what_lies_beside_it(tmp_path):
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"rapporteur_bench_60.sqlite3{ending}").touch()

    drop(Place(f"sqlite:///{tmp_path}/rapporteur_bench_60.sqlite3", 60))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [("many", "--sizes many is not a list of numbers"), ("1000000", "beyond 100,000 it needs PostgreSQL")],
)
def test_sizes_that_cannot_be_measured_are_refused(tmp_path, sizes, sentence):
    options = Namespace(database=None, sizes=sizes, databases="sqlite,postgresql")

    with pytest.raises(Refused, match=sentence):
        chosen(options, "", tmp_path)
