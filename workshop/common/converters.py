"""Path pieces: slugs may be Hangul."""


class AnySlug:
    """Letters of any script, digits, hyphen, underscore; so neither NUL nor slash."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
