"""The web server around the application."""

import argparse
import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from accord.config.cli.exits import Trouble

HOST = "127.0.0.1"
PORT = 8000
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - recognised, not bound
THREADS_A_WORKER = 2  # measured: more bring nothing, since a page waits for the processor and not for the database


def add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=HOST, help=f"the address to listen at (default: {HOST}, this machine only)")
    parser.add_argument("--port", type=int, default=PORT, help=f"the port to listen at (default: {PORT})")


def address(host: str, port: int) -> str:
    name = "127.0.0.1" if host in EVERYWHERE else host
    return f"http://{name}:{port}/"


def demand_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as refusal:
            raise Trouble(_why(refusal, host, port)) from refusal


def _why(refusal: OSError, host: str, port: int) -> str:
    if refusal.errno == errno.EADDRINUSE:
        another = port + 1
        return f"Port {port} is taken by another program. Choose another: --port {another} (make demo PORT={another})"
    if refusal.errno == errno.EACCES:
        return f"Port {port} needs the rights of an administrator. Choose one above 1023, for example: --port {PORT}"
    return f"Cannot listen at {host}, port {port}: {refusal.strerror}. Choose others with --host and --port."


def collect_static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def application_of_a_worker() -> WSGIHandler:
    """The application, in a process that Ctrl-C does not reach: the parent stops its workers one by one, and once."""
    os.setpgrp()
    # The application's module starts what it needs when it is imported, which only a worker may do.
    from accord.config.wsgi import application  # noqa: PLC0415

    return application


@contextmanager
def job_worker() -> Iterator[None]:
    """A worker for what waits in the queue, as a process of its own that ends with the block."""
    command = [sys.executable, "-m", "accord.config.cli", "worker"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as worker:
        try:
            yield
        finally:
            worker.terminate()


def serve(host: str, port: int, *, workers: int) -> None:
    """Serve until told to stop."""
    Server(
        f"{__name__}:application_of_a_worker",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS_A_WORKER,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()
