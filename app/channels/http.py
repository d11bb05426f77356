"""How Twilio's client speaks HTTP: with a time-out, a pool for all threads, and no proxy's help."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from twilio.http import HttpClient
from twilio.http.response import Response
from typing_extensions import override

CONNECT_S, READ_S = 3, 10
"""Twilio's own client waits for ever."""


class PooledHttp(HttpClient):  # type: ignore[misc]  # twilio publishes no types
    """One session for all threads of a process.

    Twilio's own client hands an answer back through a field of itself, where a second thread's
    answer can stand by then: one person's row would get the id of another's message.
    """

    def __init__(self, connections: int, base: str | None = None) -> None:
        super().__init__(logging.getLogger("twilio"), is_async=False, timeout=READ_S)
        self._base = urlsplit(base) if base else None
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy or .netrc of the shell is not for these calls
        adapter = HTTPAdapter(pool_maxsize=connections, max_retries=0)
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, adapter)

    @override
    def request(self, method: str, url: str, *args: Any, **options: Any) -> Response:
        """Make a call; the time-out is ours whatever is asked for."""
        given = dict(zip(("params", "data", "headers", "auth"), args, strict=False)) | options
        answer = self._session.request(
            method,
            self.address(url),
            params=given.get("params"),
            **_body(given),
            headers=given.get("headers"),
            auth=given.get("auth"),
            timeout=(CONNECT_S, READ_S),
            allow_redirects=False,
        )
        return Response(answer.status_code, answer.text, answer.headers)

    def address(self, url: str) -> str:
        """Lead a call to the loopback, where one is set: scheme, host and the path's beginning."""
        if self._base is None:
            return url
        meant = urlsplit(url)
        path = self._base.path.rstrip("/") + meant.path
        return urlunsplit((self._base.scheme, self._base.netloc, path, meant.query, ""))


def _body(given: dict[str, Any]) -> dict[str, Any]:
    """Give what is sent: most of Twilio's APIs take a form, some take JSON and say so."""
    kind = (given.get("headers") or {}).get("Content-Type")
    return {"json" if kind == "application/json" else "data": given.get("data")}
