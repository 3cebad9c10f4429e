"""One line for each step of the preparation, with the time it took: the look of accord.config.progress without rich."""

import sys
import threading
import time
from types import TracebackType
from typing import Self

FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class Display:
    def __init__(self, title: str) -> None:
        self._title, self._note = title, ""
        self._start = time.monotonic()
        self._done = threading.Event()
        self._painter = threading.Thread(target=self._paint, daemon=True)

    def note(self, text: str) -> None:
        self._note = f" ({text})"

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._painter.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._done.set()
        if self._painter.is_alive():
            self._painter.join()
        self._note = ""
        self._write("✗" if kind else "✓", end="\n", colour="31" if kind else "32")

    def _paint(self) -> None:
        while not self._done.wait(0.1):
            self._write(FRAMES[int(time.monotonic() * 10) % len(FRAMES)], end="", colour="34")

    def _write(self, mark: str, *, end: str, colour: str) -> None:
        seconds = time.monotonic() - self._start
        if sys.stderr.isatty():
            title = f"{self._title}{self._note}"
            line = f"\r\033[2K  \033[{colour}m{mark}\033[0m {title:<44} \033[2m{seconds:6.1f} s\033[0m"
        else:
            line = f"  {mark} {self._title:<44} {seconds:6.1f} s"
        print(line, end=end, file=sys.stderr, flush=True)
