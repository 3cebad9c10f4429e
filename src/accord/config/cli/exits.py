"""What the exit codes of every command mean."""

from enum import IntEnum


class Exit(IntEnum):
    OK = 0
    REFUSED = 1
    USAGE = 2
    ENVIRONMENT = 3
    INTERRUPTED = 130  # as shells say it


class Trouble(Exception):
    """Something around us is not as it must be (a port, a folder); the message tells a person what to do."""


EXPLAINED = """\
exit codes:
  0  done, or allowed
  1  refused, or the input is invalid
  2  the command was typed wrongly
  3  something around it is missing, for example the database
"""
