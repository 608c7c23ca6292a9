"""Codes are counted, permanent, and remembered for ever."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories import QuoteFactory, RecommendationFactory, WorkshopFactory
from workshop.actions import next_code, publish, withdraw
from workshop.models import Ledger

pytestmark = pytest.mark.django_db


def fate(record):
    row = Ledger.objects.get(code=record.code.lower())
    return row.fate, row.withdrawal, row.first_published_at is not None


def test_next_code_counts_on_whatever_becomes_of_the_codes():
    edition = WorkshopFactory(code="KW12")
    codes = [next_code(workshop=edition) for _ in range(2)]
    RecommendationFactory(workshop=edition).delete()

    assert [*codes, next_code(workshop=edition)] == ["kw12-r01", "kw12-r02", "kw12-r04"]


def test_next_code_passes_over_codes_that_were_given_by_hand():
    edition = WorkshopFactory(code="KW12")
    RecommendationFactory(workshop=edition, code="kw12-r01")
    RecommendationFactory(workshop=edition, code="kw12-r02").delete()

    assert next_code(workshop=edition) == "kw12-r03"


def test_code_given_once_is_never_given_again():
    edition = WorkshopFactory(code="KW12")
    RecommendationFactory(workshop=edition, code="kw12-r01").delete()

    with pytest.raises(IntegrityError), transaction.atomic():
        RecommendationFactory(workshop=edition, code="kw12-r01")
    with pytest.raises(ValidationError, match="Codes are never given twice"):
        WorkshopFactory.build(code="KW12").full_clean()


def test_code_of_a_published_edition_is_permanent():
    edition = WorkshopFactory(code="KW12", published=True)

    edition.code = "KW13"

    with pytest.raises(ValidationError, match="The code is permanent"):
        edition.full_clean()


def test_code_of_a_draft_may_change_and_stays_in_the_ledger():
    edition = WorkshopFactory(code="KW12")

    edition.code = "KW13"
    edition.full_clean()
    edition.save()

    assert list(Ledger.objects.values_list("code", "fate")) == [("kw12", "deleted"), ("kw13", "given")]


def test_ledger_outlives_what_it_tells_of():
    recommendation = publish(record=RecommendationFactory(source_quote=QuoteFactory()))
    fates = [fate(recommendation)]

    withdraw(record=recommendation, kind="request")
    fates.append(fate(recommendation))
    publish(record=recommendation)
    fates.append(fate(recommendation))

    assert fates == [("published", "", True), ("withdrawn", "request", True), ("published", "", True)]


def test_ledger_row_of_a_code_that_was_refused_is_not_kept():
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkshopFactory(code="KW12", title="", title_ko="", slug="twelfth")

    assert not Ledger.objects.exists()
