"""Where a picture is used is said as far as one may see it: on its page, in the list, before it is withdrawn."""

import pytest

from tests.desk import admin_url
from tests.factories import (
    ImageFactory,
    MediaFactory,
    SpeakerFactory,
    TalkFactory,
    UserFactory,
    WorkshopFactory,
)
from workshop.images.models import Image
from workshop.library.uses import Use, uses_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(author):
    """A picture of an author, used by a public edition, by their own draft, and by a draft of somebody else."""
    image = ImageFactory(created_by=author.user, alt="Grey")
    edition = WorkshopFactory(published=True, title="Public edition", hero=image)
    own = TalkFactory(title="Own talk", created_by=author.user)
    MediaFactory(talk=own, title="Own film", poster=image)
    hidden = SpeakerFactory(name="Hidden person", portrait=image, created_by=UserFactory())
    return image, edition, own, hidden


def test_editor_is_told_of_every_use(picture, editor):
    image, edition, own, hidden = picture

    uses = sorted(uses_of([image], editor.user), key=lambda use: use.name)

    assert uses == [
        Use("expert, portrait", "Hidden person", admin_url(hidden, "change"), False),
        Use("recording, poster", "Own talk: Own film", admin_url(own, "change"), False),
        Use("edition, picture", str(edition), admin_url(edition, "change"), True),
    ]


def test_author_is_told_of_their_own_and_of_what_is_public(picture, author):
    image, edition, own, _ = picture

    found = [(use.name, use.url) for use in sorted(uses_of([image], author.user), key=lambda use: use.name)]

    assert found == [("Own talk: Own film", admin_url(own, "change")), (str(edition), "")]


def test_page_of_a_picture_links_to_where_it_is_used(picture, editor, author):
    image = picture[0]

    pages = [desk.get(image, "change").content.decode() for desk in (editor, author)]

    assert ["Hidden person" in page for page in pages] == [True, False]
    assert [f'<a href="{admin_url(picture[2], "change")}">Own talk: Own film</a>' in page for page in pages] == [
        True
    ] * 2


def test_list_counts_uses_that_one_may_see(picture, editor, author):
    def counts(desk):
        return [(row.alt, row.uses_there) for row in desk.get(Image).context["cl"].result_list]

    ImageFactory(alt="Unused", created_by=author.user)

    assert counts(editor) == [("Unused", 0), ("Grey", 3)]
    assert counts(author) == [("Unused", 0), ("Grey", 2)]


def test_list_is_narrowed_to_what_is_used(author, editor):
    hidden = ImageFactory(alt="Used by others", created_by=author.user)
    SpeakerFactory(portrait=hidden, created_by=UserFactory())
    mine = ImageFactory(alt="Used", created_by=author.user)
    SpeakerFactory(portrait=mine, created_by=author.user)

    def listed(desk, used):
        return sorted(row.alt for row in desk.get(Image, used=used).context["cl"].result_list)

    assert [listed(editor, used) for used in ("yes", "no", "?")] == [
        ["Used", "Used by others"],
        [],
        ["Used", "Used by others"],
    ]
    assert [listed(author, used) for used in ("yes", "no")] == [["Used"], ["Used by others"]]


def test_withdrawal_says_first_where_it_is_used(editor):
    image = ImageFactory(published=True)
    speaker = SpeakerFactory(published=True, portrait=image, name="Ada Berg")

    page = editor.get(image, "withdraw").content.decode()
    unused = editor.get(ImageFactory(published=True), "withdraw").content.decode()

    assert "readers then see them without the picture" in page
    assert f'<a href="{admin_url(speaker, "change")}">Ada Berg</a>' in page
    assert "No record uses it that you may see." in unused


def test_withdrawal_of_many_says_it_of_all(editor):
    images = [SpeakerFactory(published=True, portrait=ImageFactory(published=True)).portrait for _ in range(2)]
    data = {"action": "withdraw", "_selected_action": [image.pk for image in images]}

    page = editor.client.post(admin_url(Image), data).content.decode()

    assert page.count("(expert, portrait)") == 2
