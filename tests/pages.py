"""The public pages, as the registry knows them."""

from django.urls import reverse

from workshop.registry import entries

FIXED = ("home", "about", "privacy", "accessibility", "corrections", "search", "tag-list")


def indexes() -> list[str]:
    """Pages that are there without any record."""
    return [reverse(name) for name in FIXED] + [reverse(f"{entry.name}-list") for entry in entries()]


def records() -> list[str]:
    """The page of every public record."""
    return [record.get_absolute_url() for entry in entries() for record in entry.model.objects.public()]


def one_of_each() -> list[str]:
    """Every index, and of each kind the newest record."""
    newest = [entry.model.objects.public().latest("pk") for entry in entries()]
    return indexes() + [record.get_absolute_url() for record in newest]


def korean(addresses: list[str]) -> list[str]:
    """The same pages in Korean."""
    return [f"/ko{address}" for address in addresses]
