"""Sound, film, papers and captions are what their names say."""

import pytest
from django.core.exceptions import ValidationError

from tests.images.uploads import HTML, SVG, encoded, upload
from workshop.images.recordings import check

pytestmark = pytest.mark.once

GOOD = {
    "film.mp4": b"\0\0\0\x18ftypmp42",
    "film.WEBM": b"\x1a\x45\xdf\xa3\x01",
    "sound.mp3": b"ID3\x04",
    "bare.mp3": b"\xff\xfb\x90",
    "sound.m4a": b"\0\0\0\x18ftypM4A ",
    "sound.ogg": b"OggS\0",
    "paper.pdf": b"%PDF-1.7\n",
    "text.txt": "말씀\n".encode(),
    "captions.vtt": b"\xef\xbb\xbfWEBVTT\n\n",
}
BAD = {
    "film.mp4": (HTML, "The file ends in .mp4, but it is not an MP4 film."),
    "film.webm": (b"", "The file ends in .webm, but it is not a WebM film."),
    "sound.mp3": (encoded("PNG"), "The file ends in .mp3, but it is not MP3 sound."),
    "sound.ogg": (b"Ogg", "The file ends in .ogg, but it is not Ogg sound."),
    "paper.pdf": (HTML + b"%PDF-", "The file ends in .pdf, but it is not a PDF."),
    "text.txt": (b"\xff\xfe\0", "The file ends in .txt, but it is not plain text in UTF-8."),
    "captions.vtt": (
        b"1\n00:00",
        "The file ends in .vtt, but it is not captions in WebVTT, which begin with the word WEBVTT.",
    ),
    "picture.svg": (SVG, "Files of this kind are not kept here."),
    "page.html": (HTML, "Files of this kind are not kept here."),
}


@pytest.mark.parametrize(("name", "content"), GOOD.items())
def test_recording_is_taken(name, content):
    assert check(upload(content, name)) is None


@pytest.mark.parametrize(("name", "content", "sentence"), [(name, *rest) for name, rest in BAD.items()])
def test_what_is_not_what_it_says_is_refused_with_a_sentence(name, content, sentence):
    with pytest.raises(ValidationError) as refusal:
        check(upload(content, name))

    assert refusal.value.messages == [sentence]


def test_recording_that_is_too_large_is_refused(settings):
    settings.RECORDING_MAX_BYTES = 1024 * 1024

    with pytest.raises(ValidationError) as refusal:
        check(upload(b"ID3" + b"\0" * 1024 * 1024, "sound.mp3"))

    assert refusal.value.messages == ["The file is larger than 1 MB. Give the address of a provider instead."]
