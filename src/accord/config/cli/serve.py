"""Serve the pages.

Every request goes through one door on one port; put a web server with HTTPS in front of it and set ACCORD_HTTPS=1
and ACCORD_HOSTS (see docs/configuration.md). Runs until it is stopped with Ctrl-C.

examples:
  accord serve
  accord serve --with-jobs
  accord serve --host 0.0.0.0 --port 8080 --workers 4
"""

import argparse
from contextlib import nullcontext

from accord.config import serving
from accord.config.cli.exits import Exit

NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    serving.add_address(parser)
    parser.add_argument("--with-jobs", action="store_true", help="also do the work that waits in the queue")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="server processes (default: 2)")


def run(arguments: argparse.Namespace) -> int:
    serving.demand_free_port(arguments.host, arguments.port)
    serving.collect_static()
    print(f"Accord is served at {serving.address(arguments.host, arguments.port)} (stop with Ctrl-C)", flush=True)
    with serving.job_worker() if arguments.with_jobs else nullcontext():
        serving.serve(arguments.host, arguments.port, workers=arguments.workers)
    return Exit.OK
