"""Where log lines go: to the console; checkpoints of the trail to the system's log, where one is named."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured


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
        "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
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
