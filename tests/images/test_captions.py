"""Captions are what a browser reads as captions, in order, and nothing else."""

import pytest

from tests.images.films import CAPTIONS
from workshop.images.captions import check
from workshop.images.stripping import Refused

pytestmark = pytest.mark.once

TIMES = "00:01.000 --> 00:04.000"
BAD = {
    "1\n00:00": "The file ends in .vtt, but it is not captions in WebVTT, which begin with the word WEBVTT.",
    "WEBVTTX\n": "The file ends in .vtt, but it is not captions in WebVTT, which begin with the word WEBVTT.",
    "WEBVTT\n\n": "The file holds no captions.",
    f"WEBVTT\n{TIMES}\nwords\n": "Line 2: an empty line has to stand above each caption.",
    f"WEBVTT\n\n{TIMES}\nwords\n{TIMES}\nwords\n": "Line 5: an empty line has to stand above each caption.",
    "WEBVTT\n\nwords alone\n": "Line 4: a caption needs its times, such as 00:01.000 --> 00:04.000.",
    "WEBVTT\n\n1,5 --> 4,0\nwords\n": "Line 3: a caption needs its times, such as 00:01.000 --> 00:04.000.",
    "WEBVTT\n\n00:04.000 --> 00:04.000\nwords\n": "Line 3: the caption ends before it begins.",
    f"WEBVTT\n\n00:02.000 --> 00:04.000\na\n\n{TIMES}\nb\n": "Line 6: the caption begins before the one above it. "
    "Put them in order.",
    f"WEBVTT\n\n{TIMES}\n<script>alert(1)</script>\n": "Line 4: “<” begins something that is not the markup of "
    "captions.",
    f"WEBVTT\n\n{TIMES}\n<img src=x onerror=alert(1)>\n": "Line 4: “<” begins something that is not the markup of "
    "captions.",
    f"WEBVTT\n\n<b onclick\n{TIMES}\nwords\n": "Line 3: “<” begins something that is not the markup of captions.",
    "WEBVTT\n\nSTYLE\n::cue { background: url(https://example.org/) }\n": "Line 3: styles and regions are not "
    "taken. Leave them out.",
    f"WEBVTT\n\n{TIMES}\n{'x' * 1001}\n": "Line 4 is too long for a caption.",
}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_captions_in_order_are_taken(ends):
    assert check(CAPTIONS.replace("\n", ends)) is None


@pytest.mark.parametrize(("text", "sentence"), BAD.items())
def test_what_a_browser_would_read_otherwise_is_refused_with_its_line(text, sentence):
    with pytest.raises(Refused) as refusal:
        check(text)

    assert str(refusal.value) == sentence
