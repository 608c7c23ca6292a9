"""Sound, film, papers and captions are what their names say, and tell nothing beside."""

import pytest
from django.core.exceptions import ValidationError

from tests.images import films
from tests.images.uploads import HTML, SVG, encoded, upload
from workshop.images.recordings import clean

pytestmark = pytest.mark.once

GOOD = {
    "film.mp4": films.mp4(),
    "film.WEBM": films.webm(),
    "sound.mp3": films.GEOB + films.SOUND,
    "bare.mp3": films.SOUND,
    "sound.m4a": films.mp4(tracks=(b"soun",)),
    "sound.ogg": films.opus(),
    "sound.oga": films.vorbis(),
    "paper.pdf": b"%PDF-1.7\n%%EOF\n",
    "text.txt": "말씀\n".encode(),
    "captions.vtt": b"\xef\xbb\xbf" + films.CAPTIONS.encode(),
}
DAMAGED = "The file is damaged: it ends early or cannot be read."
BAD = {
    "film.mp4": (HTML, "The file ends in .mp4, but it is not an MP4 film."),
    "sound.mp4": (films.mp4(tracks=(b"soun",)), "The file holds no film."),
    "film.m4a": (films.mp4(tracks=(b"vide", b"soun")), "The file holds not only sound."),
    "film.webm": (b"", "The file ends in .webm, but it is not a WebM film."),
    "sound.mp3": (encoded("PNG"), "The file ends in .mp3, but it is not MP3 sound."),
    "tag.mp3": (films.GEOB + HTML, "The file ends in .mp3, but it is not MP3 sound."),
    "sound.ogg": (b"Ogg", "The file ends in .ogg, but it is not Ogg sound."),
    "half.ogg": (films.opus()[:100], DAMAGED),
    "paper.pdf": (HTML + b"%PDF-", "The file ends in .pdf, but it is not a PDF."),
    "half.pdf": (b"%PDF-1.7\n1 0 obj", DAMAGED),
    "text.txt": (b"\xff\xfe\0", "The file ends in .txt, but it is not plain text in UTF-8."),
    "captions.vtt": (
        b"1\n00:00",
        "The file ends in .vtt, but it is not captions in WebVTT, which begin with the word WEBVTT.",
    ),
    "latin.vtt": (films.cue("Gr\xfc\xdfe").decode().encode("latin-1"), "The file ends in .vtt, but it is not captions "
                  "in UTF-8."),
    "picture.svg": (SVG, "Files of this kind are not kept here."),
    "page.html": (HTML, "Files of this kind are not kept here."),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), GOOD.items())
def test_recording_is_taken_and_cleaned_once(name, content):
    taken = clean(upload(content, name))
    after = taken.read()

    assert (films.SECRET in after, len(after)) == (False, taken.size)
    assert clean(taken) is taken


@pytest.mark.parametrize(("name", "content", "sentence"), [(name, *rest) for name, rest in BAD.items()])
def test_what_is_not_what_it_says_is_refused_with_a_sentence(name, content, sentence):
    with pytest.raises(ValidationError) as refusal:
        clean(upload(content, name))

    assert refusal.value.messages == [sentence]


def test_recording_that_is_too_large_is_refused(settings):
    settings.RECORDING_MAX_BYTES = 1024 * 1024

    with pytest.raises(ValidationError) as refusal:
        clean(upload(b"ID3" + b"\0" * 1024 * 1024, "sound.mp3"))

    assert refusal.value.messages == ["The file is larger than 1 MB. Give the address of a provider instead."]


def test_text_without_end_is_refused():
    with pytest.raises(ValidationError) as refusal:
        clean(upload(b"x" * (4 * 1024 * 1024 + 1), "text.txt"))

    assert refusal.value.messages == ["The file ends in .txt, but it is not plain text in UTF-8, or too long."]
