"""What several tests of the desk begin with."""

import pytest


@pytest.fixture(autouse=True)
def _nothing_kept():
    """A page that one test has rendered is not told to the next."""
    from workshop.admin import shared  # the desk is there only once Django is set up

    shared._kept.clear()


@pytest.fixture
def own(author):
    """A draft of the author's."""
    from tests.factories import TalkFactory  # models are there only once Django is set up

    return TalkFactory(title="Mine", created_by=author.user)


@pytest.fixture
def link_to(db):
    """``link_to(record, by=…)``: the link and its address."""
    from tests.factories import UserFactory
    from workshop.editing.linking import make_link

    def make(record, by=None):
        link, token = make_link(record=record, lifetime="week", by=by or UserFactory(role="editor"))
        return link, f"/preview/{token}/"

    return make
