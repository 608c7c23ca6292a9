"""The benchmark's page: what is over its target is said beside its plan."""

import pytest

from bench.figures import Figure, Run
from bench.report import MARK, section, write_into
from bench.server import cpu_of, memory_of

pytestmark = pytest.mark.once


def test_section_names_what_is_missed_with_its_plan():
    run = Run("SQLite", 2000, Figure("bare view", [1.0], 1.0))
    run.uncached = [
        Figure("list", [9.0], 4.0, queries=6, sql=5.0, slowest=3.0, target=8, plan="SCAN recommendation"),
        Figure("home", [9.0], 8.0, queries=6, sql=1.0, slowest=0.5, target=8),
        Figure("record", [7.0], 4.0, queries=6, sql=1.0, slowest=0.5, target=8),
    ]
    run.bad_input = {"NUL": (500, 2.0), "empty": (200, 301.0), "SQL": (200, 1.0)}

    text = "\n\n".join(section(run))
    assert "## SQLite, 2,000 recommendations" in text
    assert "| list | 9.00 | 9.00 | 4.00 | 6 | 5.00 | 9.00 | 8.00: **missed** |" in text
    assert "**list** is over its target. Its statements take 5.00 ms together, the slowest 3.00.\n\n<details>" in text
    assert "the slowest 0.50: the rest is Python, which makes rows and HTML of them." in text
    assert "**record**" not in text
    assert "```\nSCAN recommendation\n```" in text
    assert "| NUL | 500 | 2.00 | **missed** |" in text
    assert "| empty | 200 | 301 | 300: **missed** |" in text
    assert "| SQL | 200 | 1.00 | 300: met |" in text


@pytest.mark.parametrize(("cached", "told"), [(61.0, "61% | 60 %: met"), (59.0, "59% | 60 %: **missed**")])
def test_cached_pages_are_held_to_sixty_in_a_hundred_of_the_bare_view(cached, told):
    run = Run("SQLite", 2000, Figure("bare view", [1.0], 1.0))
    run.rates, run.rate_cpu = {"bare view": 100.0, "304": cached}, {"bare view": 1.0, "304": 1.0}

    assert told in "\n".join(section(run))


def test_the_page_keeps_what_stands_above_the_mark(tmp_path):
    (page := tmp_path / "performance.md").write_text(f"How\n\n{MARK}\n\nold figures\n")

    write_into(page, "new figures\n")
    assert page.read_text() == f"How\n\n{MARK}\n\nnew figures\n"


def test_a_page_without_the_mark_is_left_alone(tmp_path):
    (page := tmp_path / "README.md").write_text("How\n")

    with pytest.raises(ValueError, match="has no line"):
        write_into(page, "figures")
    assert page.read_text() == "How\n"


def test_cpu_is_read_past_a_name_with_blanks_and_brackets():
    fields = ["S", *map(str, range(4, 14)), "200", "50", "0"]

    assert cpu_of(f"77 (a (b) c) {' '.join(fields)}") == 2500


def test_memory_is_read_in_megabytes():
    assert memory_of("55-77 ---p\nRss:    102400 kB\nPss:     51200 kB\nPss_Anon: 1 kB\n") == {"Rss": 100, "Pss": 50}
