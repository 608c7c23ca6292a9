"""A record on the desk: what is stored, what is in work, and what the page is to show."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict

from workshop.editing import keeping, opened, restoring
from workshop.editing.content import DELETE, Content, Difference, Place, is_new, merge
from workshop.editing.copying import Copied, Copying, may_be_copied
from workshop.editing.files import names_in
from workshop.editing.formdata import PageForms
from workshop.editing.models import Draft, Revision, Unsaved, kind_of

LONGEST_BESIDE = 10_000


@dataclass
class Shown:
    """What fills the page instead of the live row, and what is said of it."""

    content: Content
    source: Draft | Unsaved | Revision | Copied | None = None
    conflicts: list[Difference] = field(default_factory=list)
    taken: list[Difference] = field(default_factory=list)


class Work:
    """What somebody does to one record, or to one that is being added."""

    def __init__(self, model_admin: Any, request: Any, record: Any | None):
        self.admin, self.request, self.record = model_admin, request, record
        self.forms = PageForms(model_admin, request, record)
        self.page = self._page()
        self.shows: Shown | None = None

    def _page(self) -> str:
        """The name of this page: of the one that is being sent, or taken up again, or a new one."""
        asked = self.request.POST.get("_page") or self.request.GET.get("unsaved") or ""
        return asked if asked.isalnum() and len(asked) <= 32 else secrets.token_hex(16)

    # --- what is stored ------------------------------------------------------------------

    @cached_property
    def live(self) -> Content:
        """What is stored in the record itself."""
        return self.forms.stored()

    @cached_property
    def draft(self) -> Draft | None:
        """Work in progress that waits beside a published record."""
        return Draft.objects.of(self.record).select_related("author").first() if self.record else None

    @property
    def current(self) -> Content:
        """What the next save would replace: the draft, else the live row."""
        return self.draft.content if self.draft else self.live

    @property
    def base(self) -> str:
        """What the page says it was opened with."""
        return self.current.fingerprint if self.record else ""

    # --- what was sent -------------------------------------------------------------------

    @cached_property
    def posted(self) -> Content:
        """What somebody sent, with what they decided where two versions met."""
        base = keeping.begun_from(self.record, self.request.POST.get("_base", "")) if self.record else None
        content = self.forms.posted(self.request.POST, base or (self.current if self.record else None))
        if self.record is not None:
            content = self.forms.with_newer(content, self.request.POST.get("_form", ""), self.current)
        for place, theirs, choice in self._decisions():
            content = _decided(content, place, theirs, choice)
        return content

    def _decisions(self):
        for asked in self.request.POST.getlist("_ask"):
            try:
                question = json.loads(asked)
                place, theirs = Place.read(str(question["place"])), [str(value) for value in question["theirs"]]
            except (ValueError, KeyError, TypeError):
                continue
            yield place, theirs, self.request.POST.get(f"_take:{place}", "")

    @property
    def opened(self) -> str:
        """The seal that the page carries: its person may work on the record, which was in this state."""
        if self.record is None or self._state_when_opened is not None:
            return self.request.POST.get("_opened", "")
        state = getattr(self.record, "state", "")
        return opened.seal(user=self.request.user, model=self.admin.model, key=self.record.pk, state=state)

    @property
    def opened_in(self) -> str:
        """The state in which the page says that it was opened; empty where it does not say."""
        return self._state_when_opened or ""

    @cached_property
    def _state_when_opened(self) -> str | None:
        if self.record is None:
            return None
        sealed = self.request.POST.get("_opened", "")
        return opened.state_at(sealed, user=self.request.user, model=self.admin.model, key=self.record.pk)

    @property
    def undecided(self) -> bool:
        """True where two versions met and somebody did not say which is to stand."""
        return any(choice not in {"mine", "theirs", "both"} for _, _, choice in self._decisions())

    @property
    def older(self) -> bool:
        """True where the page was opened before an update that gave it more fields, or fewer."""
        return self.request.POST.get("_form", self.forms.names) != self.forms.names

    @property
    def begun(self) -> str:
        """What the words that were sent were begun from: until it is decided, what two versions have in common."""
        sent = self.request.POST
        return sent.get("_begun" if self.undecided else "_base", "")

    @property
    def fresh(self) -> bool:
        """Whether nobody has saved since the page was opened, or what is sent is what they saved."""
        sent = self.request.POST
        if self.posted.says_the_same(self.current):
            return True
        same = sent.get("_base") == self.current.fingerprint
        return same and (self.draft is None or sent.get("_live") == self.live.fingerprint)

    def as_decided(self) -> QueryDict:
        """What was sent, with the decisions in their places."""
        data = self.forms.data(self.posted)
        for name in self.request.POST:
            if name.startswith("_") or name == "csrfmiddlewaretoken":
                data.setlist(name, self.request.POST.getlist(name))
        return data

    # --- what is shown ---------------------------------------------------------------------

    def shown(self) -> Shown | None:
        """What the page shows instead of the live row; None where it shows that."""
        if self.record is None:
            if deleted := self._deleted():
                return Shown(restoring.as_new(self.forms, deleted), deleted)
            if copied := self._copied():
                return Shown(copied.content, copied)
            unsaved = self._unsaved()
            return Shown(unsaved.content, unsaved) if unsaved else None
        if revision := self._revision():
            return Shown(_in_place_of(self.current, revision.content), revision)
        shown = self._draft_shown()
        if unsaved := self._unsaved():
            ground = shown.content if shown else self.live
            merged = merge(self._begun_from(unsaved.base), unsaved.content, ground)
            before = shown.conflicts if shown else []
            return Shown(merged.content, unsaved, [*before, *merged.conflicts], merged.taken)
        return shown

    def _begun_from(self, fingerprint: str) -> Content | None:
        """What words were begun from: what is stored, or what was kept."""
        known = self.live.fingerprint == fingerprint
        return self.live if known else keeping.begun_from(self.record, fingerprint) if self.record else None

    def _draft_shown(self) -> Shown | None:
        if self.draft is None or self.record is None:
            return None
        if self.draft.live == self.live.fingerprint:
            return Shown(self.draft.content, self.draft)
        merged = merge(keeping.begun_from(self.record, self.draft.live), self.draft.content, self.live)
        return Shown(merged.content, self.draft, merged.conflicts, merged.taken)

    def _unsaved(self) -> Unsaved | None:
        return self._mine().filter(page=self.page).first() if "unsaved" in self.request.GET else None

    def _mine(self):
        key = self.record.pk if self.record else None
        mine = Unsaved.objects.filter(author=self.request.user, content_type=kind_of(self.admin.model))
        return mine.filter(object_id=key)

    def offered(self) -> list[Unsaved]:
        """What the same person typed on other pages of this record, and has not saved."""
        others = [kept for kept in self._mine().exclude(page=self.page)[:5] if not self._is_saved(kept)]
        return others

    def _is_saved(self, kept: Unsaved) -> bool:
        if self.record is None:
            made = keeping.made_by(kept.page, self.admin.model, self.request.user)
            return made is not None and kept.content.words == made.sent
        return kept.content.says_the_same(self.current)

    def _revision(self) -> Revision | None:
        """The revision that the address names. Raises Http404 for one that is not this record's."""
        if self.record is None or "revision" not in self.request.GET:
            return None
        return _found(restoring.revision_of(self.record, self.request.GET["revision"]))

    def _deleted(self) -> Revision | None:
        """The deleted record that the address names. Raises Http404 for one that is not theirs to recover."""
        if "recover" not in self.request.GET:
            return None
        return _found(restoring.deleted_of(self.request.user, self.admin.model, self.request.GET["recover"]))

    def _copied(self) -> Copied | None:
        """The copy of the record that the address names. Raises Http404 for one that is not theirs to copy."""
        if "copy" not in self.request.GET:
            return None
        key = restoring.key_in(self.request.GET["copy"])
        record = self.admin.get_object(self.request, str(key)) if key is not None else None
        if record is None or not may_be_copied(self.admin, self.request, record):
            raise Http404
        return Copying(self.admin, self.request, self.forms, record).copied()

    @property
    def beside(self) -> dict[str, str]:
        """What was sent along that is part of no record; else what was kept with what the page shows."""
        if self.request.method == "POST":
            names = [name for name in self.admin.kept_beside if self.request.POST.get(name)]
            return {name: self.request.POST[name][:LONGEST_BESIDE] for name in names}
        source = self.shows.source if self.shows else None
        if isinstance(source, Revision):
            return {"_restored": str(source.pk)}
        return source.beside if source else {}

    @property
    def restored(self) -> str:
        """The key of the revision that is being taken up; empty for none."""
        return self.beside.get("_restored", "")

    @property
    def is_copy(self) -> bool:
        """Whether the page was filled with what another record says."""
        return "_copied" in self.beside

    @property
    def may_come_back(self) -> frozenset[str]:
        """The names of files that the version had that is being taken up. What was a draft is what somebody sent."""
        if self.record is None:
            revision = restoring.deleted_of(self.request.user, self.admin.model, self.restored)
        else:
            revision = restoring.revision_of(self.record, self.restored)
        if revision is None or revision.kind == Revision.Kind.DRAFT:
            return frozenset()
        return frozenset(names_in(revision.content))

    @cached_property
    def lacks(self) -> list[str]:
        """Sentences on what was kept, or sent, and is left out of the form: it is gone, or cannot be brought back."""
        if self.request.method == "POST":
            return restoring.gone(self.forms, self.posted, self.request.user)
        if self.shows is None or self.shows.source is None:
            return []
        if isinstance(self.shows.source, Copied):
            return self.shows.source.lacks
        if isinstance(self.shows.source, Revision):
            return restoring.lacks(self.forms, self.shows.source.content, self.request.user)
        return restoring.gone(self.forms, self.shows.content, self.request.user)


def _found(revision: Revision | None) -> Revision:
    if revision is None:
        raise Http404
    return revision


def _decided(content: Content, place: Place, theirs: list[str], choice: str) -> Content:
    """The content with one decision carried out."""
    if not place.name:  # a row that they removed and I had changed
        rows = dict(content.rows.get(place.prefix, {}))
        if choice == "theirs":
            # Sent back without its key, it has a name of its own: it goes by what it says.
            gone = next((row for row, fields in rows.items() if is_new(row) and _says(fields) == sorted(theirs)), None)
            rows.pop(gone or place.row, None)
        return replace(content, rows={**content.rows, place.prefix: rows})
    if place.prefix and place.row not in content.rows.get(place.prefix, {}):
        return content
    if choice == "theirs":
        return content.having(place, theirs)
    if choice == "both":
        both = [text for text in (*theirs, *content.at(place)) if text.strip()]
        return content.having(place, ["\n\n".join(dict.fromkeys(both))])
    return content


def _says(fields: dict[str, list[str]]) -> list[str]:
    return sorted(value for values in fields.values() for value in values)


def _in_place_of(current: Content, old: Content) -> Content:
    """An old content that would be restored: rows that it has not are marked to be removed."""
    rows = {prefix: dict(found) for prefix, found in old.rows.items()}
    for prefix, stored in current.rows.items():
        for row, fields in stored.items():
            if not is_new(row) and row not in rows.get(prefix, {}):
                rows.setdefault(prefix, {})[row] = {**fields, DELETE: ["on"]}
    return replace(old, rows=rows)
