"""The command line, one module a command. A module's docstring is what `accord COMMAND --help` prints."""

from accord.config.cli.entry import main

__all__ = ["main"]
