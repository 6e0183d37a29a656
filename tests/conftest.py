"""For every folder of tests: a database of each kind, fresh for each test, and `--long`."""

import importlib.util
import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy
from sqlalchemy import Engine

from claimtrack.db.engine import open_engine
from claimtrack.db.schema import upgrade


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes to hours")
    parser.addoption(
        "--long-minutes", type=float, default=60, help="end each of them after this long; it goes on later"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if "long" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="takes minutes to hours: runs with --long"))


@pytest.fixture
def resume(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Goes on with a long suite where its last run stopped, and prints how far it is.

    `some(done, until)` gives back how many are done after a portion; it ends at the monotonic time `until`. What was
    reached is kept in pytest's cache: `--cache-clear` begins anew.
    """

    def go(what: str, wanted: int, some: Callable[[int, float], int]) -> None:
        cache, key = request.config.cache, f"claimtrack/{request.node.nodeid}"
        assert cache is not None
        done = before = int(cache.get(key, 0))
        until = time.monotonic() + 60 * request.config.getoption("--long-minutes")
        while done < wanted and time.monotonic() < until:
            done = some(done, until)
            cache.set(key, done)
        told = f"{what}: {done:,} of {wanted:,} without a fault ({done - before:,} of them in this run)"
        record_property(what, done)
        plugins = request.config.pluginmanager
        reporter, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
        if reporter is not None and capture is not None:
            with capture.global_and_fixture_disabled():
                reporter.write_line(told)
        assert done > before or done >= wanted, "some were done"

    return go


def missing(reason: str) -> None:
    """Skip a test that lacks a program on this machine; in CI fail, since nothing may be missing there."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason} (CI is set: nothing may be skipped)")
    pytest.skip(reason)


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[object]:
    """A throwaway PostgreSQL server: `.url(database)`, `.start()`, `.stop(at_once=True)`."""
    module = _load(Path(__file__).with_name("postgres_server.py"))
    if module.find_binaries() is None:
        missing("PostgreSQL's server programs are not installed")
    with module.PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def new_postgres(postgres_server) -> Iterator[Callable[..., str]]:
    """Makes a PostgreSQL database and returns its address: empty, or with today's schema (a template's copy)."""
    admin = open_engine(postgres_server.url("postgres")).execution_options(isolation_level="AUTOCOMMIT")

    def execute(command: str) -> None:
        with admin.connect() as connection:
            connection.exec_driver_sql(command)

    execute("CREATE DATABASE claimtrack_template")
    template = open_engine(postgres_server.url("claimtrack_template"))
    upgrade(template)
    template.dispose()

    def make(*, empty: bool = False) -> str:
        name = "test_" + uuid.uuid4().hex
        execute(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else 'claimtrack_template'}")
        return str(postgres_server.url(name))

    yield make
    admin.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with today's schema, to copy."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    engine = open_engine(str(path))
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def picture() -> Callable[..., dict[str, list[str]]]:
    """What an import stored in an engine's database, without ids and times: see `stored.py`."""
    found: Callable[..., dict[str, list[str]]] = _load(Path(__file__).with_name("stored.py")).picture
    return found


BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(params=BOTH)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Each storage test runs on both: "sqlite", then "postgresql"."""
    return str(request.param)


@pytest.fixture
def new_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., str]:
    """Makes another database of this test's kind and returns its address."""
    if database_kind == "postgresql":
        return request.getfixturevalue("new_postgres")
    template = request.getfixturevalue("sqlite_template")

    def make(*, empty: bool = False) -> str:
        path = tmp_path / f"{uuid.uuid4().hex}.sqlite3"
        if not empty:
            shutil.copyfile(template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def database_url(new_url: Callable[..., str]) -> str:
    """Address of a fresh database with today's schema."""
    return new_url()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh database with today's schema."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def empty_engine(new_url: Callable[..., str]) -> Iterator[sqlalchemy.Engine]:
    """An engine on a database in which nothing was made."""
    engine = open_engine(new_url(empty=True))
    yield engine
    engine.dispose()
