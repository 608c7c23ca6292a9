"""The demo content: what it holds. That it is told in words of ours is tested beside its source."""

import datetime as dt
from collections import Counter

from django.core.files.storage import default_storage
from django.test import TestCase

from recommendations.models import Addressee, Position, Recommendation, Response, Stance, StatusInterval
from speakers.models import Affiliation, Speaker
from workshop.demo.load import load
from workshop.models import Delivery, Document, Media, Quote, Series, Talk, Workshop

CODES = [f"kw12-r{number:02}" for number in range(1, 16)]


class DemoTestCase(TestCase):
    """A class, so that the content is loaded once."""

    @classmethod
    def setUpTestData(cls):
        load()


class TestEdition(DemoTestCase):
    def test_demo_edition_tells_its_cancellation_and_its_days_online(self):
        edition = Workshop.objects.public().get(code="KW12")

        assert edition.status_line() == "Cancelled 2020-03 · convened online from 16 June 2020"
        assert edition.status_changes.first().previous_start == dt.date(2020, 3, 13)
        assert (edition.start, edition.end) == (dt.date(2020, 6, 16), None)

    def test_demo_edition_has_its_themes_in_order_with_their_days(self):
        themes = Workshop.objects.get(code="KW12").workshop_themes.public()

        assert [(row.theme.slug, row.day, bool(row.introduction)) for row in themes] == [
            ("human-rights-and-denuclearisation", 3, True),
            ("freedom-of-information", 2, True),
            ("the-role-of-the-united-nations", 1, True),
        ]

    def test_demo_previous_edition_is_an_empty_frame(self):
        edition = Workshop.objects.public().get(series__code="KW", ordinal=11)

        assert (edition.start, edition.question, edition.introduction, edition.hero) == (None, "", "", None)
        assert (
            not edition.talks.exists()
            and not edition.workshop_themes.exists()
            and not edition.recommendations.exists()
        )

    def test_demo_series_has_host_and_funder(self):
        series = Series.objects.public().get(code="KW")

        assert [host.parent.slug for host in series.hosts.public()] == ["shorenstein-aparc"]
        assert [funder.slug for funder in series.funders.public()] == ["koret-foundation"]

    def test_demo_picture_is_ours_and_small(self):
        hero = Workshop.objects.get(code="KW12").hero

        assert hero.alt.startswith("Drawing: ")
        assert hero.credit == "Drawn for Rapporteur"
        assert default_storage.size(str(hero.file.name)) < 60_000


class TestPeopleAndTalks(DemoTestCase):
    def test_demo_experts_are_the_eight_of_the_write_up(self):
        assert set(Speaker.objects.public().values_list("slug", flat=True)) == {
            "victor-cha",
            "tae-ung-baik",
            "robert-king",
            "nat-kretchun",
            "martyn-williams",
            "minjung-kim",
            "joon-oh",
            "michael-kirby",
        }
        assert set(Speaker.objects.values_list("native_name", "portrait")) == {("", None)}

    def test_demo_fellowships_have_a_funder_and_a_term(self):
        fellowships = Affiliation.objects.filter(funder__slug="koret-foundation").order_by("term")

        assert [(row.speaker.slug, row.term, row.current) for row in fellowships] == [
            ("robert-king", "fall quarter 2019", False),
            ("victor-cha", "winter quarter 2020", False),
        ]

    def test_demo_presentations_were_prepared_and_not_delivered(self):
        talks = Talk.objects.public().filter(workshop__code="KW12")

        assert Counter(talks.values_list("delivery", flat=True)) == {Delivery.NOT_DELIVERED: 8}
        assert {talk.when.iso for talk in talks} == {"2020-03"}
        assert all(talk.key_message and talk.summary and talk.themes.exists() for talk in talks)

    def test_demo_talks_elsewhere_have_recordings_without_invented_addresses(self):
        recordings = Media.objects.public().order_by("kind")

        assert [(row.kind, row.excerpt, row.url, row.file.name, row.talk.workshop) for row in recordings] == [
            ("audio", True, "", "", None),
            ("video", False, "", "", None),
        ]

    def test_demo_inquiry_has_its_symbol_and_its_chair(self):
        report = Document.objects.public().get(symbol="A/HRC/25/63")

        assert report.date == dt.date(2014, 2, 7)
        assert [(row.speaker.slug, row.role) for row in report.people.public()] == [("michael-kirby", "chair")]


class TestProposals(DemoTestCase):
    def test_demo_proposals_by_expert(self):
        proposed = Position.objects.attributable().filter(stance=Stance.PROPOSES)

        assert Counter(proposed.values_list("speaker__slug", flat=True)) == {
            "victor-cha": 4,
            "tae-ung-baik": 2,
            "robert-king": 2,
            "minjung-kim": 1,
            "joon-oh": 1,
            "michael-kirby": 5,
        }
        assert sorted(Recommendation.objects.public().values_list("code", flat=True)) == CODES

    def test_demo_experts_who_only_report_take_no_position(self):
        reporting = Position.objects.filter(speaker__slug__in=["nat-kretchun", "martyn-williams"])

        assert not reporting.exists()

    def test_demo_compound_demand_is_split_under_its_parent(self):
        children = Recommendation.objects.public().filter(parent__isnull=False)

        assert list(children.values_list("parent__code", "code")) == [
            ("kw12-r01", "kw12-r02"),
            ("kw12-r01", "kw12-r03"),
            ("kw12-r01", "kw12-r04"),
            ("kw12-r05", "kw12-r06"),
        ]

    def test_demo_other_stances_say_in_a_note_what_they_rest_on(self):
        others = Position.objects.attributable().exclude(stance=Stance.PROPOSES).order_by("recommendation__code")

        assert [(row.recommendation.code, row.person.slug, row.stance, bool(row.note)) for row in others] == [
            ("kw12-r01", "robert-king", Stance.SUPPORTS, True),
            ("kw12-r03", "joon-oh", Stance.SUPPORTS, True),
            ("kw12-r13", "victor-cha", Stance.SUPPORTS, True),
            ("kw12-r15", "joon-oh", Stance.DOUBTS, True),
        ]

    def test_demo_addressees_are_marked_where_they_are_inferred(self):
        inferred = Addressee.objects.filter(inferred=True).order_by("recommendation__code")

        assert list(inferred.values_list("recommendation__code", "organisation__slug")) == [
            ("kw12-r05", "international-community"),
            ("kw12-r06", "international-community"),
            ("kw12-r10", "united-nations"),
            ("kw12-r13", "international-community"),
            ("kw12-r15", "un-security-council"),
        ]
        assert list(Recommendation.objects.filter(addressees=None).values_list("code", flat=True)) == ["kw12-r09"]
        assert not Response.objects.exists()

    def test_demo_proposals_rest_on_words_in_the_write_up(self):
        resting = Recommendation.objects.public().tracing().filter(source_quote__document__kind="write-up")

        assert resting.count() == len(CODES)
        assert {record.made.iso for record in resting} == {"2020-03"}
        assert not Quote.objects.exclude(talk__isnull=False, speaker__isnull=False).exists()

    def test_demo_envoy_goes_forward_and_back(self):
        envoy = Recommendation.objects.get(code="kw12-r04")

        statuses = [(row.status, row.start, row.end) for row in StatusInterval.objects.filter(recommendation=envoy)]
        assert statuses == [
            ("in-progress", dt.date(2023, 1, 31), dt.date(2023, 10, 31)),
            ("implemented", dt.date(2023, 10, 31), dt.date(2025, 1, 31)),
            ("reversed", dt.date(2025, 1, 31), None),
        ]
        assert [law.slug for law in envoy.legal_basis.public()] == ["north-korean-human-rights-act"]

    def test_demo_follow_ups_have_evidence_that_can_be_opened(self):
        addresses = {
            row.evidence.url if row.evidence else row.evidence_url
            for record in Recommendation.objects.all()
            for row in record.follow_ups.public()
        }

        assert addresses == {
            "https://www.ajupress.com/view/20250423111743883",
            "https://www.koreaherald.com/article/10472083",
            "https://en.prothomalo.com/international/asia/o769jv1y2w",
        }
