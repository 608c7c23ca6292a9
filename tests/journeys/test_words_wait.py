"""Words that the desk could not take in wait in the browser, for who typed them, until it has them."""

import pytest
from playwright.sync_api import expect

from tests.desk import PASSWORD, admin_url
from tests.factories import TalkFactory, UserFactory
from tests.journeys.test_nothing_lost import signed_in
from workshop.editing.models import Unsaved
from workshop.models import Talk

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

WAITING = "Object.keys(localStorage).filter((key) => key.startsWith('desk:words:'))"


@pytest.fixture
def user():
    return UserFactory(role="editor", password=PASSWORD)


@pytest.fixture
def talk():
    return TalkFactory(title="A title", summary="As it was.", published=True)


def line(page):
    return page.locator("[data-kept]")


def opened(page, *address):
    """The page, once its script has spoken with the desk."""
    with page.expect_response("**/autosave/"):
        page.goto(admin_url(*address))


def another_window(page):
    window = page.context.new_page()
    window.set_default_timeout(10_000)
    return window


def log_in(page, user):
    page.goto("/admin/login/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    expect(page.get_by_role("heading", name="Editors’ desk", level=1)).to_be_visible()


def type_in_a_tunnel(page, words):
    page.context.set_offline(True)
    page.fill("#id_title", words)
    expect(line(page)).to_have_text(
        "The desk does not answer. Your words wait here, and are kept on this device.", timeout=10_000
    )


def close_in_the_tunnel(page):
    """The browser goes before the line is back; another window of it opens when it is."""
    page.faults.clear()  # the browser says in red that there was no line
    window = another_window(page)
    page.close()
    window.context.set_offline(False)
    return window


class TestLoginInAnotherWindow:
    def test_typing_goes_on_in_the_first(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        page.context.clear_cookies(name="sessionid")
        page.fill("#id_title", "Typed too late")
        expect(line(page)).to_contain_text("You are logged out. Log in again in another window, then go on here.")

        log_in(another_window(page), user)
        page.fill("#id_title", "Typed too late, and on")

        expect(line(page)).to_contain_text("What you typed is kept, as of")
        page.faults.clear()  # 401 and 403
        page.get_by_role("button", name="Save draft", exact=True).click()
        expect(page.locator(".messagelist")).to_contain_text("Your draft is saved.")
        expect(page.locator("#id_title")).to_have_value("Typed too late, and on")
        assert (page.evaluate(WAITING), Unsaved.objects.count()) == ([], 0)

    def test_first_is_sent_at_once_and_its_words_come_back(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        page.context.clear_cookies(name="sessionid")
        log_in(another_window(page), user)
        page.fill("#id_title", "Typed too late")

        page.get_by_role("button", name="Save draft", exact=True).click()
        page.get_by_role("button", name="Show what I typed", exact=True).click()

        expect(page.locator("#id_title")).to_have_value("Typed too late")
        page.get_by_role("button", name="Save draft", exact=True).click()
        expect(page.locator(".messagelist")).to_contain_text("Your draft is saved.")
        expect(page.locator("#id_title")).to_have_value("Typed too late")
        expect(page.locator(".desk-offer")).to_have_count(0)

    def test_somebody_else_there_is_given_nothing(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        other = another_window(page)
        page.context.clear_cookies(name="sessionid")
        log_in(other, UserFactory(role="editor", password=PASSWORD))

        page.fill("#id_title", "Words of the first")

        expect(line(page)).to_contain_text("Somebody else is logged in here now.")
        page.faults.clear()  # 403
        opened(other, talk, "change")
        expect(other.locator(".desk-offer")).to_have_count(0)
        assert (len(page.evaluate(WAITING)), Unsaved.objects.count()) == (1, 0)


class TestLineThatIsCut:
    def test_words_are_offered_each_time_until_they_are_taken_or_dropped(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        type_in_a_tunnel(page, "Typed in a tunnel")
        window = close_in_the_tunnel(page)

        offers = []
        for _ in range(2):
            window.goto(admin_url(talk, "change"))
            expect(window.get_by_role("link", name="Bring it back")).to_have_count(1)
            offers.append((window.evaluate(WAITING), Unsaved.objects.count()))
            window.goto("/admin/")
        window.goto(admin_url(talk, "change"))
        window.get_by_role("link", name="Bring it back").click()

        expect(window.locator("#id_title")).to_have_value("Typed in a tunnel")
        assert offers == [([], 1), ([], 1)]

    def test_two_windows_lose_neither(self, new_page, user):
        page = signed_in(new_page, user)
        opened(page, Talk, "add")
        second = another_window(page)
        opened(second, Talk, "add")
        type_in_a_tunnel(page, "First new talk")
        type_in_a_tunnel(second, "Second new talk")
        second.close()
        window = close_in_the_tunnel(page)

        window.goto(admin_url(Talk, "add"))

        expect(window.get_by_role("link", name="Bring it back")).to_have_count(2)
        kept = sorted(unsaved.content.fields["title"][0] for unsaved in Unsaved.objects.all())
        assert kept == ["First new talk", "Second new talk"]

    def test_somebody_else_in_the_same_browser_is_not_offered_them(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        type_in_a_tunnel(page, "Words of the first")
        window = close_in_the_tunnel(page)
        window.context.clear_cookies(name="sessionid")
        log_in(window, UserFactory(role="editor", password=PASSWORD))

        opened(window, talk, "change")
        expect(window.locator(".desk-offer")).to_have_count(0)
        window.get_by_role("button", name="Log out").click()
        log_in(window, user)
        window.goto(admin_url(talk, "change"))

        window.get_by_role("link", name="Bring it back").click()
        expect(window.locator("#id_title")).to_have_value("Words of the first")

    def test_words_sent_with_a_button_into_it_are_offered_in_their_tab(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        page.context.set_offline(True)
        page.fill("#id_title", "Sent into a tunnel")
        page.get_by_role("button", name="Save draft", exact=True).click()
        page.wait_for_url("chrome-error://**")
        page.context.set_offline(False)
        page.faults.clear()

        page.goto(admin_url(talk, "change"))
        page.get_by_role("link", name="Bring it back").click()

        expect(page.locator("#id_title")).to_have_value("Sent into a tunnel")

    def test_words_that_arrived_with_their_button_are_not_offered(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        page.fill("#id_title", "Sent at once")
        with page.expect_response(
            lambda answer: "autosave" in answer.url and "_waited" in (answer.request.post_data or "")
        ):
            page.get_by_role("button", name="Save draft", exact=True).click()

        expect(page.locator("#id_title")).to_have_value("Sent at once")
        expect(page.locator(".desk-offer")).to_have_count(0)
        assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('desk:words:'))") == []

    def test_fault_that_never_arrived_costs_no_word(self, new_page, user, talk):
        """The desk found a fault and stored nothing, and its answer was lost on the way."""
        page = signed_in(new_page, user)
        page.on("dialog", lambda dialog: dialog.accept())
        opened(page, talk, "change")

        def lose(route):
            route.fetch()
            route.abort()

        page.route("**/change/", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
        page.evaluate("document.querySelector('#id_title').required = false")
        page.fill("#id_title", "")
        page.fill("#id_summary", "Forty minutes of work")
        with page.expect_event("requestfailed"):
            page.get_by_role("button", name="Publish changes", exact=True).click(no_wait_after=True)
        page.faults.clear()
        page.unroute("**/change/")

        opened(page, talk, "change")

        expect(page.locator(".desk-offer")).to_contain_text("you typed something here that was not saved")
        page.get_by_role("link", name="Bring it back").click()
        expect(page.locator("#id_summary")).to_have_value("Forty minutes of work")

    def test_what_came_back_with_a_fault_is_kept_once_and_not_offered_beside_itself(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        page.evaluate("document.querySelector('#id_title').required = false")
        page.fill("#id_title", "")
        page.fill("#id_summary", "Forty minutes of work")
        with page.expect_response(lambda answer: "autosave" in answer.url and answer.request.method == "POST"):
            page.get_by_role("button", name="Publish changes", exact=True).click()
        expect(page.locator(".errornote")).to_be_visible()

        expect(line(page)).to_contain_text("What you typed is kept", timeout=10_000)

        expect(page.locator(".desk-offer")).to_have_count(0)
        assert Unsaved.objects.get().content.fields["summary"] == ["Forty minutes of work"]
        assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('desk:words:'))") == []

    def test_line_that_hangs_keeps_what_is_typed_and_says_so(self, new_page, user, talk):
        page = signed_in(new_page, user)
        page.add_init_script(
            "const real = AbortSignal.timeout; AbortSignal.timeout = (ms) => real.call(AbortSignal, ms / 10)"
        )
        opened(page, talk, "change")
        page.route("**/autosave/", lambda route: None)  # asked, and never answered

        page.fill("#id_title", "Typed into a line that hangs")

        expect(line(page)).to_have_text("The desk does not answer. Your words wait here, and are kept on this device.")
        assert len(page.evaluate(WAITING)) == 1


class TestWhatWaits:
    ENTRY = """([key, days]) => localStorage.setItem(
        'desk:words:' + key, JSON.stringify({ at: Date.now() - days * 86400000, fields: [['title', key]] }))"""

    def test_a_month_is_the_longest_and_thirty_the_most(self, new_page, user, talk):
        page = signed_in(new_page, user)
        for number in range(35):
            page.evaluate(self.ENTRY, [f"0:/elsewhere/:{number}", number])

        opened(page, talk, "change")

        assert len(page.evaluate(WAITING)) == 30
        assert page.evaluate("localStorage.getItem('desk:words:0:/elsewhere/:30')") is None

    def test_what_is_refused_stays_and_can_be_dropped(self, new_page, user, talk):
        page = signed_in(new_page, user)
        address = admin_url(talk, "autosave")
        page.evaluate(self.ENTRY, [f"{user.pk}:{address}:abc", 1])
        page.route("**/autosave/", lambda route: route.fulfill(status=500))
        page.goto(admin_url(talk, "change"))
        expect(page.locator(".desk-offer")).to_contain_text("that could not be sent. It is kept on this device.")
        page.faults.clear()  # 500

        page.get_by_role("button", name="Drop it", exact=True).click()

        expect(page.locator(".desk-offer")).to_have_count(0)
        assert page.evaluate(WAITING) == []

    def test_what_is_refused_can_be_sent_again(self, new_page, user, talk):
        page = signed_in(new_page, user)
        opened(page, talk, "change")
        type_in_a_tunnel(page, "Typed in a tunnel")
        window = close_in_the_tunnel(page)
        window.route("**/autosave/", lambda route: route.fulfill(status=500))
        window.goto(admin_url(talk, "change"))
        # What is sent while a window closes may arrive or not: then the desk offers it, too.
        expect(window.get_by_text("that could not be sent. It is kept on this device.")).to_be_visible()
        window.unroute("**/autosave/")

        window.get_by_role("button", name="Send it now, and show it", exact=True).click()

        expect(window.locator("#id_title")).to_have_value("Typed in a tunnel")
        assert window.evaluate(WAITING) == []
