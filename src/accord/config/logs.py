"""How a line of the log is written and where it goes; checkpoints of the trail also to the system's log, if named."""

import logging
import re
import time
from typing import Any

from django.core.exceptions import ImproperlyConfigured

SECRET_ADDRESS = re.compile(r"(/invitation/)[\w-]+")  # Django logs the address of whatever it refuses


class OneEntryALine(logging.Formatter):
    """Times are UTC. What follows in further lines is indented, so that no text can pass for an entry of its own.

    The secret of an invitation, which is part of its address, is left out.
    """

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        return "\n    ".join(SECRET_ADDRESS.sub(r"\1…", super().format(record)).splitlines())


def logging_settings(syslog: str) -> dict[str, Any]:
    """``syslog`` is empty, a socket such as /dev/log, or HOST:PORT."""
    handlers: dict[str, Any] = {"console": {"class": "logging.StreamHandler", "formatter": "plain"}}
    if syslog:
        handlers["syslog"] = {
            "class": "logging.handlers.SysLogHandler",
            "formatter": "plain",
            "address": _address(syslog),
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {
                "()": OneEntryALine,
                "format": "{asctime}Z {levelname} {name}: {message}",
                "datefmt": "%Y-%m-%dT%H:%M:%S",
                "style": "{",
            }
        },
        "handlers": handlers,
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "accord": {"level": "INFO"},
            "accord.audit.checkpoints": {"handlers": ["syslog"] if syslog else [], "propagate": False},
        },
    }


def _address(syslog: str) -> str | tuple[str, int]:
    if syslog.startswith("/"):
        return syslog
    host, _colon, port = syslog.rpartition(":")
    if not host or not port.isdigit():
        raise ImproperlyConfigured(f"ACCORD_SYSLOG is neither a socket nor HOST:PORT: {syslog}")
    return host.strip("[]"), int(port)
