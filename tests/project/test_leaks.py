"""What is hidden stands in no page, link, title, facet, count, header or file of the site.

One world in which every relation has a hidden end (``hiding.py``); every hidden
row has words of its own in every text; then every address is read.
"""

import re
from collections import deque
from functools import reduce
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.db import models, transaction
from django.test import Client

from recommendations.facets import NAMES
from tests.pages import indexes, korean, one_of_each, records
from tests.project import hiding
from workshop.common.keywords import Tag
from workshop.common.publishing import SILENT_WITHDRAWALS, Publishable
from workshop.registry import entries

pytestmark = pytest.mark.django_db
WORD = re.compile(r"zq\d+qz")
PLAIN = ["/robots.txt", "/healthz", "/readyz", "/favicon.ico", "/nothing/", "/admin/login/", "/media/nothing.webp"]
# A recording is hidden with the talk that its quotations stand in; intervals are derived from what is public.
WITHOUT_HIDDEN_END = {"Quote.media", "StatusInterval.follow_up"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the module, and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        hiding.build()
        yield hiding.mark_all()
        transaction.set_rollback(True)


@pytest.fixture
def read(world):
    """Fetches an address as an anonymous reader: status, headers and text in lower case."""
    client = Client(raise_request_exception=False)

    def fetch(address):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        return response.status_code, f"{headers}\n\n{body.decode(errors='replace')}".lower()

    return fetch


def words_in(text):
    return sorted(set(WORD.findall(text)))


def test_world_has_a_hidden_end_of_every_relation(world):
    """A new relation that the linked world knows nothing of fails here."""
    lacking = []
    for model in hiding.every_kind():
        public = model._default_manager.public()
        hidden = model._base_manager.exclude(pk__in=public.values("pk"))
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            name, target = f"{model.__name__}.{field.name}", field.related_model
            if target not in hiding.every_kind() or name in WITHOUT_HIDDEN_END:
                continue
            seen = target._default_manager.public().values("pk")
            if issubclass(model, Publishable) and not hidden.filter(**{f"{field.name}__in": seen}).exists():
                lacking.append(f"{name} of something hidden")
            unseen = target._base_manager.exclude(pk__in=seen).values("pk")
            if field.name not in owners(model) and not public.filter(**{f"{field.name}__in": unseen}).exists():
                lacking.append(f"{name} to something hidden")

    assert lacking == []


def owners(model):
    """Relations of which a hidden end hides the row as well."""
    return (*getattr(model, "hidden_with", ()), *getattr(model, "named", ()))


def test_public_pages_tell_of_nothing_hidden(read):
    found, seen, waiting = {}, set(), deque([*indexes(), *records(), *PLAIN])
    waiting.extend(korean(one_of_each()))
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        status, text = read(address)
        if status >= 500 and address != "/readyz":
            found[address] = status
        if words := words_in(text):
            found[address] = words
        waiting.extend([] if address.startswith("/ko/") else follow(text))

    assert found == {}


def follow(text):
    """Links and files of ours on a page; of queries only the page number."""
    for link in re.findall(r'(?:href|src)="(/[^"#]*)', text):
        parts = urlsplit(link.replace("&amp;", "&"))
        if parts.path.startswith(("/static/", "/admin/")) or (parts.query and not parts.query.startswith("page=")):
            continue
        yield link


def test_addresses_of_hidden_records_say_at_most_what_they_may(read, world):
    """Nothing but 404; of what was public once its code, and for two of the four reasons its title."""
    found = {}
    for word, row in world.items():
        for address in addresses_of(row, word):
            status, text = read(address)
            words = words_in(text.replace(getattr(row, "code", "").lower() or "no code", ""))
            # A code in capitals leads to the same in lower case, where something is or was.
            told = {404} | ({301, 410} if getattr(row, "was_published", False) else set())
            if status not in told or words not in ([], [word] if may_say_its_title(row) else []):
                found[address] = status, words

    assert found == {}


def addresses_of(row, word):
    """The address of a record, the one before, in capitals, in Korean; and its files."""
    if type(row) in {entry.model for entry in entries()}:
        address = row.get_absolute_url()
        yield from [address, address.replace("-slug", "-old"), address.replace(word, word.upper()), f"/ko{address}"]
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField) and (file := getattr(row, field.name)):
            yield file.url


def may_say_its_title(row):
    return getattr(row, "state", "") == "withdrawn" and row.withdrawal not in SILENT_WITHDRAWALS


def test_keywords_of_hidden_records_alone_are_unknown(read):
    found = {}
    for tag in Tag.objects.filter(name__startswith="zq"):
        status, text = read(f"/tags/{quote(tag.slug)}/")
        if status != 404 or words_in(text):
            found[tag.slug] = status, words_in(text)

    assert found == {}


def test_facets_know_no_hidden_value(read, world):
    """A hidden value answers as one that does not exist: its own word, as it was typed, and nothing else."""
    asked = [(name, value) for row in world.values() for name, value in facet_values_of(row)]
    asked += [(name, "-none") for name in NAMES]
    found = {}
    for name, value in asked:
        status, text = read(f"/recommendations/?{urlencode({name: value, 'per_page': 100})}")
        typed = [value, quote(value), value.removeprefix("org:")]
        words = words_in(reduce(lambda said, echo: said.replace(echo, ""), typed, text))
        if status != 200 or words:
            found[name, value] = status, words

    assert {name for name, value in asked if value != "-none"} == set(NAMES) & FACETS_OF_RECORDS
    assert found == {}


def test_search_finds_offers_and_means_nothing_hidden(read, world):
    """Neither by its own words, nor by the first letters of them."""
    found = {}
    for word in world:
        for address in (f"/search/?q={word}", f"/search/suggest/?q={word}", f"/search/suggest/?q={word[:-2]}"):
            status, text = read(address)
            if status != 200 or (words := words_in(text.replace(word, ""))) or 'class="switch"' in text:
                found[address] = status, words
    for typed in ("zq1qz", "twin", "mud"):
        for address in (f"/search/?q={typed}", f"/ko/search/?q={typed}", f"/recommendations/?q={typed}&per_page=100"):
            status, text = read(address)
            if status != 200 or (words := words_in(text.replace("zq1qz", ""))):
                found[address] = status, words

    assert found == {}


def test_pages_of_values_list_nothing_hidden(read, world):
    found = {}
    for name in NAMES:
        for query in ("", "?contains=zq", "?contains=twin", f"?{name}=-none", "?q=mud"):
            status, text = read(f"/recommendations/values/{name}/{query}")
            if status != 200 or words_in(text):
                found[name, query] = status, words_in(text)

    assert found == {}


FACETS_OF_RECORDS = {"speaker", "proposer", "addressee", "theme", "workshop", "tag"}


def facet_values_of(row):
    """The facet values that a hidden row would be, if it were public."""
    kind = row._meta.model_name
    if kind == "recommendation":
        yield from (("tag", tag.slug) for tag in row.tags.all() if tag.slug.startswith("zq"))
    names = {"speaker": ["speaker", "proposer"], "organisation": ["addressee"], "theme": ["theme"]}
    names["workshop"] = ["workshop"]
    yield from ((name, row.slug) for name in names.get(kind, ()))
    if kind == "organisation":
        yield "proposer", f"org:{row.slug}"
