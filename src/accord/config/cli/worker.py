"""Do the work that waits in the queue: messages, reminders, things that expire.

Runs until it is stopped with Ctrl-C. Several workers may run at once.

examples:
  accord worker
  accord worker --once
"""

import argparse
from typing import cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from accord.config.cli.exits import Exit

NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what waits now, then stop")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many jobs at the same time (default: 1)")


def run(arguments: argparse.Namespace) -> int:
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as working:
        if not arguments.once:
            print("Waiting for work (stop with Ctrl-C)", flush=True)
        working.run_worker(
            wait=not arguments.once,
            listen_notify=not arguments.once,
            concurrency=arguments.jobs,
            delete_jobs="successful",  # some come every minute; what failed stays to be looked at
        )
    return Exit.OK
