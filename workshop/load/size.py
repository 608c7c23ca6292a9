"""How much of everything goes with so many recommendations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of rows. Speakers, talks and documents grow with the recommendations.

    States, themes, keywords and editions do so only up to what the largest
    databases of the world hold: a larger database has more of each.
    """

    recommendations: int
    speakers: int
    talks: int
    documents: int
    themes: int
    states: int
    bodies: int
    tags: int
    editions: int

    @classmethod
    def of(cls, recommendations: int) -> Size:
        """At 100,000: 2,000 speakers, 10,000 talks, 200 themes, 200 States, 300 keywords, 20 editions."""

        def share(of: int, least: int, most: int | None = None) -> int:
            number = max(least, recommendations // of)
            return min(number, most) if most else number

        return cls(
            recommendations=recommendations,
            speakers=share(50, 12),
            talks=share(10, 8),
            documents=share(50, 6),
            themes=share(500, 20, 200),
            states=share(500, 12, 200),
            bodies=share(1000, 6, 60),
            tags=share(333, 15, 300),
            editions=share(100, 3, 20),
        )
