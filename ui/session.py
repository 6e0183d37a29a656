"""What every page needs: the desk, who acts at it, and the story that the pages are held to."""

import getpass
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from claimtrack.errors import ClaimTrackError, RuleError, StorageError
from claimtrack.services.desk import Desk, Work, open_desk
from claimtrack.services.health import health
from claimtrack.services.sign_in import Identity, shown_name, signed_in
from claimtrack.services.stories import StoryRow, list_stories
from claimtrack.ui import safe, serving, sign_in
from claimtrack.vocabulary import Role

P = ParamSpec("P")
R = TypeVar("R")

#: Pause between two looks for a database that was away, in seconds: nobody waits longer than it takes to read why.
RETRY_S = 3


def desk() -> Desk:
    """The desk of this session, for the person who acts in it."""
    if serving.NOW.sign_in:
        return _desk_of(_identity())
    return _desk(reviewer())


@st.cache_resource(show_spinner=False)
def _desk(who: str) -> Desk:
    return open_desk(None, who)


@st.cache_resource(show_spinner=False)
def _desk_of(who: Identity) -> Desk:
    return signed_in(who)


def _identity() -> Identity:
    """Who is signed in; `SignInError` when nobody is."""
    if not st.user.is_logged_in:
        raise sign_in.SignInError("Sign in first.")
    return sign_in.identity(st.user.to_dict(), serving.NOW.sign_in["client_id"])


def enter() -> None:
    """Let nobody past who has to sign in and has not; everything else of a page comes after this."""
    if not serving.NOW.sign_in:
        return
    if not st.user.is_logged_in:
        sign_in.ask()
    try:
        desk().see(lambda work: work.reviewer)
    except (sign_in.SignInError, RuleError) as error:
        sign_in.ask(str(error))


def reviewer() -> str:
    """The name under which this session acts: who signed in; else as typed, CLAIMTRACK_REVIEWER, or the login name."""
    if serving.NOW.sign_in:
        return shown_name(_identity())
    typed = str(st.session_state.get("reviewer", "")).strip()
    return typed or os.environ.get("CLAIMTRACK_REVIEWER") or getpass.getuser()


def is_admin() -> bool:
    """Whether the person who acts here may change how the desk works."""
    return desk().see(lambda work: work.reviewer is not None and work.reviewer.role is Role.ADMIN)


def tab() -> UUID:
    """The id of this tab as long as its session lasts."""
    return cast("UUID", st.session_state.setdefault("tab", uuid4()))


def story() -> UUID | None:
    """The story that the pages are held to; None: all of them."""
    chosen = st.session_state.get("story")
    return UUID(chosen) if chosen else None


def stories() -> list[StoryRow]:
    """The stories of the desk."""
    return desk().see(list_stories)


def frame() -> None:
    """The row above every page: the story in hand and the person who acts."""
    rows = stories()
    left, middle, right = st.columns([4, 5, 3], vertical_alignment="bottom")
    titles = {str(row.id): safe.option(row.title, most=60) for row in rows}
    _follow_address(rows)
    with left:
        st.selectbox(
            "Story",
            ["", *titles],
            format_func=lambda key: titles.get(key, "All stories"),
            key="story",
            label_visibility="collapsed",
        )
    _show_in_address(st.session_state["story"])
    chosen = next((row for row in rows if row.id == story()), None)
    if chosen is not None:
        from claimtrack.ui import deadline  # it stands on this module

        with middle:
            deadline.control("head", chosen.id, chosen.deadline, chosen.version)
    with right:
        who()


def who() -> None:
    """Who acts: the name to type, or the one that signed in, with the way out."""
    if not serving.NOW.sign_in:
        st.text_input("You are", key="reviewer", placeholder=f"You are: {reviewer()}", label_visibility="collapsed")
        return
    role = desk().see(lambda work: work.reviewer.role if work.reviewer else None)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{reviewer()} ({role.value.replace('_', ' ') if role else '—'})")
        st.button("Sign out", on_click=st.logout)


def _follow_address(rows: list[StoryRow]) -> None:
    """Choose the story that a link names, by id or title; one that names none leaves the choice as it is.

    Not left to Streamlit's `bind`: that writes the label, which is escaped and cut, and two stories may share it.
    """
    linked = st.query_params.get("story")
    found = next((str(row.id) for row in rows if linked in {str(row.id), row.title}), None)
    if found is not None and linked != st.session_state.get("story in address"):
        st.session_state["story"] = found
    if st.session_state.get("story") not in {"", *(str(row.id) for row in rows)}:
        st.session_state["story"] = ""


def _show_in_address(chosen: str) -> None:
    """Put the story into the page's address, so that it can be mailed."""
    if chosen and st.query_params.get("story") != chosen:
        st.query_params["story"] = chosen
    elif not chosen and "story" in st.query_params:
        del st.query_params["story"]
    st.session_state["story in address"] = chosen or None


@contextmanager
def problems_shown() -> Iterator[None]:
    """Show an error that somebody can act on as one sentence instead of a stack trace."""
    try:
        yield
    except StorageError as error:
        st.error(safe.label(serving.sentence_for(error), most=2_000))
        _go_on_when_well(time.monotonic())
    except ClaimTrackError as error:
        st.error(safe.label(str(error), most=2_000))


@st.fragment(run_every=RETRY_S)
def _go_on_when_well(since: float) -> None:
    """Ask every few seconds whether the database is back, and show the page again then."""
    if time.monotonic() - since >= RETRY_S and health().is_well:
        st.rerun()


def act(service: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service that stores something, as the person who acts here."""
    return desk().do(service, *args, **kwargs)


def read(service: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service that only reads."""
    return desk().see(service, *args, **kwargs)


def succeeds(action: Callable[[], object]) -> bool:
    """Whether the action was done; the problem is shown where the action was asked for when it was refused."""
    try:
        action()
    except ClaimTrackError as error:
        st.error(safe.label(str(error), most=1_000))
        return False
    return True


def seen(name: str, version: int) -> int:
    """The version of a row that the person saw when they pressed a button; `version` is the one stored now.

    A rerun reads the row again before the form's answer is handled: saving under that version would overwrite what
    somebody saved while the form was open.
    """
    key = f"seen {name}"
    shown = int(st.session_state.get(key, version))
    st.session_state[key] = version
    return shown


def link(page: str, label: str, **params: str) -> None:
    """A link to another page of this session, held to the same story; `label` is words of our own.

    A plain link would open a new session, in which whoever typed their name here would act under the login name.
    """
    st.page_link(f"pages/{page}.py", label=label, icon=":material/arrow_forward:", query_params={**held(), **params})


def held() -> dict[str, str]:
    """What holds another page's address to the same story."""
    return {"story": str(story())} if story() else {}


def zone() -> tzinfo:
    """The zone of the reader's browser; UTC when it does not tell."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def local(at: datetime) -> str:
    """The moment in the reader's zone.

    >>> local(datetime(2026, 3, 12, 17, 0, tzinfo=UTC)).startswith("12 Mar 2026")
    True
    """
    return f"{at.astimezone(zone()):%d %b %Y %H:%M %Z}"


def moment(label: str, key: str, given: datetime | None = None) -> datetime | None:
    """A day and a time that somebody chooses, in the reader's zone, at first `given`; None while no day is chosen."""
    day_column, time_column = st.columns(2)
    day = day_column.date_input(
        f"{label}: day", value=given.date() if given else None, format="YYYY-MM-DD", key=f"{key} day"
    )
    at = time_column.time_input(f"{label}: time", value=given.time() if given else None, key=f"{key} time")
    if day is None:
        return None
    return datetime.combine(day, at or datetime.max.time().replace(microsecond=0), tzinfo=zone())
