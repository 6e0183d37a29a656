"""Starts the desk: Streamlit in this process, with safe defaults that nothing outside can weaken.

In this process, because a server started as a child is left running when its parent is ended by SIGTERM.
"""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from claimtrack import logs
from claimtrack.ui import serving


def launch(
    port: int = 8501,
    *,
    address: str = "127.0.0.1",
    open_browser: bool = True,
    allowed_hosts: Sequence[str] = (),
    script: Path | None = None,
    sign_in: Mapping[str, str] | None = None,
) -> None:
    """Runs the desk until it is stopped (Ctrl-C, SIGTERM). Call it from the main thread, once in a process.

    `port` is 1 to 65535. Another `address` than 127.0.0.1 opens the desk to the network: put a proxy that encrypts
    before it, and name the host names under which it is reached in `allowed_hosts`. `script` is another main script,
    for tests. `sign_in` has the settings of `claimtrack.ui.sign_in`: everybody has to sign in then. Raises SystemExit
    with Streamlit's exit status when it could not start (port in use).

        launch(8501, open_browser=False)
    """
    from streamlit import net_util
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import cli

    # When a page of another origin knocks, Streamlit would ask a server outside for this machine's address.
    net_util._external_ip = address  # noqa: SLF001 - there is no setting
    # Beside a folder "pages", Streamlit runs its files as pages of their own until the first st.navigation: an address
    # of a page, opened first, would show it without the frame. Navigation is this app's own from the start.
    PagesManager.uses_pages_directory = False

    with as_file(files("claimtrack.ui")) as folder:
        home = Path(folder)
    logs.set_up()
    serving.begin(serving.Serving((script or home / "app.py").resolve(), dict(sign_in or {})))
    chosen: dict[str, object] = {
        "server.port": port,
        "server.address": address,
        "server.headless": not open_browser,
    }
    if allowed_hosts:
        chosen["server.allowedHosts"] = ["127.0.0.1", "localhost", *allowed_hosts]
    host = f"[{address}]" if ":" in address else address
    print(f"claimtrack desk: http://{host}:{port}  (stop with Ctrl-C)", file=sys.stderr)  # noqa: T201 - the only line
    cli.main(["run", str(home / "server.py"), *flags(chosen)], prog_name="streamlit")


def flags(chosen: dict[str, object]) -> list[str]:
    """Streamlit's command line for the shipped config.toml with `chosen` on top: `--server.port=8501` and so on.

    >>> flags({"server.port": 9000})[-1]
    '--server.port=9000'
    """
    config = (files("claimtrack.ui") / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    options = {**dict(_flat(tomllib.loads(config))), **chosen}
    return [f"--{name}={word}" for name, value in options.items() for word in _as_words(name, value)]


def _flat(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _as_words(name: str, value: object) -> Iterator[str]:
    """`value` as Streamlit's command line reads it: a list repeats the option, and is JSON where a theme has it."""
    if isinstance(value, list) and name.startswith("theme."):
        yield json.dumps(value)
        return
    for one in value if isinstance(value, list) else [value]:
        yield str(one).lower() if isinstance(one, bool) else str(one)
