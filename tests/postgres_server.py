"""A throwaway PostgreSQL server from the installed binaries, for tests and benchmarks.

initdb refuses root, so that root's server runs as an unprivileged user. It listens on a socket (on Windows: loopback)
in a folder of its own, which goes with it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

#: Where distributions put the server's programs; the newest version wins.
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/pgsql/bin")

#: Nobody's data: speed counts, a power cut does not.
SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "120"}


def find_binaries() -> Path | None:
    """Folder that holds initdb and postgres, or None."""
    folders = []
    for place in PLACES:
        root, _, rest = place.partition("*")
        base = Path(root).parent
        folders += sorted(base.glob(Path(root).name + "*" + rest), key=_version, reverse=True)
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _version(folder: Path) -> int:
    return int("".join(filter(str.isdigit, str(folder))) or 0)


class PostgresServer:
    """A running server while the `with` block lasts.

    >>> with PostgresServer() as server:  # doctest: +SKIP
    ...     print(server.url("postgres"))
    postgresql://claimtrack@/postgres?host=/tmp/claimtrack-pg-x1y2&port=40001
    """

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        binaries = find_binaries()
        if binaries is None:
            raise FileNotFoundError("PostgreSQL's server programs (initdb, postgres) are not installed")
        self.binaries = binaries
        self.settings = SETTINGS if settings is None else settings
        self.folder = Path(tempfile.mkdtemp(prefix="claimtrack-pg-"))
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._user: str | None = _unprivileged_user() if hasattr(os, "geteuid") and os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)

    def url(self, database: str) -> str:
        """Address of one database on this server."""
        if sys.platform == "win32":
            return f"postgresql://claimtrack@127.0.0.1:{self.port}/{database}"
        return f"postgresql://claimtrack@/{database}?host={self.folder}&port={self.port}"

    def __enter__(self) -> Self:
        try:
            self._run("initdb", "-D", str(self.folder / "data"), "-U", "claimtrack", "-A", "trust", "-E", "UTF8",
                      "--no-sync", "--locale=C")  # fmt: skip
            self.start()
        except BaseException:
            self.stop()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        listen = "127.0.0.1" if sys.platform == "win32" else ""
        options = {"listen_addresses": listen, "unix_socket_directories": str(self.folder), **self.settings}
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, user=self._user, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder
            )
        deadline = time.monotonic() + 60
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("PostgreSQL did not start: " + (self.folder / "log").read_text("utf-8")[-2000:])
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        # The eighth line of its lock file is the server's own word on how far it is.
        try:
            lines = (self.folder / "data" / "postmaster.pid").read_text("utf-8").splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready" and int(lines[0]) == getattr(self.process, "pid", None)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the server: quickly and cleanly, or at once, as when the power fails."""
        if self.process is None or self.process.poll() is not None:
            return
        if sys.platform == "win32":
            self.process.terminate()
        else:
            # SIGINT is PostgreSQL's fast shutdown; SIGQUIT the immediate one: no checkpoint, recovery at the start.
            self.process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
        self.process.wait(timeout=60)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.binaries / program), *arguments],
            user=self._user,
            capture_output=True,
            check=False,
            cwd=self.folder,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode('utf-8', 'replace')[-2000:]}")


def _unprivileged_user() -> str:
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody", "daemon") if name in names)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
