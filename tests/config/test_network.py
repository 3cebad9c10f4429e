import socket

import pytest

from tests.conftest import NetworkForbidden


def test_connections_leave_this_machine_never() -> None:
    with socket.socket() as outside, pytest.raises(NetworkForbidden):
        outside.connect(("192.0.2.1", 80))
