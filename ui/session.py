"""What every page needs: the desk, who acts at it, and the story that the pages are held to."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

import streamlit as st

from claimtrack.errors import ClaimTrackError
from claimtrack.services.desk import Desk, Work, open_desk
from claimtrack.services.stories import StoryRow, list_stories
from claimtrack.ui import safe

P = ParamSpec("P")
R = TypeVar("R")


def desk() -> Desk:
    """The desk of this session, for the person who acts in it."""
    return _desk(reviewer())


@st.cache_resource(show_spinner=False)
def _desk(who: str) -> Desk:
    return open_desk(None, who)


def reviewer() -> str:
    """The name under which this session acts: as typed, else CLAIMTRACK_REVIEWER, else the login name."""
    typed = str(st.session_state.get("reviewer", "")).strip()
    return typed or os.environ.get("CLAIMTRACK_REVIEWER") or getpass.getuser()


def story() -> UUID | None:
    """The story that the pages are held to; None: all of them."""
    chosen = st.query_params.get("story")
    return next((row.id for row in stories() if str(row.id) == chosen), None)


def stories() -> list[StoryRow]:
    """The stories of the desk."""
    return desk().see(list_stories)


def frame() -> None:
    """The row above every page: the story in hand and the person who acts."""
    rows = stories()
    left, _, right = st.columns([4, 5, 3], vertical_alignment="bottom")
    titles = {str(row.id): safe.label(row.title, most=60) for row in rows}
    with left:
        st.selectbox(
            "Story",
            ["", *titles],
            format_func=lambda key: titles.get(key, "All stories"),
            key="story",
            bind="query-params",
            label_visibility="collapsed",
        )
    with right:
        st.text_input("You are", key="reviewer", placeholder=f"You are: {reviewer()}", label_visibility="collapsed")


@contextmanager
def problems_shown() -> Iterator[None]:
    """Show an error that somebody can act on as one sentence instead of a stack trace."""
    try:
        yield
    except ClaimTrackError as error:
        st.error(safe.label(str(error), most=2_000))


def act(service: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service that stores something, as the person who acts here."""
    return desk().do(service, *args, **kwargs)


def read(service: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service that only reads."""
    return desk().see(service, *args, **kwargs)
