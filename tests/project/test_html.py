"""Every public page is valid HTML, in both languages, and holds to the house's rules of mark-up."""

import json
import os
import subprocess
from urllib.parse import urlsplit

import html5lib
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories.world import linked_world
from tests.pages import indexes, korean, records

pytestmark = pytest.mark.django_db  # the fixture below asks once, for all of them
SEARCHES = [
    "/search/?q=mud",
    "/search/?q=mud&kind=talk",
    "/search/?q=nowhere",
    "/search/?q=-",
    "/recommendations/?q=mud",
    "/recommendations/values/speaker/?q=mud&contains=a",
]
POINTING = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list", "form")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every page's answer, asked once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        empty = {f"{address} (empty)": answer for address, answer in answers(indexes()).items()}
        linked_world()
        full = answers([*indexes(), *records(), reverse("tag-detail", args=["wetlands"]), *SEARCHES, "/nothing-here/"])
        transaction.set_rollback(True)
    return empty | full


def answers(addresses):
    client = Client()
    return {address: client.get(address) for address in [*addresses, *korean(addresses)]}


def test_public_pages_parse_strictly(pages):
    faults = []
    for page, response in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(response.content.decode())
        faults += [(page, place, code, details) for place, code, details in parser.errors]
    assert faults == []


@pytest.mark.once
@pytest.mark.skipif(not os.environ.get("VNU_JAR"), reason="VNU_JAR names no Nu HTML checker")
def test_nu_checker_finds_no_error(pages, tmp_path):
    names = {}
    for number, (page, response) in enumerate(pages.items()):
        file = tmp_path / f"{number}.html"
        file.write_bytes(response.content)
        names[file.as_uri()] = page
    command = ["java", "-jar", os.environ["VNU_JAR"], "--errors-only", "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, tmp_path.glob("*.html"))], capture_output=True, text=True, check=True)
    faults = [(names.get(fault.get("url", "")), fault["message"]) for fault in json.loads(done.stderr)["messages"]]
    assert faults == []


def test_public_pages_set_no_cookie_and_may_be_kept(pages):
    said = {
        (answer.status_code, answer["Cache-Control"], "ETag" in answer, answer.get("Vary"), len(answer.cookies))
        for answer in pages.values()
    }
    assert said == {
        (200, "public, no-cache", True, "Accept-Encoding", 0),
        (404, "public, no-cache", True, None, 0),
    }


def test_ids_are_unique_and_references_resolve(pages):
    faults = []
    for page, response in pages.items():
        elements = list(tree_of(response).iter())
        ids = [element.get("id") for element in elements if element.get("id")]
        faults += [(page, "id twice", name) for name in set(ids) if ids.count(name) > 1]
        for element in elements:
            wanted = [name for key in POINTING for name in (element.get(key) or "").split()]
            if (address := element.get("href") or "").startswith("#"):
                wanted.append(address[1:])
            faults += [(page, element.tag, name) for name in wanted if name not in ids]
    assert faults == []


def test_fragments_lead_to_something(pages):
    """A link into another public page names an id that this page has."""
    trees = {page: tree_of(response) for page, response in pages.items()}
    ids = {page: {element.get("id") for element in tree.iter()} for page, tree in trees.items()}
    faults = []
    for page, tree in trees.items():
        for link in tree.iter("a"):
            address = urlsplit(link.get("href") or "")
            if address.fragment and address.path in ids and address.fragment not in ids[address.path]:
                faults.append((page, link.get("href")))
    assert faults == []


def test_nothing_is_inline(pages):
    faults = []
    for page, response in pages.items():
        for element in tree_of(response).iter():
            faults += [(page, element.tag, key) for key in element.attrib if key == "style" or key.startswith("on")]
            if element.tag == "style" or (element.tag == "script" and not element.get("src") and not is_data(element)):
                faults.append((page, element.tag, "inline"))
    assert faults == []


def test_headings_come_in_order(pages):
    faults = []
    for page, response in pages.items():
        levels = [
            int(element.tag[1]) for element in tree_of(response).iter() if element.tag in {"h1", "h2", "h3", "h4"}
        ]
        jumps = [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] > pair[0] + 1]
        if levels.count(1) != 1 or levels[0] != 1 or jumps:
            faults.append((page, levels))
    assert faults == []


def test_links_to_other_hosts_tell_them_nothing(pages):
    faults = []
    for page, response in pages.items():
        for link in tree_of(response).iter("a"):
            away = urlsplit(link.get("href") or "").netloc
            if away and not {"noopener", "noreferrer"} <= set((link.get("rel") or "").split()):
                faults.append((page, link.get("href")))
    assert faults == []


def tree_of(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def is_data(element) -> bool:
    return element.get("type") == "application/ld+json"
