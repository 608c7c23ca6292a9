"""Working at the desk in tests: sign in, read a page's form, change some fields, send it."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

PASSWORD = "a good long password"


class FormReader(HTMLParser):
    """The values a browser would send back from the main form of a page."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.values, self.select, self.area = {}, None, None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.inside = a.get("id", "") == self.form_id or not self.form_id
        if not self.inside or ("__prefix__" in a.get("name", "")):
            return
        if tag == "input" and a.get("name"):
            kind = a.get("type", "text")
            if kind in {"checkbox", "radio"}:
                if "checked" in a:
                    self.values[a["name"]] = a.get("value", "on")
            elif kind not in {"submit", "button", "file"}:
                self.values[a["name"]] = a.get("value", "")
        elif tag == "textarea" and a.get("name"):
            self.area = a["name"]
            self.values[self.area] = ""
        elif tag == "select" and a.get("name"):
            self.select = (a["name"], "multiple" in a)
            if "multiple" in a:
                self.values[a["name"]] = []
        elif tag == "option" and self.select:
            name, multiple = self.select
            if multiple and "selected" in a:
                self.values[name].append(a.get("value", ""))
            elif not multiple and ("selected" in a or name not in self.values):
                self.values[name] = a.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area and self.inside:
            # the first line break after <textarea> is not part of the text
            self.values[self.area] += data.removeprefix("\n") if not self.values[self.area] else data


def form_of(response, form_id):
    """What the form of a page would send."""
    reader = FormReader(form_id)
    reader.feed(response.content.decode())
    return reader.values


def admin_url(record_or_model, page="changelist", *args):
    meta = record_or_model._meta
    if not isinstance(record_or_model, type) and not args:
        args = (record_or_model.pk,)
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def said(response):
    """The messages shown on a page, in order."""
    return [str(message) for message in response.context["messages"]]


def sign_in(page, role="editor"):
    """Log in, in a real browser; gives the user."""
    from tests.factories import UserFactory  # models are there only once Django is set up

    user = UserFactory(role=role, password=PASSWORD)
    page.goto("/admin/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    return user


class Desk:
    """A person at the desk, in a browser without a screen."""

    def __init__(self, client, user):
        self.client, self.user = client, user
        client.force_login(user)

    def get(self, *address, **query):
        return self.client.get(self._url(*address), query)

    def post(self, *address, data=None):
        return self.client.post(self._url(*address), data or {}, follow=True)

    def fill(self, *address, **changes):
        """Open a page, change some fields, and send it as a browser would."""
        url = self._url(*address)
        response = self.client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        name = response.context["opts"].model_name
        return self.client.post(url, form_of(response, f"{name}_form") | changes, follow=True)

    @staticmethod
    def _url(*address):
        return address[0] if isinstance(address[0], str) else admin_url(*address)


@pytest.fixture
def desk_of(db):
    """``desk_of("editor")``: somebody with that role, signed in."""
    from django.test import Client

    from tests.factories import UserFactory  # models are there only once Django is set up

    return lambda role: Desk(Client(), UserFactory(role=role))


@pytest.fixture
def editor(desk_of):
    return desk_of("editor")


@pytest.fixture
def author(desk_of):
    return desk_of("author")


@pytest.fixture
def admin(desk_of):
    return desk_of("admin")
