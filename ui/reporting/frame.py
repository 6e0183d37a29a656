"""A web page shown inside a page of ours: sandboxed, so that nothing in it runs and nothing in it reaches us.

Streamlit's own frame lets scripts run with the rights of the dashboard (`allow-scripts allow-same-origin`). This one
has an empty sandbox: no scripts, no forms, no pop-ups, an origin of its own. The report's own content security policy
keeps it from fetching anything.
"""

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_SCRIPT = """
export default function ({ parentElement, data }) {
  let frame = parentElement.querySelector("iframe");
  if (!frame) {
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "");
    frame.setAttribute("referrerpolicy", "no-referrer");
    parentElement.appendChild(frame);
  }
  frame.title = data.title;
  frame.style.height = `${data.height}px`;
  if (frame.srcdoc !== data.html) frame.srcdoc = data.html;
}
"""
_STYLE = "iframe { width: 100%; border: 1px solid #8888; background: #fff; }"


def show_page(html: str, *, title: str, height: int, key: str) -> None:
    """Show the page; `title` is its name for a screen reader, `height` in pixels, inside which it scrolls."""
    _component()(data={"html": html, "title": title, "height": height}, key=key)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("claimtrack.page", js=_SCRIPT, css=_STYLE)
