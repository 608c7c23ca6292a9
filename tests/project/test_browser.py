"""The browser of the journeys is not blind: what goes wrong on a page fails its test."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def faulty(page):
    page.goto("/about/")
    yield page
    page.faults.clear()


def test_page_without_faults_passes(page):
    answer = page.goto("/about/")

    assert answer.status == 200
    assert page.faults == []


@pytest.mark.parametrize(
    ("doing", "said"),
    [
        ("setTimeout(() => { throw new Error('broken') })", "script on {url}: broken"),
        ("console.error('wrong')", "console on {url}: wrong"),
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        ("fetch('http://127.0.0.1:9/x').catch(() => 0)", "http://127.0.0.1:9/x"),
        ("document.body.append(Object.assign(new Image(), {src: '/static/none.png'}))", "Failed to load resource"),
        ("location = 'http://127.0.0.1:9/x'", "asked 127.0.0.1:9"),
    ],
)
def test_what_goes_wrong_is_a_fault(faulty, doing, said):
    said = said.format(url=faulty.url)
    faulty.evaluate(f"() => {{ {doing} }}")
    faulty.wait_for_timeout(300)

    assert [fault for fault in faulty.faults if said in fault] != []
