"""Measures one database: run as ``python -m bench.measure``, in the environment of a site on it.

Prints a ``Run`` as JSON on standard output, and on standard error what it is doing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
from collections.abc import Sequence
from typing import Any

import django

from bench.client import PATIENCE, Client, rate
from bench.figures import LARGE, Figure, Run, spread
from bench.places import Place, Refused
from bench.server import Server, serving

TELLING = 0.15  # of a page's time: what a statement has to take for its plan to explain anything
SLOW = 1000  # milliseconds: such a page is asked for once more, not three times
GROUPS = ("list", "search", "pages", "orm", "cached", "bad", "save", "memory")


def main() -> None:
    options = arguments().parse_args()
    os.environ.update(DJANGO_SETTINGS_MODULE="bench.settings", BENCH_CACHE="off")
    django.setup()
    try:
        run = measured(Place(os.environ["DATABASE_URL"], 0), options)
    except Refused as refusal:
        sys.exit(str(refusal))
    json.dump(run.as_json(), sys.stdout)


def arguments() -> argparse.ArgumentParser:
    """What the measuring side understands."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--only", default=",".join(GROUPS), help=f"some of {','.join(GROUPS)}, or words of a case")
    parser.add_argument("--requests", type=int, default=40, help="how many requests of each case (default 40)")
    parser.add_argument("--seconds", type=float, default=20, help="at most so long for each case (default 20)")
    parser.add_argument("--no-plans", action="store_true", help="no query plans where a target is missed")
    return parser


def measured(place: Place, options: argparse.Namespace) -> Run:
    """Everything that was asked for, on one database."""
    from recommendations.models import Recommendation  # after django.setup()

    refuse_real_content()
    size = Recommendation.objects.public().count()
    only = set(filter(None, re.split(",(?! )", options.only)))  # names of cases have commas, too
    say(f"Measuring {place.kind} with {size:,} recommendations")
    with serving(place, cache=False) as server:
        run = Run(place.kind, size, timed(server, "bare view", ["/bare/"], count=1000, seconds=10))
        pages(run, server, only, options)
        if "bad" in only:
            run.bad_input = bad_input(server)
        if "memory" in only:
            run.memory = {f"{name}, all pages read": size for name, size in server.memory().items()}
    if "cached" in only:
        with serving(place, cache=True) as server:
            rates(run, server)
            if "memory" in only:
                fill_cache(server, options.seconds)
                run.memory |= {f"{name}, page cache filled": size for name, size in server.memory().items()}
    explain(run, options)
    if "save" in only:
        from bench.saving import measure

        run.save = measure(options.requests)
    return run


def refuse_real_content() -> None:
    """Raises Refused for a database that holds an edition which nobody generated: saves are measured too."""
    from workshop.demo.edition import EDITION, PREVIOUS
    from workshop.models import Workshop

    others = Workshop.objects.exclude(code__startswith="LOAD").exclude(code__in=[EDITION["code"], PREVIOUS["code"]])
    if others.exists():
        raise Refused("This database holds editions that generate_load did not write: it is not measured.")


def pages(run: Run, server: Server, only: set[str], options: argparse.Namespace) -> None:
    """The uncached pages; with ``orm`` also the list of the plain ORM."""
    from bench.cases import LIST, all_cases

    limits = {"count": options.requests, "seconds": options.seconds}
    cases = all_cases(run.size)
    for case in cases:
        if case.group in only or any(word in case.name for word in only - set(GROUPS)):
            try:
                if why := left_out(server, case):
                    raise ValueError(why)
                figure = timed(server, case.name, case.addresses, **limits)
            except ValueError as error:  # one page that fails does not lose what is measured of the others
                run.left_out.append(f"{case.name}: {error}")
                continue
            figure.target, figure.first = case.large if run.size >= LARGE else case.target, case.first
            run.uncached.append(figure)
    for case in cases if "orm" in only else []:
        if case.orm:
            plain = [address.replace(LIST, "/orm/") for address in case.addresses]
            run.orm.append(timed(server, case.name, plain, **limits))
            if run.orm[-1].given_up:
                break


def left_out(server: Server, case: Any) -> str:
    """Why a search cannot be measured: its page is not built, or does not read ``q``."""
    if case.group != "search":
        return ""
    client, path = Client(server.port), case.addresses[0].partition("?")[0]
    status, _, nothing = client.get(f"{path}?q=qxzvqxzv")
    if status == 404:
        return "not built yet"
    _, _, everything = client.get(path)
    tags = nothing.get("ETag"), everything.get("ETag")
    return "q is not read yet" if tags[0] and tags[0] == tags[1] else ""


def timed(server: Server, name: str, addresses: Sequence[str], *, count: int, seconds: float) -> Figure:
    """Median and the rest of one case, one request after the other, after one that does not count."""
    client = Client(server.port)
    try:
        client.get(addresses[-1])
        before = server.cpu()
        times = client.times(addresses, count=count, seconds=seconds)
        figure = Figure(name, times, (server.cpu() - before) / len(times))
    except TimeoutError:
        server.renew()
        figure = Figure(name, [PATIENCE * 1000.0], PATIENCE * 1000.0, given_up=True)
    say(f"  {figure.median:9.1f} ms  {name}")
    return figure


def rates(run: Run, server: Server) -> None:
    """Requests a second from eight connections: bare, cached, and 304."""
    from bench.cases import all_cases

    cases = {case.name: case.addresses for case in all_cases(run.size)}
    addresses = ["/", *cases["list, no choice"], *cases["list, one choice: theme"][:3], *cases["record"][:3]]
    clients = [Client(server.port) for _ in range(8)]
    tags = [[client.get(address)[2].get("ETag", "") for client in clients][-1] for address in addresses]
    kinds: dict[str, tuple[list[tuple[str, dict[str, str]]], int]] = {
        "bare view": ([("/bare/", {})], 200),
        "cached page": ([(address, {}) for address in addresses], 200),
        "304": ([(a, {"If-None-Match": tag}) for a, tag in zip(addresses, tags, strict=True)], 304),
    }
    for name, (requests, status) in kinds.items():
        before = server.cpu()
        run.rates[name], answered = rate(server.port, requests, status=status, seconds=5)
        run.rate_cpu[name] = (server.cpu() - before) / answered
        say(f"  {run.rates[name]:9.0f} a second  {name}")


def fill_cache(server: Server, seconds: float) -> None:
    """Read one record after the other, on as many connections as there are workers' threads."""
    from recommendations.models import Recommendation  # after django.setup()

    codes = Recommendation.objects.public().order_by("pk").values_list("code", flat=True)[:20_000]
    rate(server.port, [(f"/recommendations/{code}/", {}) for code in codes], status=200, seconds=seconds)


def bad_input(server: Server) -> dict[str, tuple[int, float]]:
    """The worst of three answers to each."""
    from bench.cases import bad_inputs

    found = {}
    for name, address in bad_inputs().items():
        answers = [Client(server.port).get(address)[:2] for _ in range(3)]
        found[name] = (answers[0][0], max(milliseconds for _, milliseconds in answers))
    return found


def explain(run: Run, options: argparse.Namespace) -> None:
    """Numbers of queries, and where a target is missed the plan of the slowest statement."""
    from bench.cases import all_cases
    from bench.queries import plan_of, statements

    addresses = {case.name: case.addresses for case in all_cases(run.size)}
    for figure in run.uncached:
        if figure.given_up:
            continue  # to ask again, with a plan, would take minutes
        asked = statements(spread(addresses[figure.name], 3 if figure.median < SLOW else 1))
        figure.queries = max(map(len, asked))
        figure.sql = statistics.median(sum(one.seconds for one in page) * 1000 for page in asked)
        slowest = max((one for page in asked for one in page), key=lambda one: one.seconds, default=None)
        if slowest is None:
            continue
        figure.slowest = slowest.seconds * 1000
        limit = run.limit(figure)
        telling = figure.slowest >= figure.median * TELLING
        if limit is not None and figure.median > limit and telling and not options.no_plans:
            figure.plan = plan_of(slowest)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
