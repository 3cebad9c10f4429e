"""What a person sees while something takes a while: one line for each step, with the time it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.text import Text


class _Seconds(ProgressColumn):
    max_refresh = 0.1

    def render(self, task: Task) -> Text:
        elapsed = task.finished_time if task.finished else task.elapsed
        return Text(f"{elapsed or 0:6.1f} s", style="dim")


@dataclass(frozen=True)
class Steps:
    console: Console
    display: Progress

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show a step as running, then as done; a step that fails keeps its cross and lets the error through."""
        task = self.display.add_task(title, total=1)
        start = time.monotonic()
        try:
            yield
        except BaseException:
            self.display.update(task, description=f"[red]{title}: failed[/red]")
            self._line("✗", title, start)
            raise
        self.display.update(task, completed=1)
        self._line("✓", title, start)

    def _line(self, mark: str, title: str, start: float) -> None:
        """Where nothing can be redrawn (a log, a pipe), each step is a line of its own."""
        if self.display.disable:
            self.console.print(f"  {mark} {title:<44}{time.monotonic() - start:6.1f} s", highlight=False)


@contextmanager
def steps(console: Console | None = None) -> Iterator[Steps]:
    console = console or Console(stderr=True)
    display = Progress(
        TextColumn(" "),
        SpinnerColumn(finished_text="[green]✓[/green]"),
        TextColumn("{task.description:<44}"),
        _Seconds(),
        console=console,
    )
    display.disable = not console.is_terminal
    with display:
        yield Steps(console, display)
