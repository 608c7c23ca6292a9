"""Pictures at the desk: dropped, pointed at, chosen by what they show; and sent without script."""

import base64

import pytest
from playwright.sync_api import expect

from speakers.models import Speaker
from tests.desk import admin_url
from tests.factories import ImageFactory, SpeakerFactory, UserFactory
from tests.images.uploads import SVG, encoded
from tests.journeys.steps import press, sign_in
from tests.journeys.test_axe_admin import faults, ready
from workshop.images.models import Image

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """files => {
    const carried = new DataTransfer();
    for (const [name, type, data] of files) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        carried.items.add(new File([bytes], name, { type }));
    }
    const place = document.querySelector("#content");
    for (const kind of ["dragenter", "dragover", "drop"])
        place.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
}"""


def drop(page, *files):
    page.evaluate(DROP, [[name, kind, base64.b64encode(data).decode()] for name, kind, data in files])


def outcomes(page):
    page.wait_for_selector("[data-drop-status] a")
    return [
        words.split(" It ")[0].split(". Up")[0] for words in page.locator(".picture-outcomes li").all_inner_texts()
    ]


@pytest.fixture
def person():
    return UserFactory(role="author")


@pytest.mark.both_databases
def test_dropped_files_become_drafts_or_say_why_not(page, person):
    sign_in(page, person)
    page.goto(admin_url(Image))
    png = encoded("PNG", size=(400, 300))

    drop(page, ("red.png", "image/png", png), ("a.svg", "image/svg+xml", SVG), ("again.png", "image/png", png))

    assert outcomes(page) == [
        "red.png",
        "a.svg This is not a picture we can read",
        "again.png You have it in the library already. Open it",
    ]
    assert list(Image.objects.values_list("state", "created_by")) == [("draft", person.pk)]
    page.get_by_role("link", name="Show them in the list").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    expect(page.locator(".picture-lacks")).to_have_text("Lacks a credit and alternative text")


def test_files_are_sent_when_they_are_chosen(page, person):
    sign_in(page, person)
    page.goto(admin_url(Image))

    page.set_input_files("#picture-files", {"name": "a.png", "mimeType": "image/png", "buffer": encoded("PNG")})

    assert outcomes(page) == ["a.png"]
    page.get_by_role("link", name="Open it").click()
    expect(page.get_by_label("Alternative text:")).to_be_visible()


def test_files_are_sent_without_script(new_page, person):
    page = new_page(java_script_enabled=False)
    sign_in(page, person)
    page.goto(admin_url(Image))
    files = [
        {"name": "a.png", "mimeType": "image/png", "buffer": encoded("PNG")},
        {"name": "b.svg", "mimeType": "image/svg+xml", "buffer": SVG},
    ]

    page.set_input_files("#picture-files", files)
    page.get_by_role("button", name="Upload").click()

    expect(page.locator("ul.messagelist li")).to_have_count(2)
    said = page.locator("ul.messagelist li").all_inner_texts()
    assert [words.split(".")[0] for words in said] == ["1 picture is in the library, as drafts", "“b"]
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


def test_script_says_when_one_is_logged_out(page, person):
    sign_in(page, person)
    page.goto(admin_url(Image))
    page.context.clear_cookies()

    drop(page, ("a.png", "image/png", encoded("PNG")))

    assert "log" in outcomes(page)[0]
    assert Image.objects.count() == 0
    page.faults.clear()  # the browser says on its console that the answer was refused


def test_focal_point_is_clicked_and_moved_by_keys(page):
    image = ImageFactory(alt="Grey")
    sign_in(page, UserFactory(role="editor"))
    page.goto(admin_url(image, "change"))
    picture = page.locator("[data-focal-picture] img")
    picture.evaluate("(image) => image.decode()")
    frame = picture.bounding_box()

    picture.click(position={"x": frame["width"] * 0.25, "y": frame["height"] * 0.75})
    clicked = page.input_value("#id_focal_x"), page.input_value("#id_focal_y")
    expect(page.locator("[data-focal-mark]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowUp")

    assert clicked == ("0.25", "0.75")
    expect(page.locator("[data-focal-said]")).to_have_text("24 % from the left, 65 % from the top. Save to keep it.")
    assert page.eval_on_selector("[data-focal-cut]", "image => image.style.objectPosition") == "24% 65%"
    press(page, "Save", "The picture “Grey” was changed successfully.")
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (0.24, 0.65)


def test_focal_point_stays_inside(page):
    image = ImageFactory(focal_x=0.01)
    sign_in(page, UserFactory(role="editor"))
    page.goto(admin_url(image, "change"))

    page.focus("[data-focal-mark]")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")

    assert page.input_value("#id_focal_x") == "0"


def test_portrait_is_chosen_by_its_thumbnail(page):
    person, image = SpeakerFactory(name="Ada Berg"), ImageFactory(alt="Ada at a table")
    sign_in(page, UserFactory(role="editor"))
    page.goto(admin_url(person, "change"))
    seen = page.locator(".field-portrait .picture-chosen")
    expect(seen).to_be_hidden()

    page.click(".field-portrait .select2-selection")
    page.keyboard.type("Ada")
    offered = page.locator(".select2-results__option .picture-offer:has-text('Ada at a table') img")
    expect(offered).to_have_attribute("src", f"/admin/images/image/{image.pk}/preview/320/")
    page.keyboard.press("Enter")

    expect(seen).to_have_attribute("src", f"/admin/images/image/{image.pk}/preview/320/")
    expect(seen).to_be_visible()
    page.click("input[name=_save]")
    page.wait_for_selector(".messagelist .success")
    assert Speaker.objects.get().portrait == image


@pytest.mark.both_databases
def test_pictures_are_chosen_in_the_grid_and_published_together(page):
    ImageFactory(alt="One"), ImageFactory(alt="Two")
    sign_in(page, UserFactory(role="editor"))
    page.goto(admin_url(Image))

    page.check("#action-toggle")
    page.select_option("select[name=action]", label="Publish")
    page.click("button[name=index]")

    page.wait_for_selector(".messagelist .success")
    assert set(Image.objects.values_list("state", flat=True)) == {"published"}


def test_axe_finds_nothing_in_the_library_before_and_after_a_drop_nor_on_a_withdrawal(page):
    image = ImageFactory(published=True)
    SpeakerFactory(portrait=image)
    sign_in(page, UserFactory(role="editor"))
    page.goto(admin_url(image, "withdraw"))
    ready(page)
    withdrawal = faults(page)
    page.goto(admin_url(Image))
    ready(page)
    before = faults(page)

    drop(page, ("red.png", "image/png", encoded("PNG")), ("a.svg", "image/svg+xml", SVG))

    assert len(outcomes(page)) == 2
    assert (withdrawal, before, faults(page)) == ([], [], [])


@pytest.mark.both_databases
def test_replaced_picture_comes_back_with_the_version_that_had_it(page):
    image = ImageFactory(published=True)
    old = image.file.name
    sign_in(page, UserFactory(role="editor"))
    page.goto(admin_url(image, "change"))
    page.set_input_files("#id_file", {"name": "b.png", "mimeType": "image/png", "buffer": encoded("PNG")})
    page.get_by_role("button", name="Publish changes", exact=True).click()
    expect(page.locator("ul.messagelist .success")).to_be_visible()
    assert Image.objects.get().file.name != old

    page.goto(admin_url(image, "history"))
    page.get_by_role("link", name="Take this up").last.click()
    expect(page.get_by_text("The file that it had then comes back, unless you choose another one.")).to_be_visible()
    ready(page)
    assert faults(page) == []
    page.get_by_role("button", name="Publish changes", exact=True).click()
    expect(page.locator("ul.messagelist .success")).to_be_visible()

    assert Image.objects.get().file.name == old


@pytest.mark.both_databases
def test_deleted_picture_is_recovered_with_its_file(page, person):
    image = ImageFactory(created_by=person, alt="A grey field")
    sign_in(page, person)
    page.goto(admin_url(image, "delete"))
    page.get_by_role("button", name="Yes, I’m sure").click()

    page.get_by_role("link", name="Deleted", exact=True).click()
    page.get_by_role("link", name="A grey field").click()
    page.get_by_role("link", name="Recover", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("ul.messagelist .success")).to_be_visible()

    assert (Image.objects.get().file.name, Image.objects.get().pk == image.pk) == (image.file.name, False)
