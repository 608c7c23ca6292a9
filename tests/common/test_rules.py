"""A rule that is compiled once finds the rows that the condition built anew finds, wherever it stands."""

from functools import reduce
from operator import or_

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from recommendations.models import Position, Recommendation
from speakers.models import Speaker
from tests.factories import SpeakerFactory, SpeakerNameFactory
from tests.project import hiding
from workshop.common.attribution import Attributed, Attribution, withheld_q
from workshop.common.publishing import PublicQuerySet, Publishable, State, public_q
from workshop.models import Quote, TalkSpeaker

pytestmark = pytest.mark.django_db
NAMING = [Position, Quote, TalkSpeaker]
# Not the correction: whether that is public is asked of its record, by a condition of its own.
RULED = [
    model
    for model in apps.get_models()
    if getattr(type(model._default_manager.all()), "public", None) is PublicQuerySet.public
]
LEVELS = [Attribution.AFFILIATION_ONLY, Attribution.NOT_ATTRIBUTED]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Every relation with a hidden end; half of the rows with a person withhold the name."""
    with django_db_blocker.unblock(), transaction.atomic():
        hiding.build()
        for published in (True, False):
            SpeakerNameFactory(speaker=SpeakerFactory(published=published))
        for model in NAMING:
            for number, row in enumerate(model._base_manager.order_by("pk")):
                level = number % 4 if number % 4 < 3 and row.affiliation_shown else 0
                model._base_manager.filter(pk=row.pk).update(attribution=level)
        yield
        transaction.set_rollback(True)


def keys(rows):
    return sorted(rows.order_by().values_list("pk", flat=True))


def through_joins(model: type[models.Model], prefix: str = "") -> Q:
    """The rule of "public" as one flat condition, written apart from the one that is tested."""
    condition = Q()
    if issubclass(model, Publishable):
        now = Q(**{f"{prefix}withdraw_at__gt": models.functions.Now()})
        condition = Q(**{f"{prefix}state": State.PUBLISHED}) & (Q(**{f"{prefix}withdraw_at__isnull": True}) | now)
    for name in (*getattr(model, "hidden_with", ()), *getattr(model, "named", ())):
        owner = through_joins(model._meta.get_field(name).related_model, f"{prefix}{name}__")
        unless = Q(**{f"{prefix}{name}__isnull": True})
        if name in getattr(model, "named", ()):
            unless |= Q(**{f"{prefix}attribution__gt": 0})
        condition &= owner | unless
    return condition


def built_anew(model: type[Attributed], level: int) -> Q:
    return reduce(or_, model.tied_attributions(level), Q(attribution__gte=level))


@pytest.mark.parametrize("model", RULED, ids=lambda model: model.__name__)
def test_public_finds_what_the_joined_condition_finds(model, world):
    everywhere = model._base_manager

    found = keys(everywhere.filter(public_q(model)))

    assert found == keys(everywhere.filter(through_joins(model)))
    assert found
    assert len(found) < everywhere.count()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("model", NAMING, ids=lambda model: model.__name__)
def test_withheld_finds_what_the_condition_built_anew_finds(model, level, world):
    everywhere = model._base_manager

    found = keys(everywhere.filter(withheld_q(model, level)))

    assert found == keys(everywhere.filter(built_anew(model, level)))
    assert found
    assert len(found) < everywhere.count()


@pytest.mark.parametrize("model", NAMING, ids=lambda model: model.__name__)
def test_shown_as_is_the_strictest_level_that_applies(model, world):
    shown = {row.pk: row.shown_as for row in model.objects.public()}

    strictest = {key: 0 for key in shown}
    for level in LEVELS:
        strictest |= dict.fromkeys(keys(model.objects.public().filter(built_anew(model, level))), level.value)

    assert shown == strictest


# --- Wherever it stands -----------------------------------------------------------------

PLACES = {
    "negated": lambda model, rule: ~Q(pk__in=keys(model._base_manager.filter(rule))),
    "in a subquery of its own table": lambda model, rule: Exists(model._base_manager.filter(rule, pk=OuterRef("pk"))),
    "in a subquery in a subquery of its own table": lambda model, rule: Exists(
        model._base_manager.filter(
            rule, Exists(model._base_manager.filter(rule, pk=OuterRef("pk"))), pk=OuterRef("pk")
        )
    ),
    "among keys": lambda model, rule: Q(pk__in=model._base_manager.filter(rule).values("pk")),
    "beside itself": lambda model, rule: rule | rule,
    "twice negated": lambda model, rule: ~~rule,
}


@pytest.mark.parametrize("place", [place for place in PLACES if place != "negated"])
@pytest.mark.parametrize("model", NAMING, ids=lambda model: model.__name__)
def test_rule_finds_the_same_rows_in_every_place(model, place, world):
    rule, everywhere = ~withheld_q(model, Attribution.AFFILIATION_ONLY) & public_q(model), model._base_manager

    found = keys(everywhere.filter(PLACES[place](model, rule)))

    assert found == keys(model.objects.attributable())
    assert found


@pytest.mark.parametrize("model", NAMING, ids=lambda model: model.__name__)
def test_rule_excludes_the_others(model, world):
    rule = withheld_q(model, Attribution.AFFILIATION_ONLY)

    assert keys(model._base_manager.exclude(rule)) == keys(model._base_manager.filter(PLACES["negated"](model, rule)))


def test_rule_holds_across_joins_unions_and_counts(world):
    named = Position.objects.attributable()
    proposers = Speaker.objects.public().filter(positions__in=named).distinct()

    assert keys(proposers) == sorted({row.speaker_id for row in named if row.speaker_id})
    assert len(named.order_by().union(Position.objects.attributable().order_by())) == named.count() == len(named)
    assert sorted(named.values_list("recommendation__code").annotate(n=models.Count("pk"))) == sorted(
        (code, sum(row.recommendation.code == code for row in named))
        for code in {row.recommendation.code for row in named}
    )


def test_rule_is_asked_anew_each_time():
    speaker = SpeakerFactory(published=True)
    shown = Speaker.objects.public().filter(pk=speaker.pk)
    before = keys(shown)

    Speaker.objects.filter(pk=speaker.pk).update(state=State.DRAFT)

    assert (before, keys(shown)) == ([speaker.pk], [])


def test_rule_about_another_table_is_refused():
    with pytest.raises(FieldError, match="says nothing of Speaker"):
        Speaker.objects.filter(public_q(Recommendation))
