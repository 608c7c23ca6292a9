"""Writes that touch several records: publishing above all.

Nothing else changes a publishing state. The admin, the commands and every
other door call these.
"""

from workshop.actions.due import look_ahead, run_due_publications
from workshop.actions.editions import change_status, next_code, remove_status
from workshop.actions.holding import public_changed
from workshop.actions.names import withheld_names_in
from workshop.actions.publishing import as_published, publish, schedule, withdraw, withdraw_later
from workshop.actions.review import send_back, submit, take_back

__all__ = [
    "as_published",
    "change_status",
    "look_ahead",
    "next_code",
    "public_changed",
    "publish",
    "remove_status",
    "run_due_publications",
    "schedule",
    "send_back",
    "submit",
    "take_back",
    "withdraw",
    "withdraw_later",
    "withheld_names_in",
]
