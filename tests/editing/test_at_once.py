"""Editors who press Save at the same moment: every save is kept or answered, on both databases."""

import pytest

from tests.at_once import THREADS, at_once
from tests.desk import form_of, said
from tests.factories import TalkFactory
from workshop.editing.models import Revision, Unsaved
from workshop.models import Talk

pytestmark = pytest.mark.django_db(transaction=True)

SAVES = 2


def test_eight_editors_save_their_records_at_once_and_none_is_refused(desk_of):
    desks = [(desk_of("editor"), talk) for talk in TalkFactory.create_batch(THREADS)]

    def save(desk, talk):
        def several():
            pages = [desk.fill(talk, "change", title=f"Title {number}", _save="Save") for number in range(SAVES)]
            return [(page.status_code, page.redirect_chain != []) for page in pages]

        return several

    answers = at_once(*[save(*pair) for pair in desks])

    assert answers == [[(200, True)] * SAVES] * THREADS
    assert set(Talk.objects.values_list("title", flat=True)) == {f"Title {SAVES - 1}"}
    assert Revision.objects.filter(author__in=[desk.user for desk, _ in desks]).count() == SAVES * THREADS


def test_editors_who_save_one_record_at_once_meet_and_no_word_is_lost(desk_of):
    talk = TalkFactory(title="Mud")
    desks = [desk_of("editor") for _ in range(3)]
    forms = [form_of(desk.get(talk, "change"), "talk_form") for desk in desks]

    def save(desk, form):
        return lambda: desk.post(talk, "change", data=form | {"title": f"By {desk.user}", "_save": "Save"})

    answers = at_once(*[save(*pair) for pair in zip(desks, forms, strict=True)])

    titles = [f"By {desk.user}" for desk in desks]
    stored = Talk.objects.get().title
    through = [title for title, answer in zip(titles, answers, strict=True) if "successfully" in "".join(said(answer))]
    assert through == [stored]
    for title, answer in zip(titles, answers, strict=True):
        text = answer.content.decode()
        assert (title in text, stored in text) == (True, True)


def test_double_click_saves_once(editor):
    talk = TalkFactory(title="Mud")
    form = form_of(editor.get(talk, "change"), "talk_form") | {"title": "Silt", "_save": "Save"}

    answers = at_once(*[lambda: editor.post(talk, "change", data=form) for _ in range(2)])

    assert [answer.status_code for answer in answers] == [200, 200]
    assert (Talk.objects.get().title, Revision.objects.filter(author=editor.user).count()) == ("Silt", 1)
    assert not Unsaved.objects.exists()
