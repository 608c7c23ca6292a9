"""``import_recommendations``: sixty rows of our own, from the dry run to the second run."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations.imports import codes, reading
from recommendations.imports.reading import Limits
from recommendations.models import (
    Addressee,
    ImportedRow,
    Origin,
    Position,
    Recommendation,
    Response,
    Tie,
)
from speakers.models import Organisation
from tests.factories import OrganisationFactory, ThemeFactory
from tests.recommendations.imports.tables import SAME, SIXTY, csv_of, row, xlsx_of
from workshop.actions import withdraw
from workshop.common.attribution import Attribution
from workshop.models import Ledger, SiteState, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """``run(rows, "--commit")`` writes the rows to a file and imports it; gives what was said."""

    def run(rows, *options, name="upr.csv"):
        data = rows if isinstance(rows, bytes) else csv_of(rows)
        (tmp_path / name).write_bytes(data)
        out = StringIO()
        call_command("import_recommendations", str(tmp_path / name), "--mapping", "upr", *options, stdout=out)
        return out.getvalue()

    return run


def rows_of_everything():
    models = (Recommendation, Position, Addressee, Response, Tie, ImportedRow, Ledger, Organisation, Theme)
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def version():
    return SiteState.objects.values_list("version", flat=True).first()


# --- Dry run -------------------------------------------------------------------------------


def test_dry_run_tells_everything_and_writes_nothing(run):
    OrganisationFactory(published=True, name="North Korea", abbreviation="DPRK", kind="state")
    OrganisationFactory(name="Norway", kind="state")
    before = rows_of_everything(), version()

    said = run(SIXTY)

    assert (rows_of_everything(), version()) == before
    lines = [line.strip() for line in said.splitlines()]
    assert lines[0] == (
        "upr.csv: CSV, Mac OS Roman (its lines end in carriage returns), lines end in carriage returns; 60 rows."
    )
    assert lines[-2:] == [
        "Rows: 59 new, 0 changed, 0 unchanged, 1 repeated, 0 refused, 0 missing.",
        "Nothing was written: this was a dry run. Add --commit to write it.",
    ]
    for line in [
        "line 57 repeats line 56",
        "line 51: The recommending State is unknown: it gets no position.",
        "DPR Korea → North Korea",
        "Norway → Norway (draft: readers do not see it)",
        "Macedonia FYR → North Macedonia",
        "St Vincent & the Grenadines → St Vincent and the Grenadines",
        "Detention, Impunity, Justice, Right to education, Special procedures, Women's rights",
        "Habré, Hissène, vis-à-vis, Équité",
    ]:
        assert line in lines


# --- Commit --------------------------------------------------------------------------------


def test_commit_writes_every_row_once(run):
    said = run(SIXTY, "--commit")

    assert said.splitlines()[-1] == "Written: 59 new, 0 changed, 0 unchanged, 1 repeated, 0 refused, 0 missing."
    assert Recommendation.objects.public().count() == 59
    assert Recommendation.objects.filter(origin=Origin.PLEDGE).count() == 3
    assert (Addressee.objects.count(), Position.objects.count(), Response.objects.count()) == (59, 58, 56)
    assert Ledger.objects.filter(fate="published", kind="recommendations.recommendation").count() == 59


def test_row_becomes_a_public_record(run, client):
    run(
        [row("Free  the &#40;wet&#41; mud ", to="DPR Korea", response="Noted", action="5", issue="Justice,Minorities")]
    )
    run(
        [row("Free  the &#40;wet&#41; mud ", to="DPR Korea", response="Noted", issue="Justice,Minorities")], "--commit"
    )
    record = Recommendation.objects.public().get()

    assert record.code == f"upr-s06-{ImportedRow.objects.get().identity[:8]}"
    assert (record.statement, record.origin, record.action) == ("Free the (wet) mud", "un-mechanism", 4)
    assert (record.made_on, str(record.made), record.session) == (
        dt.date(2009, 12, 1),
        "December 2009",
        "UPR, 6th session",
    )
    assert [(str(p), p.attribution, p.organisation.name) for p in record.positions.all()] == [
        ("Chad: Proposes", Attribution.ON_RECORD, "Chad")
    ]
    [addressee] = record.addressees.all()
    assert [response.answer for response in addressee.responses.all()] == ["noted"]
    assert sorted(record.themes.values_list("name", "name_ko", "scheme", "state")) == [
        ("Justice", "사법", "upr", "published"),
        ("Minorities", "소수자", "upr", "published"),
    ]
    korea = addressee.organisation
    assert (korea.name, korea.name_ko, korea.abbreviation, korea.kind, korea.state, korea.slug) == (
        "North Korea",
        "북한",
        "DPRK",
        "state",
        "published",
        "north-korea",
    )
    assert Ledger.objects.get(code=record.code).first_published_at == record.first_published_at
    assert (record.version, record.created_by) == (1, None)
    html = client.get(record.get_absolute_url()).content.decode()
    assert 'href="/organisations/north-korea/"' in html
    assert "Free the (wet) mud" in html


def test_pledge_is_of_a_state_to_itself(run):
    run(SIXTY, "--commit")
    pledge = Recommendation.objects.get(statement="Yemen will count the marshes")

    assert (pledge.origin, pledge.session, str(pledge.made)) == ("pledge", "UPR, 19th session", "April 2014")
    assert [position.organisation.name for position in pledge.positions.all()] == ["Yemen"]
    assert [row.organisation.name for row in pledge.addressees.all()] == ["Yemen"]
    assert not Response.objects.filter(addressee__recommendation=pledge).exists()


def test_states_are_found_by_any_name_and_never_made_twice(run):
    OrganisationFactory(published=True, name="Republic of Korea", kind="state")
    OrganisationFactory(published=True, name="조선", abbreviation="DPRK", kind="state")
    OrganisationFactory(published=True, name="Former Macedonia", aliases="x\nMacedonia FYR", kind="state")
    OrganisationFactory(published=True, name="Mud Chad", abbreviation="CAR", kind="ngo")
    rows = [
        row("a", to="DPR Korea", sender="South Korea"),
        row("b", to="DPRK", sender="Republic of Korea"),
        row("c", to="North Macedonia", sender="Central African Republic"),
    ]

    run(rows, "--commit")

    made = {"Central African Republic"}
    assert set(Organisation.objects.filter(kind="state").values_list("name", flat=True)) == made | {
        "Republic of Korea",
        "조선",
        "Former Macedonia",
    }
    assert Organisation.objects.get(name="조선").asked.count() == 2


def test_what_is_there_stays_as_it_is(run):
    draft = OrganisationFactory(name="Norway", kind="state")
    theme = ThemeFactory(name="Justice", scheme="upr", published=True)
    ThemeFactory(name="Justice", scheme="programme", published=True)

    run([row("a")], "--commit")

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert Theme.objects.count() == 2
    assert list(Recommendation.objects.get().themes.all()) == [theme]


def test_same_ask_of_several_states_is_tied_not_merged(run):
    run(SIXTY, "--commit")
    asked = Recommendation.objects.filter(statement__iexact=SAME, addressed_to__name="Ghana")
    other = Recommendation.objects.get(statement=SAME, addressed_to__name="Kenya")

    assert asked.count() == 3
    pairs = {frozenset(pair) for pair in Tie.objects.values_list("recommendation", "other")}
    assert (len(pairs), set(Tie.objects.values_list("kind", flat=True))) == (3, {"same-ask"})
    assert set().union(*pairs) == set(asked.values_list("pk", flat=True))
    assert other.pk not in set().union(*pairs)


def test_later_row_joins_its_group(run):
    run([row(SAME, sender="Chad")], "--commit")
    run([row(SAME, sender=sender) for sender in ("Chad", "Peru")], "--commit")

    assert Tie.objects.count() == 1


def test_large_group_is_tied_to_its_first(run, monkeypatch):
    monkeypatch.setattr("recommendations.imports.writing.ALL_PAIRS", 2)
    run([row(SAME, sender=sender) for sender in ("Chad", "Peru", "Mali", "Fiji")], "--commit")
    first = Recommendation.objects.get(positions__organisation__name="Chad")

    assert list(Tie.objects.values_list("recommendation", flat=True)) == [first.pk] * 3


def test_version_is_raised_once_by_a_commit(run):
    run([row("a")], "--commit")
    before = version()
    run([row("a"), row("b")], "--commit")

    assert version() == before + 1


# --- Again ---------------------------------------------------------------------------------


def test_second_run_changes_nothing(run):
    run(SIXTY, "--commit")
    before = rows_of_everything(), version()

    said = run(SIXTY, "--commit")

    assert (rows_of_everything(), version()) == before
    assert said.splitlines()[-2:] == [
        "Rows: 0 new, 0 changed, 59 unchanged, 1 repeated, 0 refused, 0 missing.",
        "Nothing was written: there is nothing new in it.",
    ]


def test_order_of_rows_and_columns_does_not_matter(run):
    run(SIXTY, "--commit")
    data = csv_of(
        SIXTY[::-1],
        encoding="utf-8",
        end="\n",
        headers=["Session", "Issue", "Text", "From", "To", "Action", "Response"],
    )

    assert "Rows: 0 new, 0 changed, 59 unchanged, 1 repeated, 0 refused, 0 missing." in run(data)


def test_workbook_holds_the_same_rows(run):
    run(SIXTY, "--commit")

    assert "Rows: 0 new, 0 changed, 59 unchanged, 1 repeated, 0 refused" in run(xlsx_of(SIXTY), name="upr.xlsx")


def test_changed_cells_are_brought_up_to_date(run):
    run([row("a", response="Noted", issue="Justice,Minorities"), row("b")], "--commit")
    record = Recommendation.objects.get(statement="a")
    ours = ThemeFactory(published=True, name="Ours")
    record.themes.add(ours)
    Recommendation.objects.filter(pk=record.pk).update(rationale="An editor wrote this.")

    said = run([row("a", response="Accepted", action="5", issue="Justice,Detention"), row("b")], "--commit")

    assert "Rows: 0 new, 1 changed, 1 unchanged" in said
    assert f"  line 2, {record.code.upper()}: a" in said.splitlines()
    record.refresh_from_db()
    assert (record.action, record.rationale, record.state) == (5, "An editor wrote this.", "published")
    assert sorted(record.themes.values_list("name", flat=True)) == ["Detention", "Justice", "Ours"]
    assert [response.answer for response in Response.objects.filter(addressee__recommendation=record)] == ["supported"]
    assert "0 changed, 2 unchanged" in run([row("a", action="5", issue="Justice,Detention"), row("b")])


def test_edited_text_is_new_and_the_old_one_missing(run):
    run([row("Old words"), row("b"), row("c", session="7")], "--commit")
    old = Recommendation.objects.get(statement="Old words")

    said = run([row("New words"), row("b")], "--commit")

    assert "Rows: 1 new, 0 changed, 1 unchanged, 0 repeated, 0 refused, 1 missing." in said
    assert f"{old.code.upper()}: Old words" in said
    assert Recommendation.objects.public().filter(pk=old.pk).exists()


def test_what_editors_correct_is_not_undone_by_a_second_run(run):
    run([row("Teh mud")], "--commit")
    record = Recommendation.objects.get()
    record.statement = "The mud"
    record.save()

    assert "0 new, 0 changed, 1 unchanged" in run([row("Teh mud")], "--commit")
    assert Recommendation.objects.get().statement == "The mud"


def test_withdrawn_row_stays_withdrawn(run):
    run([row("a"), row("b")], "--commit")
    withdraw(record=Recommendation.objects.get(statement="a"), kind="error")

    said = run([row("a", response="Noted"), row("b")], "--commit")

    assert "line 2: It has changed, but was withdrawn at the desk: it is left as it is." in said
    assert Recommendation.objects.get(statement="a").state == "withdrawn"
    assert "0 missing" in run([row("b")])


def test_two_identities_with_the_same_digits_get_two_codes(run, monkeypatch):
    monkeypatch.setattr(codes, "DIGITS", 1)
    rows = [row(f"Text {number}") for number in range(20)]

    run(rows, "--commit")

    found = dict(Recommendation.objects.values_list("code", "imported__identity"))
    assert len(found) == 20
    assert all(identity.startswith(code.rpartition("-")[2]) for code, identity in found.items())
    assert sorted({len(code.rpartition("-")[2]) for code in found})[:2] == [1, 2]
    assert "0 new, 0 changed, 20 unchanged" in run(rows)


def test_row_that_is_there_needs_no_record_by_its_old_name(run):
    run([row("a"), row("b", sender="Peru")], "--commit")
    chad = Organisation.objects.get(name="Chad")
    chad.name, chad.kind = "Republic of the Lake", "other"
    chad.save()

    said = run([row("a"), row("b", sender="Peru"), row("c", sender="Peru")], "--commit")

    assert "1 new, 0 changed, 2 unchanged" in said
    assert not Organisation.objects.filter(name="Chad").exists()


# --- Refusals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("a"), row("b", response="Perhaps")], "line 3: “Response” holds the unknown code “perhaps”"),
        ([row("a"), row("=1+1")], "line 3: “Text” begins like a formula ('=1+1'): only text is imported."),
        ([row("a"), row("a", response="Noted")], "line 3: It repeats line 2, but its other cells differ."),
        (csv_of([row("a")]) + b"\rshort,row", "line 3: It has 2 cells; the headings have 11."),
    ],
)
def test_refused_row_keeps_everything_from_being_written(run, capsys, rows, said):
    before = rows_of_everything()
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        out.write(run(rows, "--commit"))

    assert str(refusal.value) == "1 rows are refused (see above): nothing was written."
    assert rows_of_everything() == before


def test_name_of_two_organisations_refuses_its_row(run):
    for name in ("Chad", "Republic of Chad"):
        OrganisationFactory(name=name, aliases="Chad", kind="state")

    with pytest.raises(CommandError, match="1 rows are refused"):
        run([row("a"), row("b", sender="Peru")], "--commit")
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "upr.csv: The file is empty."),
        (b"To,Text\r1,2", "upr.csv: The columns From, Response, Action, Issue, Session are missing;"),
        (b"To,Text\r1,\0", "upr.csv: Line 2 holds a NUL byte"),
    ],
)
def test_bad_file_is_refused_in_a_sentence(run, data, said):
    with pytest.raises(CommandError) as refusal:
        run(data, "--commit")

    assert str(refusal.value).startswith(said)


def test_large_file_is_refused_before_it_is_read(run, monkeypatch):
    monkeypatch.setattr("recommendations.management.commands.import_recommendations.COMMAND", Limits(10, 10))
    monkeypatch.setattr("recommendations.management.commands.import_recommendations.read", None)

    with pytest.raises(CommandError, match=r"upr.csv: The file has 0 MB; at most 0 MB are read. Split it."):
        run(SIXTY)


def test_file_that_is_not_there_is_named():
    with pytest.raises(CommandError, match=r"nothing.csv: There is no such file."):
        call_command("import_recommendations", "nothing.csv", "--mapping", "upr")


def test_encoding_is_taken_from_the_option(run):
    data = csv_of([row("Hissène")], encoding="utf-8")

    assert "  Hissène" in run(data, "--encoding", "utf-8").splitlines()
    assert "CSV, UTF-8 (as you said)" in run(data, "--encoding", "UTF8")
    assert "  Hiss√®ne" in run(data).splitlines()


def test_failure_halfway_leaves_nothing(run, monkeypatch):
    before = rows_of_everything()
    monkeypatch.setattr("recommendations.imports.writing._tie", lambda plan: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run(SIXTY, "--commit")
    assert rows_of_everything() == before


def test_limits_are_those_of_the_manual():
    assert (reading.COMMAND.size, reading.DESK.size, reading.DESK.rows) == (100 * 1024**2, 10 * 1024**2, 10_000)
