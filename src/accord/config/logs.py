"""How a line of the log is written."""

import logging
import time


class OneEntryALine(logging.Formatter):
    """Times are UTC. What follows in further lines is indented, so that no text can pass for an entry of its own."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        return "\n    ".join(super().format(record).splitlines())
