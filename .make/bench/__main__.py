"""Fills the databases, measures each in a process of its own, prints the table."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from bench import report
from bench.figures import Run
from bench.measure import arguments, say
from bench.places import ROOT, Place, Refused, environment, filled, manage, wanted


def main() -> None:
    options = parser().parse_args()
    server = os.environ.get("TEST_DATABASE_URL", "")
    try:
        with tempfile.TemporaryDirectory(prefix="rapporteur-bench-") as folder:
            places = chosen(options, server, Path(options.keep or folder).resolve())
            if not server:
                say("PostgreSQL is left out: TEST_DATABASE_URL is not set.")
            manage(places[0], "collectstatic", "--noinput", "--verbosity", "0")
            runs = [one(place, options) for place in places]
    except Refused as refusal:
        sys.exit(str(refusal))
    on_postgresql = [place.url for place in places if place.kind == "PostgreSQL"]
    text = report.markdown(runs, on_postgresql[0] if on_postgresql else "")
    if options.into:
        report.write_into(Path(options.into), text)
    else:
        print(text)


def parser() -> argparse.ArgumentParser:
    """Every option of ``make bench ARGS="…"``."""
    found = argparse.ArgumentParser(prog="make bench", description=__doc__, parents=[arguments()])
    found.add_argument("--sizes", default=os.environ.get("SIZE") or "2000,100000", help="how many recommendations")
    found.add_argument("--databases", default="sqlite,postgresql", help="sqlite, postgresql or both")
    found.add_argument(
        "--keep",
        default=os.environ.get("KEEP"),
        metavar="FOLDER",
        help="keep the databases, and use those kept before",
    )
    found.add_argument("--database", metavar="URL", help="measure this one, which generate_load has filled")
    found.add_argument("--into", metavar="FILE", help="write below the mark of this page, not to standard output")
    return found


def chosen(options: argparse.Namespace, server: str, folder: Path) -> list[Place]:
    """The databases to measure. Raises Refused where none is left."""
    if options.database:
        return [Place(options.database, 0)]
    try:
        sizes = [int(size) for size in options.sizes.split(",")]
    except ValueError:
        raise Refused(f"--sizes {options.sizes} is not a list of numbers.") from None
    folder.mkdir(parents=True, exist_ok=True)
    if places := wanted(sizes, options.databases.split(","), server, folder):
        return places
    raise Refused("Nothing to measure: beyond 100,000 it needs PostgreSQL, whose address is in TEST_DATABASE_URL.")


def one(place: Place, options: argparse.Namespace) -> Run:
    """Fill a database, measure it, drop it."""
    command = [sys.executable, "-m", "bench.measure", f"--only={options.only}"]
    command += [f"--requests={options.requests}", f"--seconds={options.seconds}"]
    command += ["--no-plans"] if options.no_plans else []
    with filled(place, keep=bool(options.keep)) if place.size else nullcontext():
        done = subprocess.run(command, cwd=ROOT, env=environment(place), stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise Refused(f"Measuring {place.kind} failed: see above.")
    return Run.from_json(json.loads(done.stdout))


if __name__ == "__main__":
    main()
