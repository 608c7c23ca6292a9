"""What may stand in a log line."""

import logging
import re

QUERY = re.compile(r"\?\S*")


class WithoutQuery(logging.Filter):
    """Cuts query strings out of log messages: people search for names.

    Django's request loggers put the path into the message's arguments, so the
    message is rendered first and cut after. A request that was refused, for a host
    that is not ours say, is a line and no stack: nothing of ours has failed.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = QUERY.sub("?…", record.getMessage())
        record.args = ()
        if record.name.startswith("django.security."):
            record.exc_info = None
        return True
