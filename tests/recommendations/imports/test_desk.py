"""The import at the desk: upload, columns, preview, import; who may, and what is never lost or written twice."""

import datetime as dt
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from recommendations.imports import desk, reading
from recommendations.models import Position, Recommendation, Tie, WaitingTable
from speakers.models import Organisation, Speaker
from tests.desk import admin_url, form_of, said
from tests.factories import OrganisationFactory, SpeakerFactory, ThemeFactory, UserFactory, WorkshopFactory
from tests.recommendations.imports.tables import SIXTY, csv_of, row, xlsx_of
from workshop.models import Theme

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/recommendations/recommendation/import/"
OURS = ["Statement", "Proposed by", "Addressed to", "Themes", "Origin", "Session", "Date", "Response"]


def ours(statement, **cells):
    return dict.fromkeys(OURS, "") | {"Statement": statement} | {k.replace("_", " "): v for k, v in cells.items()}


def upload(who, data, name="table.csv", **fields):
    file = SimpleUploadedFile(name, data)
    return who.client.post(UPLOAD, {"file": file, "encoding": "", **fields}, follow=True)


def waiting_of(response):
    return response.context["waiting"]


def choose(who, response, **choices):
    """Send the columns as they are guessed, with some choices changed."""
    address = response.request["PATH_INFO"]
    values = form_of(response, "") | choices
    return who.client.post(address, {k: v for k, v in values.items() if v is not None}, follow=True)


def press(who, response, button="_import"):
    return who.client.post(response.request["PATH_INFO"], {button: "1"}, follow=True)


# --- Who may -------------------------------------------------------------------------------


def test_front_page_and_list_lead_to_the_import(editor, author):
    for address in ("/admin/", admin_url(Recommendation)):
        assert f'href="{UPLOAD}"' in editor.get(address).content.decode()
        assert UPLOAD not in author.get(address).content.decode()


def test_import_is_not_there_for_who_does_not_publish(editor, author):
    token = waiting_of(upload(editor, csv_of(SIXTY))).token
    nothing = author.get("/admin/nothing/")
    for step in ("", f"{token}/", f"{token}/preview/"):
        for response in (author.get(UPLOAD + step), author.post(UPLOAD + step)):
            assert response.status_code == 404
            assert response.content == nothing.content


def test_table_is_its_editors_alone(editor, desk_of):
    token = waiting_of(upload(editor, csv_of(SIXTY))).token
    other = desk_of("admin")

    for step in (f"{token}/", f"{token}/preview/"):
        assert other.get(UPLOAD + step).status_code == 404
        assert other.post(UPLOAD + step, data={"_import": "1"}).status_code == 404
    assert editor.get(f"{UPLOAD}{token}/").status_code == 200
    assert WaitingTable.objects.get().done is False


def test_login_that_expired_leads_back_to_the_table(editor, client):
    response = upload(editor, csv_of(SIXTY))
    address = response.request["PATH_INFO"]
    editor.client.logout()

    assert editor.client.get(address)["Location"] == f"/admin/login/?next={address}"
    editor.client.force_login(editor.user)
    assert waiting_of(editor.get(address)).name == "table.csv"


# --- The UPR's tables ------------------------------------------------------------------------


@pytest.mark.parametrize(("make", "name"), [(csv_of, "upr.csv"), (xlsx_of, "upr.xlsx")])
def test_upr_table_is_recognised_and_imported_as_the_command_does(editor, make, name):
    columns = upload(editor, make(SIXTY), name)
    assert form_of(columns, "")["like"] == "upr"

    preview = choose(editor, columns, publish="on")
    assert dict(preview.context["numbers"]) == {
        "new": 59,
        "changed": 0,
        "unchanged": 0,
        "repeated": 1,
        "refused": 0,
        "missing": 0,
    }
    assert (preview.context["public"], Recommendation.objects.count()) == (59, 0)

    done = press(editor, preview)
    assert said(done) == [f"“{name}” is imported: 59 new, 0 changed, 0 unchanged, 1 repeated, 0 refused, 0 missing."]
    assert Recommendation.objects.public().count() == 59
    assert set(Recommendation.objects.values_list("created_by", flat=True)) == {editor.user.pk}
    out = StringIO()
    call_command("import_recommendations", _file_of(make(SIXTY), name), "--mapping", "upr", stdout=out)
    assert "Rows: 0 new, 0 changed, 59 unchanged, 1 repeated" in out.getvalue()


def _file_of(data, name):
    import tempfile  # one file, for one command
    from pathlib import Path

    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(data)
    return str(path)


def test_nothing_is_public_unless_it_was_chosen(editor):
    preview = choose(editor, upload(editor, csv_of(SIXTY)))
    press(editor, preview)

    assert preview.context["public"] == 0
    assert set(Recommendation.objects.values_list("state", flat=True)) == {"draft"}
    assert set(Organisation.objects.values_list("state", flat=True)) == {"draft"}
    assert set(Theme.objects.values_list("state", flat=True)) == {"draft"}


# --- Any table -------------------------------------------------------------------------------


def test_experts_rows_come_in_as_drafts(editor):
    edition = WorkshopFactory(published=True, code="MT12", start=dt.date(2020, 6, 16))
    alice = SpeakerFactory(published=True, name="Alice Marsh")
    state = OrganisationFactory(published=True, name="North Korea", kind="state")
    theme = ThemeFactory(published=True, name="Mud and Rights")
    rows = [
        ours("Keep the mud", Proposed_by="Alice Marsh; Bob Fen", Addressed_to="DPR Korea", Themes="Mud and Rights"),
        ours("Name the mud", Proposed_by="Elbonia", Themes="Silt"),
    ]
    OrganisationFactory(name="Elbonia", kind="state")

    columns = upload(editor, csv_of(rows, headers=OURS, encoding="utf-8", end="\n"))
    press(editor, choose(editor, columns, edition="MT12", publish="on"))

    kept, named = Recommendation.objects.order_by("code")
    assert [(one.code, one.state, one.workshop, one.origin, one.made_on) for one in (kept, named)] == [
        ("mt12-r01", "draft", edition, "talk", dt.date(2020, 6, 16)),
        ("mt12-r02", "draft", edition, "talk", dt.date(2020, 6, 16)),
    ]
    bob = Speaker.objects.get(name="Bob Fen")
    assert (bob.state, list(kept.themes.all()), [a.organisation for a in kept.addressees.all()]) == (
        "draft",
        [theme],
        [state],
    )
    assert list(kept.positions.values_list("speaker", "attribution")) == [(alice.pk, 2), (bob.pk, 2)]
    assert list(named.positions.values_list("organisation__name", "attribution")) == [("Elbonia", 0)]
    assert Theme.objects.get(name="Silt").state == "draft"


def test_names_of_experts_are_on_record_only_where_chosen(editor):
    WorkshopFactory(code="MT12")
    data = csv_of([ours("Keep the mud", Proposed_by="Alice Marsh")], headers=OURS)

    press(editor, choose(editor, upload(editor, data), edition="MT12", attribution="0"))

    assert Position.objects.get().attribution == 0


def test_un_rows_of_any_table_are_published_where_chosen(editor):
    rows = [
        ours("Keep the mud", Addressed_to="Elbonia", Proposed_by=sender, Origin="UN mechanism", Session="33",
             Date="September 2019", Response="Noted")
        for sender in ("Chad", "Peru")
    ]  # fmt: skip
    data = csv_of(rows, headers=OURS)

    press(editor, choose(editor, upload(editor, data), publish="on"))
    again = choose(editor, upload(editor, data), publish="on")

    public = Recommendation.objects.public()
    assert sorted(str(one.made) for one in public) == ["September 2019", "September 2019"]
    assert all(one.code.startswith("un-") for one in public)
    assert Tie.objects.count() == 1
    assert Position.objects.filter(organisation__name="Chad", attribution=0).count() == 1
    assert dict(again.context["numbers"])["unchanged"] == 2
    assert "There is nothing new in it." in again.content.decode()


# --- Refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "t.csv", "The submitted file is empty."),
        (b"To,Text\r1,a\0b", "t.csv", "Line 2 holds a NUL byte: this is no text file, or it was damaged."),
        (b"no workbook", "t.xlsx", "The file is no XLSX workbook, though its name says so"),
        (b'a,b\n1,"open', "t.csv", "Line 2 is broken: a quotation mark opens a cell and is never closed."),
        (b"%PDF-1.4", "t.pdf", "Only CSV and XLSX are read: save the table as one of them."),
    ],
)
def test_bad_file_is_refused_beside_its_field(editor, data, name, said):
    response = upload(editor, data, name)

    assert response.status_code == 200
    assert said in response.context["form"].errors["file"][0]
    assert not WaitingTable.objects.exists()


def test_large_file_is_refused_before_it_is_read(editor, monkeypatch):
    monkeypatch.setattr(reading, "megabytes", lambda size: f"{size} bytes")
    monkeypatch.setattr("recommendations.admin.import_forms.DESK", reading.Limits(10, 10))

    response = upload(editor, csv_of(SIXTY))

    assert "at most 10 bytes are read." in response.context["form"].errors["file"][0]


def test_unknown_encoding_is_refused_beside_its_field(editor):
    response = upload(editor, csv_of(SIXTY), encoding="klingon")

    assert response.context["form"].errors["encoding"] == [
        "There is no encoding “klingon”. Try utf-8, mac-roman, cp1252 or euc-kr."
    ]


def test_refused_rows_are_shown_first_and_keep_all_from_being_written(editor):
    rows = [row("a"), row("b", response="Perhaps")]
    preview = choose(editor, upload(editor, csv_of(rows)), publish="on")

    assert preview.context["rows"][0][:3] == (3, "", "refused")
    assert 'name="_import"' not in preview.content.decode()

    forced = press(editor, preview)
    assert "1 rows are refused: nothing was written." in forced.content.decode()
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize(
    ("choices", "field", "said"),
    [
        ({"column_statement": ""}, "column_statement", "Choose the column of the statement."),
        ({"column_detail": "Statement"}, "column_detail", "“Statement” is chosen twice."),
        ({"like": "upr"}, "like", "It lacks columns that UPR Info’s tables have."),
    ],
)
def test_choice_that_does_not_fit_is_told_beside_it(editor, choices, field, said):
    columns = upload(editor, csv_of([ours("a")], headers=OURS))

    response = choose(editor, columns, **choices)

    assert response.context["form"].errors[field] == [said]


# --- Once, and not lost ------------------------------------------------------------------------


def test_second_click_writes_nothing(editor):
    preview = choose(editor, upload(editor, csv_of(SIXTY)), publish="on")
    press(editor, preview)
    again = press(editor, preview)

    assert Recommendation.objects.count() == 59
    assert said(again)[0].startswith("“table.csv” is imported: 59 new")
    assert bytes(WaitingTable.objects.get().content) == b""


def test_table_that_is_given_up_is_forgotten(editor):
    preview = choose(editor, upload(editor, csv_of(SIXTY)))

    gone = press(editor, preview, "_give_up")

    assert said(gone) == ["“table.csv” is forgotten. Nothing was imported."]
    assert not WaitingTable.objects.exists()
    assert editor.get(preview.request["PATH_INFO"]).status_code == 404


def test_choices_are_kept_with_the_table(editor):
    WorkshopFactory(code="MT12")
    columns = upload(editor, csv_of([ours("a")], headers=OURS))
    choose(editor, columns, edition="MT12", between="|", column_themes="Response", column_answer="")

    values = form_of(editor.get(columns.request["PATH_INFO"]), "")

    assert (values["edition"], values["between"], values["column_themes"], values["column_answer"]) == (
        "MT12",
        "|",
        "Response",
        "",
    )


def test_preview_asks_for_the_columns_first(editor):
    token = waiting_of(upload(editor, csv_of(SIXTY))).token

    response = editor.client.get(f"{UPLOAD}{token}/preview/", follow=True)

    assert response.request["PATH_INFO"] == f"{UPLOAD}{token}/"
    assert said(response) == ["Choose first what the columns mean."]


def test_tables_are_forgotten_after_a_day(editor):
    waiting = waiting_of(upload(editor, csv_of(SIXTY)))
    kept = waiting_of(upload(editor, csv_of(SIXTY)))
    WaitingTable.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - dt.timedelta(hours=25))

    call_command("run_due")

    assert list(WaitingTable.objects.all()) == [kept]


def test_only_so_many_tables_wait(editor):
    for number in range(desk.KEPT + 2):
        last = waiting_of(upload(editor, csv_of(SIXTY), f"t{number}.csv"))

    assert WaitingTable.objects.count() == desk.KEPT
    assert WaitingTable.objects.filter(pk=last.pk).exists()


# --- Long tables -------------------------------------------------------------------------------


def test_long_table_is_left_to_run_due(editor, monkeypatch):
    monkeypatch.setattr(desk, "AT_ONCE", 50)
    preview = choose(editor, upload(editor, csv_of(SIXTY)), publish="on")

    queued = press(editor, preview)
    assert "is imported in the background" in queued.content.decode()
    assert not Recommendation.objects.exists()
    assert press(editor, preview).status_code == 200

    out = StringIO()
    call_command("run_due", stdout=out)
    assert "“table.csv” is imported: 59 new" in out.getvalue()
    assert Recommendation.objects.public().count() == 59
    assert "“table.csv” is imported: 59 new" in editor.get(preview.request["PATH_INFO"]).content.decode()
    call_command("run_due")
    assert Recommendation.objects.count() == 59


def test_queued_table_that_cannot_be_imported_says_why(editor):
    choose(editor, upload(editor, csv_of([row("a"), row("b", action="9")])))
    WaitingTable.objects.update(queued=True)

    call_command("run_due")

    waiting = WaitingTable.objects.get()
    assert (waiting.queued, waiting.done, waiting.said) == (False, False, "1 rows are refused: nothing was written.")


def test_queued_table_of_somebody_who_may_no_more_is_forgotten():
    user = UserFactory(role="author")
    WaitingTable.objects.create(created_by=user, name="t.csv", content=b"x", queued=True)

    call_command("run_due")

    assert not WaitingTable.objects.exists()
