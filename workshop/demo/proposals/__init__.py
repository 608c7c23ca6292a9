"""Every proposal that the write-up contains, in its order, with the stances it reports."""

from recommendations import actions
from recommendations.models import Addressee, AffectedGroup, Goal, Origin, Position, Recommendation
from speakers.models import Organisation, Speaker
from workshop.actions import next_code, publish
from workshop.common.attribution import Attribution
from workshop.demo import follow_ups
from workshop.demo.edition import CODE
from workshop.demo.proposals import denuclearisation, information, united_nations
from workshop.demo.records import find, found
from workshop.demo.words import quote
from workshop.models import Document, Ledger, Theme, Workshop

PROPOSALS: list[dict] = denuclearisation.PROPOSALS + information.PROPOSALS + united_nations.PROPOSALS
BESIDE = {"words", "parent", "themes", "affected", "goals", "legal_basis", "tags", "addressees", "positions"}


def enter() -> None:
    """Enter the proposals whose codes were never given."""
    given = set(Ledger.objects.values_list("code", flat=True))
    for row in PROPOSALS:
        if row["code"] not in given:
            _enter(row)


def _enter(row: dict) -> None:
    edition = Workshop._base_manager.get(code=CODE)
    _count_up_to(edition, row["code"])
    proposal = actions.create(
        recommendation=Recommendation(
            workshop=edition,
            origin=Origin.TALK,
            source_quote=quote(row["words"]),
            parent=Recommendation._base_manager.filter(code=row.get("parent", "")).first(),
            **{name: value for name, value in row.items() if name not in BESIDE},
        )
    )
    proposal.themes.set(found(Theme, row["themes"]))
    proposal.affected.set(AffectedGroup.objects.filter(slug__in=row.get("affected", [])))
    proposal.goals.set(Goal.objects.filter(number__in=row["goals"]))
    proposal.legal_basis.set(found(Document, row.get("legal_basis", [])))
    proposal.tags.set(row["tags"])
    for order, addressee in enumerate(row["addressees"], start=1):
        slug, inferred = (addressee, False) if isinstance(addressee, str) else (addressee[0], True)
        Addressee.objects.create(
            recommendation=proposal, organisation=find(Organisation, slug), inferred=inferred, order=order
        )
    for order, position in enumerate(row["positions"], start=1):
        _take_position(proposal, row, position, order)
    follow_ups.enter(proposal)
    publish(record=proposal)


def _take_position(proposal: Recommendation, row: dict, position: dict, order: int) -> None:
    """Enter a stance; where no words of its own are given, it rests on those of the proposal."""
    words = quote(position.get("words") or row["words"])
    details = {name: value for name, value in position.items() if name not in {"speaker", "words"}}
    Position.objects.create(
        recommendation=proposal,
        speaker=find(Speaker, position["speaker"]),
        quote=words,
        talk=words.talk,
        attribution=Attribution.ON_RECORD,
        order=order,
        **details,
    )


def _count_up_to(edition: Workshop, code: str) -> None:
    """Take numbers from the edition's counter until it has given this one, so that no editor gets it again."""
    while edition.last_number < int(code.rpartition("r")[2]):
        next_code(workshop=edition)
        edition.refresh_from_db(fields=["last_number"])
