"""What may stand in a log line."""

import logging
import re

QUERY = re.compile(r"\?\S*")
SECRET = re.compile(r"/preview/[\w-]{40,}")  # who reads the log must not open what it leads to


def without_secrets(text: str) -> str:
    """The line without query strings and without the tokens of secret links."""
    return SECRET.sub("/preview/…", QUERY.sub("?…", text))


class WithoutQuery(logging.Filter):
    """Cuts query strings out of log messages: people search for names. Tokens as well.

    Django's request loggers put the path into the message's arguments, so the
    message is rendered first and cut after; a stack likewise. A request that was
    refused, for a host that is not ours say, is a line and no stack: nothing of ours
    has failed.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            said = record.getMessage()
        except (TypeError, ValueError):  # arguments that do not fit must not fail the request
            said = str(record.msg)
        record.msg, record.args = without_secrets(said), ()
        if record.name.startswith("django.security."):
            record.exc_info = None
        elif record.exc_info:
            record.exc_text = without_secrets(logging.Formatter().formatException(record.exc_info))
        return True
