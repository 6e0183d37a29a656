"""The application that `launch` serves: the dashboard, its health address, the login's secrets, errors with an id.

Streamlit finds `app` by reading this file. Without `launch` it would be a desk without sign-in, so it refuses.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

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


app = st.App(
    serving.NOW.script,
    routes=[Route("/health", answer)],
    secrets={"auth": {**serving.NOW.sign_in}} if serving.NOW.sign_in else None,
    on_script_error=show,
    lifespan=one_log,
)
