"""Text as it is; warnings where words were cut; the launcher's flags."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.attribution import Span
from claimtrack.ui import launch, safe
from claimtrack.ui.components.alarms import alarms


@given(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cf", "Cs"))))
def test_text_without_hidden_letters_is_shown_unchanged(text: str) -> None:
    assert safe.visible(text) == text


@given(st.text())
def test_nothing_shown_can_turn_text_around(text: str) -> None:
    assert not set(safe.visible(text)) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\x1b\x00"
    )


def test_joined_emoji_and_joined_letters_stay_whole() -> None:
    assert safe.visible("👩\u200d👧 می\u200cخواهم") == "👩\u200d👧 می\u200cخواهم"


def test_a_label_is_one_line_and_not_longer_than_asked() -> None:
    assert safe.label("one\ntwo  three") == "one two three"
    assert safe.label("a" * 100, most=10) == "a" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "She said “we will sign”. But unless the port pays, no.",
            "“we will sign”",
            ["next words: “But unless the port …”"],
        ),
        ("She said “we will sign” if the port pays.", "“we will sign”", ["next words: “if the port pays. …”"]),
        ("He did not say “we will sign”. They left.", "we will sign", []),
        ("He would never “sign it” here.", "“sign it”", ["cut after “never”"]),
        ("They won’t “sign it”, except today.", "“sign it”", ["next words: “except today. …”", "cut after “won’t”"]),
        ("She said “we will sign”. Butter is dear.", "“we will sign”", []),
        ("“Yes.”", "“Yes.”", []),
    ],
)
def test_alarms_where_the_sense_turns(text: str, words: str, expected: list[str]) -> None:
    start = text.index(words)
    assert [alarm["text"] for alarm in alarms(text, [Span(start, start + len(words))])] == expected


def test_every_safe_default_is_passed_as_a_flag() -> None:
    given_flags = launch.flags({"server.port": 9999})
    for flag in (
        "--server.address=127.0.0.1",
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--client.showErrorLinks=false",
        "--client.toolbarMode=minimal",
        "--server.allowedHosts=127.0.0.1",
        "--server.allowedHosts=localhost",
        "--server.port=9999",
    ):
        assert flag in given_flags


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        channels = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_of_the_theme_reads_on_both_papers(scheme: str) -> None:
    theme = tomllib.loads((files("claimtrack.ui") / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][
        scheme
    ]
    inks = [colour for name, colour in theme.items() if name == "linkColor" or name.lower().endswith("textcolor")]
    assert len(inks) == 7
    for paper in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert min(_contrast(ink, paper) for ink in inks) >= 4.5
    assert _contrast(theme["primaryColor"], "#ffffff") >= 4.5
