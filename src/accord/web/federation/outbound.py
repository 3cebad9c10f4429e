"""The only way out to an identity provider: short, small, and nowhere but to the address that was asked for."""

import io
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from typing import Any

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import ContentDecodingError, ReadTimeout, RequestException, TooManyRedirects
from urllib3 import BaseHTTPResponse, HTTPResponse
from urllib3.exceptions import HTTPError

SECONDS = 5.0  # for a whole call, from connecting to the last byte
LARGEST = 256 * 1024  # bytes; discovery documents and key sets have a few thousand

# A timeout of a socket starts anew with every byte, so the call as a whole is waited for in a thread of its own.
_calls = ThreadPoolExecutor(max_workers=8, thread_name_prefix="identity-provider")


class Guard(HTTPAdapter):
    """Bounds every exchange in time and size, and refuses to be sent elsewhere."""

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,  # noqa: ARG002 - ours counts
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        call = _calls.submit(super().send, request, stream, SECONDS, verify, cert, proxies)
        try:
            return call.result(SECONDS)
        except TooLate as trouble:
            call.cancel()
            raise ReadTimeout(f"no whole answer within {SECONDS} s", request=request) from trouble

    def build_response(self, req: PreparedRequest, resp: BaseHTTPResponse) -> Response:
        if 300 <= resp.status < 400:
            resp.close()
            raise TooManyRedirects("an identity provider answers itself", request=req)
        end, body = time.monotonic() + SECONDS, b""
        try:
            while len(body) <= LARGEST and (more := resp.read1(LARGEST, decode_content=True)):
                body += more
                if time.monotonic() > end:
                    raise ReadTimeout(f"no whole answer within {SECONDS} s", request=req)
        except HTTPError as trouble:
            raise ContentDecodingError(str(trouble), request=req) from trouble
        finally:
            resp.close()
        if len(body) > LARGEST:
            raise ContentDecodingError(f"the answer has more than {LARGEST} bytes", request=req)
        headers = {name: value for name, value in resp.headers.items() if name.lower() != "content-encoding"}
        read = HTTPResponse(io.BytesIO(body), headers=headers, status=resp.status, preload_content=False)
        return super().build_response(req, read)


def guarded(session: Session) -> None:
    """Let a session speak only through the guard."""
    session.mount("https://", Guard())
    session.mount("http://", Guard())


def fetched(address: str, *, bearer: str = "") -> dict[str, Any]:
    """The JSON object at an address; RequestException whatever goes wrong."""
    with Session() as session:
        guarded(session)
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        answer = session.get(address, headers=headers)
        answer.raise_for_status()
        try:
            found = answer.json()
        except RecursionError as trouble:
            raise RequestException("the answer is nested too deeply") from trouble
    if answer.status_code != 200 or not isinstance(found, dict):
        raise RequestException("the answer is not a JSON object")
    return found
