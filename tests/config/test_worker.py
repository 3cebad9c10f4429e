from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from accord.advising.jobs import review_holds_job
from accord.config import postgres
from accord.config.cli import main
from accord.config.cli.exits import Exit
from accord.exchange.services import load_mission
from accord.kernel.actor import system
from tests.architecture.source import ROOT


def _work() -> int:
    try:
        return main(["worker", "--once"])
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_waits(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ensure_running", lambda: None)
    settings.DATA_FOLDER = tmp_path  # it seals the trail, too, where its minute has come
    load_mission(actor=system("test"), folder=ROOT / "missions" / "nmi")
    review_holds_job.configure().defer(timestamp=0)
    with ThreadPoolExecutor(1) as thread:  # the browser of other tests keeps an event loop in this one
        assert thread.submit(_work).result() == Exit.OK
    assert not ProcrastinateJob.objects.exists()  # what failed would stay
