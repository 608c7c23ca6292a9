"""A database that does not answer: a designed page that asks to come again, and no stack trace."""

import json
import os
import subprocess
import sys

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from workshop.common.environment import BASE_DIR


class Down:
    """A value whose reading fails, as that of a lazy queryset in a template does."""

    @property
    def name(self):
        raise OperationalError("connection to server at 192.0.2.7 failed")


def view(error):
    def raise_it(request):
        raise error("connection to server at 192.0.2.7 failed")

    return raise_it


def in_template(request):
    template = engines["django"].from_string("{{ record.name }}")
    return TemplateResponse(request, template, {"record": Down()})


# This module is the site's table of addresses for the tests that ask it.
handler500 = "workshop.views.errors.server_error"
urlpatterns = [
    path("operational/", view(OperationalError)),
    path("interface/", view(InterfaceError)),
    path("programming/", view(ProgrammingError)),
    path("template/", in_template),
    path("fine/", lambda request: HttpResponse("fine")),
]


@pytest.fixture
def visit(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client.get


@pytest.mark.parametrize("address", ["/operational/", "/interface/", "/template/"])
def test_database_down_is_a_page_that_asks_to_come_again(visit, address, caplog):
    response = visit(address)

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
    assert "Back in a moment" in page
    assert "192.0.2.7" not in page + caplog.text
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_database_down_is_told_apart_from_a_fault_of_ours(visit):
    assert (visit("/programming/").status_code, visit("/fine/").status_code) == (500, 200)


@pytest.mark.parametrize("address", ["/", "/speakers/", "/talks/some-talk/", "/recommendations/?speaker=x", "/tags/"])
def test_public_page_without_its_database_is_503(client, django_db_blocker, address):
    def fail(*args):
        raise OperationalError

    with django_db_blocker.unblock(), connection.execute_wrapper(fail):
        assert client.get(address).status_code == 503


PROGRAM = """
import django, json
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()
from django.test import Client
visit = Client(raise_request_exception=False).get
addresses = ["/", "/recommendations/", "/about/", "/nothing/", "/admin/", "/healthz", "/readyz"]
print(json.dumps({address: visit(address).status_code for address in addresses}))
"""


@pytest.mark.once
def test_postgresql_that_is_not_there_is_503_wherever_it_is_asked():
    environment = os.environ | {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "DJANGO_SETTINGS_MODULE": "workshop.settings",
    }

    run = subprocess.run(  # noqa: PLW1510 — its code is looked at below, with what it said
        [sys.executable, "-c", PROGRAM], env=environment, cwd=BASE_DIR, capture_output=True, text=True
    )

    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "/": 503,
        "/recommendations/": 503,
        "/about/": 200,
        "/nothing/": 404,
        "/admin/": 302,
        "/healthz": 200,
        "/readyz": 503,
    }
    assert "127.0.0.1" not in run.stderr
