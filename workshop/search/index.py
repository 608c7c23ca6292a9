"""Writing the index: entries, the totals of their terms, names and spellings.

Called within a transaction that holds ``lock()``: two editors then index one after
the other, and every total is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from workshop.models import SiteState
from workshop.search.indexed import Indexed, TermRef
from workshop.search.kinds import BY_NUMBER, FEW, JOINTS, MASK, RECORDS, SHIFT, facet_of, has_few, span
from workshop.search.models import Alias, Entry, NameWord, Pair, Term
from workshop.search.query import phrase_of
from workshop.search.sources import READERS
from workshop.search.stores import store

AT_ONCE = 300  # rows in one statement
ALIASED = frozenset({"speaker", "organisation", "theme"})  # whose other names find what names them


def lock() -> None:
    """Hold the site's one row until the transaction ends."""
    SiteState.objects.select_for_update().filter(pk=1).values_list("pk").first()


def refresh(kind: str, ids: Collection[int], *, words: set[str] | None = None) -> set[int]:
    """Index records anew, or forget those that are not public any more.

    Returns the keys of those of which other records show something that has
    changed. Whoever builds everything gives ``words``: spellings are then put there
    instead of written, and totals are left alone, because both are made at the end.
    """
    fresh = {row.object_id: row for row in READERS[kind](ids)}
    if words is not None:
        words.update(*(row.spellings for row in fresh.values()))
    rows = Entry.objects.filter(kind=RECORDS[kind], object_id__in=ids)
    stored = {key: (ord_, digest, face) for key, ord_, digest, face in _values(rows)}
    changed = [row for key, row in fresh.items() if key not in stored or stored[key][1] != row.digest]
    outdated = [ord_ for key, (ord_, digest, _) in stored.items() if key not in fresh or fresh[key].digest != digest]
    if not changed and not outdated:
        return set()
    before = store().terms_of(outdated) if outdated and kind == "recommendation" else {}
    if outdated or changed:
        store().remove(sorted({*outdated, *(row.ord for row in changed)}))  # also what an interrupted hand has left
        Alias.objects.filter(ord__in=outdated).delete()
        NameWord.objects.filter(ord__in=outdated).delete()
    terms = _terms_for(changed)
    written = [(row, [terms[term.facet, term.value] for term in row.terms]) for row in changed]
    if written:
        store().add(written)
        _write_names(changed)
    if words is None:
        write_spellings({word for row in changed for word in row.spellings})
        _count(before.values(), [keys for _, keys in written])
    faces = {key: face for key, (_, _, face) in stored.items()}
    fresh_faces = {key: row.face for key, row in fresh.items()}
    return {key for key in faces.keys() | fresh_faces.keys() if faces.get(key) != fresh_faces.get(key)}


def _values(rows: Any) -> Iterable[tuple[int, int, str, str]]:
    return rows.values_list("object_id", "ord", "digest", "face")


# --- terms -----------------------------------------------------------------------------------


def _terms_for(rows: Iterable[Indexed]) -> dict[tuple[int, str], int]:
    """The keys of the terms of these rows; new values get one, changed names are kept."""
    wanted = {(term.facet, term.value): term for row in rows for term in row.terms}
    known: dict[tuple[int, str], int] = {}
    renamed: list[Term] = []
    for some in _in_parts(sorted(wanted)):
        for term in Term.objects.filter(_any_of(some)):
            ref = wanted[term.facet, term.value]
            known[term.facet, term.value] = term.pk
            if (term.label, term.label_ko) != (ref.label[:500], ref.label_ko[:500]):
                term.label, term.label_ko = ref.label[:500], ref.label_ko[:500]
                renamed.append(term)
    Term.objects.bulk_update(renamed, ["label", "label_ko"], batch_size=AT_ONCE)
    return known | _new_terms([ref for key, ref in wanted.items() if key not in known])


def _any_of(terms: Sequence[tuple[int, str]]) -> Q:
    """The condition on a term that it is one of these; facet by facet, as the terms are indexed."""
    values: dict[int, list[str]] = {}
    for facet, value in terms:
        values.setdefault(facet, []).append(value)
    return Q(*(Q(facet=facet, value__in=some) for facet, some in values.items()), _connector=Q.OR)


def _new_terms(refs: Sequence[TermRef]) -> dict[tuple[int, str], int]:
    made: list[Term] = []
    last: dict[int, int] = {}
    for ref in refs:
        if ref.facet in BY_NUMBER and ref.value == BY_NUMBER[ref.facet].missing:
            made.append(Term(id=span(ref.facet)[0], facet=ref.facet, value=ref.value))
            continue
        if ref.facet not in last:
            start, end = span(ref.facet)
            newest = Term.objects.filter(pk__gte=start, pk__lte=end).order_by("-pk").values_list("pk", flat=True)
            last[ref.facet] = newest.first() or start
        last[ref.facet] += 1
        made.append(
            Term(
                id=last[ref.facet],
                facet=ref.facet,
                value=ref.value,
                label=ref.label[:500],
                label_ko=ref.label_ko[:500],
            )
        )
    Term.objects.bulk_create(made, batch_size=AT_ONCE)
    return {(term.facet, term.value): term.pk for term in made}


def _count(before: Iterable[Sequence[int]], after: Iterable[Sequence[int]]) -> None:
    """Bring totals up to date by what these entries had and what they have now."""
    single: Counter[int] = Counter()
    double: Counter[tuple[int, int]] = Counter()
    for sign, entries in ((-1, before), (1, after)):
        for terms in entries:
            for term in terms:
                single[term] += sign
            others = [term for term in terms if facet_of(term) not in JOINTS]
            for term in terms:
                if has_few(term):
                    for other in others:
                        if other != term:
                            double[term, other] += sign
    _add(
        "UPDATE search_term SET total = total + n.column2 FROM (VALUES {rows}) n WHERE search_term.id = n.column1",
        [(term, number) for term, number in sorted(single.items()) if number],
    )
    _add(
        "INSERT INTO search_pair (term, other, total) VALUES {rows} "
        "ON CONFLICT (term, other) DO UPDATE SET total = search_pair.total + excluded.total",
        [(term, other, number) for (term, other), number in sorted(double.items()) if number],
    )


def _add(statement: str, rows: Sequence[tuple[int | str, ...]]) -> None:
    with connection.cursor() as cursor:
        for some in _in_parts(rows):
            marks = ",".join("(" + ",".join(["%s"] * len(row)) + ")" for row in some)
            cursor.execute(statement.format(rows=marks), [value for row in some for value in row])


def recount() -> None:
    """All totals anew, from the entries themselves."""
    Term.objects.exclude(total=0).update(total=0)
    Pair.objects.all().delete()
    if connection.vendor == "postgresql":
        _recount_in_place()
    else:
        _count((), store().every_terms())
    Term.objects.filter(total=0).delete()


def _recount_in_place() -> None:
    few = ",".join(map(str, sorted(FEW)))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_term SET total = n.number FROM (SELECT term, count(*) AS number "
            "FROM search_entry e, unnest(e.terms || e.joints) term GROUP BY term) n WHERE search_term.id = n.term"
        )
        cursor.execute(
            "INSERT INTO search_pair (term, other, total) SELECT a, b, count(*) "
            "FROM search_entry e, unnest(e.terms) a, unnest(e.terms) b "
            f"WHERE ((a >> {SHIFT}) IN ({few}) OR (a & {MASK}) = 0) AND a <> b GROUP BY a, b ORDER BY a, b"
        )


# --- words -----------------------------------------------------------------------------------


def _write_names(rows: Sequence[Indexed]) -> None:
    """The names that find one another, and the words of those that are offered."""
    aliases = []
    for row in rows:
        if row.kind in ALIASED:
            phrases = {phrase for name in (*row.title, *row.others) if (phrase := phrase_of(name)[:300])}
            aliases += [Alias(ord=row.ord, phrase=phrase) for phrase in sorted(phrases) if len(phrases) > 1]
    Alias.objects.bulk_create(aliases, batch_size=AT_ONCE)
    offered = [row for row in rows if row.kind != "recommendation"]  # nobody types a whole sentence
    names = [NameWord(ord=row.ord, word=word) for row in offered for word in sorted(row.name_words)]
    NameWord.objects.bulk_create(names, batch_size=AT_ONCE)


def write_spellings(words: Collection[str]) -> None:
    """The words that misspelt ones are compared with, each once."""
    _add(
        "INSERT INTO search_spelling (word) VALUES {rows} ON CONFLICT DO NOTHING", [(word,) for word in sorted(words)]
    )


def _in_parts(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE))
