"""The page of all corrections."""

from __future__ import annotations

from django.db.models import QuerySet

from workshop.corrections.models import Correction
from workshop.views.corrected import CorrectionRow, correction_rows
from workshop.views.public import PublicList


class CorrectionList(PublicList):
    """What was corrected in records that readers see, the newest first."""

    model = Correction
    template_name = "workshop/correction_list.html"

    def rows(self, records: QuerySet[Correction]) -> list[CorrectionRow]:
        return correction_rows(records)
