"""The pages of revisions, of what was deleted and of corrections have no fault that axe knows of, in both themes."""

import pytest

from tests.desk import admin_url, sign_in
from tests.factories import CorrectionFactory, TalkFactory, TalkSpeakerFactory
from tests.journeys.test_axe_admin import RULES, faults, ready
from workshop.corrections.models import Correction
from workshop.editing.models import Revision
from workshop.models import Talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(editor):
    """A public talk with a draft, revisions and a correction; a deleted one; and their pages."""
    talk, deleted = TalkFactory(title="As it was", published=True), TalkFactory(title="Gone")
    TalkSpeakerFactory(talk=talk)
    correction = CorrectionFactory(record=talk, old_words="As it had been")
    editor.fill(talk, "change", title="As it is", summary="New.", _save="Save", _correction="no")
    editor.fill(talk, "change", title="In work", _draft="Save draft")
    editor.post(deleted, "delete", data={"post": "yes"})
    first, gone = Revision.objects.of(talk).last().pk, Revision.objects.get(kind="deleted").pk
    return {
        "history": admin_url(talk, "history"),
        "comparison": f"{admin_url(talk, 'compare')}?old={first}&new=draft",
        "restoring, with the question": f"{admin_url(talk, 'change')}?revision={first}",
        "deleted": admin_url(Talk, "deleted"),
        "deleted talk": admin_url(Talk, "deleted_record", gone),
        "recovering": f"{admin_url(Talk, 'add')}?recover={gone}",
        "copy": f"{admin_url(Talk, 'add')}?copy={talk.pk}",
        "corrections": admin_url(Correction),
        "correction": admin_url(correction, "change"),
        "new correction": f"{admin_url(Correction, 'add')}?model=workshop.talk&object_id={talk.pk}",
        "public list": "/corrections/",
        "public talk": talk.get_absolute_url(),
    }


@pytest.mark.parametrize(("scheme", "rules"), [("light", RULES), ("dark", ["color-contrast"])], ids=["light", "dark"])
def test_axe_finds_nothing_on_pages_of_what_was(new_page, pages, scheme, rules):
    page = new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    sign_in(page)

    found = {}
    for name, address in pages.items():
        assert page.goto(address).status == 200, name
        ready(page)
        found[name] = faults(page, rules)

    assert found == dict.fromkeys(pages, [])
