"""Facets of who is asked, and what they answered."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from recommendations.facets.kinds import RecordFacet, RowFacet, Rows, Worded
from recommendations.models import Addressee, Answer, Response
from speakers.models import Organisation
from workshop.search.facets import Selection


class AddresseeFacet(RecordFacet):
    """Organisations that are asked; with ``response``, that answered so."""

    name = "addressee"
    label = _("Addressed to")
    none_label = _("Nobody named")
    phrase = _("addressed to {names}")
    none_phrase = _("addressed to nobody by name")

    def rows(self, selection: Selection) -> Rows:
        if answers := selection.real("response"):
            answered = Response.objects.public().filter(answer__in=answers)
            return Rows(answered, "addressee__organisation__slug", "addressee__recommendation")
        return Rows(Addressee.objects.public(), "organisation__slug")

    def known(self) -> QuerySet[Organisation]:
        return Organisation.objects.public()


class ResponseFacet(Worded, RowFacet):
    """Answers; with ``addressee``, of that organisation."""

    name = "response"
    label = _("Response")
    none_label = _("No response")
    phrase = _("answered with “{names}”")
    none_phrase = _("without a response")
    choices = Answer

    def rows(self, selection: Selection) -> Rows:
        responses = Response.objects.public()
        if bodies := selection.real("addressee"):
            responses = responses.filter(addressee__organisation__slug__in=bodies)
        return Rows(responses, "answer", "addressee__recommendation")
