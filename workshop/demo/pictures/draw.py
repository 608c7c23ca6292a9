"""Draws the picture of the twelfth edition: ``python workshop/demo/pictures/draw.py``.

Twelve strokes for twelve editions, all alike, for they measure nothing. The
last is broken off, and goes on beside itself in three pieces: cancelled, then
held online over three days.
"""

from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (1600, 720)
SCALE = 2  # drawn larger and reduced, for smooth edges
PAPER, INK, ACCENT, SIGNAL = "#e7e4da", "#191d21", "#0c4a54", "#9c2410"
LEFT, STEP, STROKE, SLANT = 120, 92, 14, 14
TOP, GROUND, BROKEN = 96, 624, 448
PIECE = (GROUND - TOP) / 3


def draw() -> Image.Image:
    """The picture, the same every time."""
    picture = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    pen = ImageDraw.Draw(picture)

    def stroke(left: float, top: float, bottom: float, colour: str, cut: float = 0) -> None:
        corners = [(left, top + cut), (left + STROKE, top), (left + STROKE, bottom), (left, bottom + cut)]
        if bottom == GROUND:
            corners[3] = (left, bottom)
        pen.polygon([(x * SCALE, y * SCALE) for x, y in corners], fill=colour)

    for edition in range(11):
        stroke(LEFT + edition * STEP, TOP, GROUND, INK)
    last = LEFT + 11 * STEP
    stroke(last, BROKEN, GROUND, SIGNAL, SLANT)
    for day in range(3):
        left = last + (day + 1) * STEP
        bottom = GROUND - day * PIECE
        stroke(left, bottom - PIECE, bottom, ACCENT, SLANT)
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw().save(Path(__file__).with_name("twelfth-edition.webp"), lossless=True, method=6)
