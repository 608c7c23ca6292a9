"""What the import of a table asks: the file, then what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms

from recommendations.imports.columns import COLUMNS
from recommendations.imports.decoding import Undecodable, decode
from recommendations.imports.reading import DESK, Unreadable, refuse_size
from recommendations.models import Origin
from workshop.common.attribution import Attribution
from workshop.models import Scheme, Workshop

LIMITS = f"at most {DESK.size // 1024 // 1024} MB and {DESK.rows:,} rows"


class UploadForm(forms.Form):
    """The file, and its encoding where it is not found out."""

    file = forms.FileField(
        label="Table",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
        help_text=f"CSV or XLSX with a line of headings, {LIMITS}.",
    )
    encoding = forms.CharField(
        required=False,
        max_length=30,
        help_text="Leave it empty: it is found out and told to you. If words come out wrong, name it here: mac-roman.",
    )

    def clean_file(self):
        """Not larger than what is read; asked before it is read."""
        file = self.cleaned_data["file"]
        try:
            refuse_size(file.size, DESK)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return file

    def clean_encoding(self):
        """One that exists."""
        encoding = self.cleaned_data["encoding"].strip()
        try:
            decode(b"", encoding)
        except Undecodable as error:
            raise forms.ValidationError(str(error)) from error
        return encoding


class ColumnsForm(forms.Form):
    """What the columns mean, and what holds for every row."""

    like = forms.ChoiceField(
        label="The table is",
        widget=forms.RadioSelect,
        choices=[
            ("upr", "UPR Info’s: States, responses and issues of the Universal Periodic Review"),
            ("columns", "another one: its columns are those chosen below"),
        ],
    )
    publish = forms.BooleanField(
        label="Publish at once what comes from a UN mechanism, and pledges",
        required=False,
        help_text="Left empty, everything comes in as drafts. What experts propose is a draft in any case.",
    )
    origin = forms.ChoiceField(
        label="Origin, where no column says it", choices=Origin.choices, initial=Origin.TALK, required=False
    )
    edition = forms.ChoiceField(
        label="Edition, where no column says it",
        required=False,
        help_text="Recommendations of experts get their codes from it.",
    )
    scheme = forms.ChoiceField(label="The themes are", choices=Scheme.choices, required=False)
    between = forms.ChoiceField(
        label="Several names in one cell stand between",
        choices=[(";", "semicolons"), (",", "commas"), ("|", "upright strokes")],
        required=False,
    )
    attribution = forms.TypedChoiceField(
        label="The names of experts",
        coerce=int,
        empty_value=str(Attribution.NOT_ATTRIBUTED.value),
        required=False,
        choices=[
            (Attribution.NOT_ATTRIBUTED.value, "are not shown, until you change it on the recommendation"),
            (Attribution.ON_RECORD.value, "are on record"),
        ],
    )

    def __init__(self, *args, headers: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        codes = Workshop.objects.order_by("code").values_list("code", flat=True)
        self.fields["edition"].choices = [("", "–"), *((code, code) for code in codes)]
        for column in COLUMNS:
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=column.label,
                help_text=column.help,
                required=False,
                choices=[("", "–"), *((header, header) for header in headers)],
            )

    def for_all(self) -> list[forms.BoundField]:
        """The questions about every row."""
        return [self[name] for name in ("origin", "edition", "scheme", "between", "attribution")]

    def of_columns(self) -> list[forms.BoundField]:
        """The questions about columns."""
        return [self[f"column_{column.name}"] for column in COLUMNS]

    def clean(self):
        """A table needs a statement, and no column says two things."""
        cleaned = super().clean() or {}
        chosen = {column.name: cleaned.get(f"column_{column.name}", "") for column in COLUMNS}
        chosen = {name: header for name, header in chosen.items() if header}
        if cleaned.get("like") == "columns":
            if not {"statement", "statement_ko"} & set(chosen):
                self.add_error("column_statement", "Choose the column of the statement.")
            for name, header in chosen.items():
                if list(chosen.values()).count(header) > 1:
                    self.add_error(f"column_{name}", f"“{header}” is chosen twice.")
        cleaned["columns"] = chosen
        return cleaned

    def choices(self) -> dict[str, Any]:
        """What was chosen, as it is kept with the table."""
        names = ("like", "publish", "origin", "edition", "scheme", "between", "attribution", "columns")
        defaults = {"origin": Origin.TALK.value, "scheme": Scheme.PROGRAMME.value, "between": ";"}
        return {name: self.cleaned_data[name] or defaults.get(name, self.cleaned_data[name]) for name in names}
