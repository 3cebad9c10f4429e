import io

import pytest
from rich.console import Console

from accord.config.progress import steps


def test_each_step_is_a_line_with_its_time_where_nothing_can_be_redrawn() -> None:
    told = io.StringIO()
    with steps(Console(file=told)) as display:
        with display.step("First"):
            pass
        with pytest.raises(ValueError, match="broken"), display.step("Second"):
            raise ValueError("broken")
    first, second = told.getvalue().splitlines()
    assert first.split() == ["✓", "First", "0.0", "s"]
    assert second.split()[:2] == ["✗", "Second"]
