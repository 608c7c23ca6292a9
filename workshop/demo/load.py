"""Everything in order, from the ground up."""

from django.db import transaction

from workshop.demo import documents, edition, organisations, people, pictures, proposals, talks


def load() -> None:
    """Enter what is missing of the demo. What is there, as editors left it, stays."""
    drawing = None if edition.is_there() else pictures.hero()
    with transaction.atomic():
        organisations.enter()
        people.enter()
        documents.enter()
        edition.enter_themes()
        edition.enter_editions(pictures.enter(drawing) if drawing else None)
        talks.enter()
        proposals.enter()
