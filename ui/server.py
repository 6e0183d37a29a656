"""The application that `launch` serves: the dashboard, its health address, the login's secrets, errors with an id.

Streamlit finds `app` by reading this file. Without `launch` it would be a desk without sign-in, so it refuses.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claimtrack.services.health import health
from claimtrack.ui import safe, serving

if serving.NOW.script is None:
    raise RuntimeError("Start the dashboard with `claimtrack ui`.")


async def answer(_: Request) -> JSONResponse:
    """200 while the desk can work, 503 while it cannot, and why; for the proxy, so nothing of the desk is in it."""
    found = await run_in_threadpool(health)
    body = {"status": "ok" if found.is_well else "unavailable", "told": found.told}
    return JSONResponse(body, status_code=200 if found.is_well else 503, headers={"Cache-Control": "no-store"})


def show(error: Exception) -> bool:
    """Show one sentence in place of what failed."""
    st.error(safe.label(serving.sentence_for(error), most=2_000))
    return True


@asynccontextmanager
async def one_log(_: st.App) -> AsyncIterator[None]:
    """Send Streamlit's own records where ours go, stripped of their words; a terminal would show them twice."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"streamlit", "uvicorn", "websockets", "starlette", "authlib", "httpx"}:
            one = logging.getLogger(name)
            one.handlers.clear()
            one.propagate = True
    yield


class Headers:
    """Tells browsers what they may not do with a page of the desk."""

    HEADERS = (
        (b"x-frame-options", b"SAMEORIGIN"),  # a page elsewhere cannot lay the desk under its own buttons
        (b"content-security-policy", b"frame-ancestors 'self'"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),  # an address names story and statement: a source's site does not learn it
    )

    def __init__(self, inner: ASGIApp) -> None:
        """Around the whole application."""
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, with the headers on every answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in self.HEADERS if one[0] not in there)]
            await send(message)

        await self.inner(scope, receive, send_with_headers)


app = st.App(
    serving.NOW.script,
    routes=[Route("/health", answer)],
    secrets={"auth": {**serving.NOW.sign_in}} if serving.NOW.sign_in else None,
    on_script_error=show,
    lifespan=one_log,
    middleware=[Middleware(Headers)],
)
