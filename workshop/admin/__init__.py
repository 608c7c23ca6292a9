"""The programme at the desk, and what every admin of ours shares.

``publishing`` holds the buttons, ``steps`` what they do, ``standing`` what is
said of a record; the other modules are one noun each.
"""

from workshop.admin import correction, document, edition, image, link, series, tag, takedown, talk, theme, user

__all__ = [
    "correction",
    "document",
    "edition",
    "image",
    "link",
    "series",
    "tag",
    "takedown",
    "talk",
    "theme",
    "user",
]
