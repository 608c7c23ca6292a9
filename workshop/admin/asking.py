"""The question that the desk asks before a published statement changes: is it a correction?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode

from workshop.common.publishing import Publishable, State
from workshop.corrections import statements
from workshop.corrections.actions import note_correction, refuse_withheld, withholds
from workshop.corrections.models import Correction
from workshop.editing.content import Content
from workshop.editing.models import Draft
from workshop.editing.reading import Reader
from workshop.editing.work import Work
from workshop.editing.working import WorkInProgress

ASK = "Readers may have quoted what you change here. Say above whether it is a correction, then publish again."
KINDS = [
    ("erratum", "Correction: something was wrong, and is put right."),
    ("revision", "Revision: it says something else now, for a reason."),
    ("retraction", "Retraction: a part of it is taken back."),
]


class NotSaid(Exception):
    """The correction could not be written after everything was saved: undo it, and show the page again."""

    def __init__(self, error: ValidationError):
        super().__init__(str(error))
        self.error = error


class CorrectionForm(forms.Form):
    """Whether a change is a correction, and what readers are told of it."""

    answer = forms.ChoiceField(
        label="Is it a correction that readers should know of?",
        choices=[("no", "No, a small change: a typo, style."), ("yes", "Yes, and this is what they are told:")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    kind = forms.ChoiceField(label="Kind", choices=KINDS, widget=forms.RadioSelect, required=False)
    note = forms.CharField(
        label="A sentence for readers", widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=2000
    )
    note_ko = forms.CharField(
        label="The same in Korean",
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ko"}),
        required=False,
        max_length=2000,
    )
    old = forms.BooleanField(label="Show them the words before, too", required=False)

    def __init__(self, *args, record: Any, old_words: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.record, self.old_words = record, old_words
        if not old_words:
            del self.fields["old"]

    def add_prefix(self, field_name: str) -> str:
        """Names of the page's own, as all that is part of no record: “_correction_note”."""
        return "_correction" if field_name == "answer" else f"_correction_{field_name}"

    def clean(self):
        """A correction says what kind it is, and what was corrected, and tells no withheld name."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") != "yes":
            return cleaned
        note, note_ko = cleaned.get("note", ""), cleaned.get("note_ko", "")
        if not cleaned.get("kind"):
            self.add_error("kind", "Say what kind of change it is.")
        if not (note or note_ko) and not self.errors.keys() & {"note", "note_ko"}:
            self.add_error("note", "Tell readers in a sentence what was corrected.")
        try:
            refuse_withheld(record=self.record, note=note, note_ko=note_ko, old_words="")
        except ValidationError as error:
            self.add_error(None, error.messages)
        return cleaned

    def carry_out(self, by: Any) -> Correction | None:
        """Write the correction, if it is one. Raises ValidationError where it must not be said."""
        answers = self.cleaned_data
        if answers["answer"] != "yes":
            return None
        words = {name: answers[name] for name in ("kind", "note", "note_ko")}
        return note_correction(
            record=self.record, **words, old_words=self.old_words if answers.get("old") else "", by=by
        )


NAMES = ("_correction", *(f"_correction_{name}" for name in ("kind", "note", "note_ko", "old")))


class AsksForCorrections:
    """The part of a record's admin that asks. Stands before those that save."""

    kept_beside = (*WorkInProgress.kept_beside, *NAMES)

    # --- asking, and holding what was sent until there is an answer -----------------------

    def _before_save(self, request):
        request.correction = None
        if "_later" in request.POST and self._lacks_answer(request):
            return None  # nobody is there to be asked when the clock publishes it
        answer = super()._before_save(request)
        if answer is None and "_draft" not in request.POST:
            self._lacks_answer(request)
        return answer

    def _lacks_answer(self, request) -> bool:
        """Whether there is a question without an answer. The page is then shown again, with it."""
        work: Work = request.work
        if work.record is None or work.undecided or not work.fresh:
            return False
        request.correction = self._question(request, work, work.posted, data=request.POST)
        if request.correction is None or request.correction.is_valid():
            return False
        request.refusal = ValidationError(ASK)
        return True

    def _question(self, request, work: Work, content: Content, **given) -> CorrectionForm | None:
        """The question, where the content would change a statement that is public; else None."""
        record = statements.page_of(work.record)
        if not (isinstance(record, Publishable) and record.state == State.PUBLISHED and request.user.publishes):
            return None
        found = statements.changed(work.forms, work.live, content)
        if not found:
            return None
        words = "" if withholds(record) else statements.old_words(found)
        form: Any = CorrectionForm(record=record, old_words=words, **given)
        form.changes = Reader(work.forms).changes(found, work.live, content)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The page; where a correction must not be said as it is, nothing is saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotSaid as refusal:
            request.refusal = refusal.error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    # --- carrying it out, with the save ---------------------------------------------------

    def log_change(self, request, obj, message):
        super().log_change(request, obj, message)
        form: CorrectionForm | None = getattr(request, "correction", None)
        if form is not None:
            form.record = statements.page_of(obj)
            try:
                form.carry_out(request.user)
            except ValidationError as error:
                raise NotSaid(ValidationError(error.messages)) from error

    def note_of_save(self, request, obj) -> str:
        """The history says what was answered."""
        form: CorrectionForm | None = getattr(request, "correction", None)
        if form is None:
            return super().note_of_save(request, obj)
        answered = {"yes": "Noted as a correction.", "no": "A small change."}[form.cleaned_data["answer"]]
        return f"{super().note_of_save(request, obj)} {answered}".strip()

    # --- the page ------------------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        work: Work | None = getattr(request, "work", None)
        form: CorrectionForm | None = getattr(request, "correction", None)
        if form is None and request.method == "GET" and obj is not None and work is not None and work.shows:
            form = self._question(request, work, work.shows.content, initial=self._answered(work))
        return super().render_change_form(request, context | {"correction": form}, add, change, form_url, obj)

    @staticmethod
    def _answered(work: Work) -> dict[str, str]:
        """What was answered before. For a draft whoever publishes it decides: its words stay, not the choice."""
        kept = {name.removeprefix("_correction_"): value for name, value in work.beside.items() if name in NAMES}
        answer = kept.pop("_correction", "")
        return kept if work.shows and isinstance(work.shows.source, Draft) else kept | {"answer": answer}

    def history_view(self, request, object_id, extra_context=None):
        """With the corrections of a public record, and the way to note one that nobody was asked about."""
        record: Any = self._to_read(request, object_id)
        if request.user.publishes and can_be_corrected(record):
            query = urlencode({"model": record._meta.label_lower, "object_id": record.pk})
            extra_context = {
                "corrections": Correction.objects.of(record)[:100],
                "correct_url": f"{reverse('admin:corrections_correction_add')}?{query}",
            } | (extra_context or {})
        return super().history_view(request, object_id, extra_context)


def can_be_corrected(record: Any) -> bool:
    """Whether it has a page that readers see."""
    return hasattr(record, "get_absolute_url") and type(record)._default_manager.public().filter(pk=record.pk).exists()
