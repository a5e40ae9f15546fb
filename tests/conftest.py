"""One set of real servers for a test run, made below a temporary folder and thrown away with it.

The controller starts them before the workers; a worker finds them through FUNDGUARD_HOME. Servers named in
DATABASE_URL (with DATABASE_OWNER_URL), REDIS_URL or S3_ENDPOINT are used instead. The owner makes the test database;
the tests log in as the application.
"""

import contextlib
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
# Drawn once by the controller and shown at the end: the same seed gives the same random models again.
RANDOM_SEED = os.environ.setdefault("FUNDGUARD_TEST_SEED", str(random.randrange(10**9)))
SETTINGS = "config.settings.test"
running = contextlib.ExitStack()


def start_servers() -> None:
    """Start the servers of this run; everything after it may load settings, which read the ports."""
    home = Path(tempfile.mkdtemp(prefix="fundguard-test-"))
    running.callback(shutil.rmtree, home, ignore_errors=True)
    from config import env
    from config.embedded import servers
    from config.env import SettingRefused

    # The fonts that `make setup` has made: half a minute that no test run need spend again.
    os.environ["FUNDGUARD_FONTS"] = str(env.fonts())
    os.environ["FUNDGUARD_HOME"] = str(home)
    try:
        servers.settle_ports()
        running.enter_context(servers.ensured(throwaway=True))
    except SettingRefused as refusal:
        pytest.exit(f"The test servers did not start.\n{refusal}", returncode=3)


def set_up_django() -> None:
    """Load the test settings, with a broker database and a bucket for this worker alone."""
    number = 1 + int(WORKER.removeprefix("gw") or 0)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["FUNDGUARD_TEST_WORKER"] = str(number)
    import django

    django.setup()
    from django.conf import settings

    # Workers with the same number empty each other's caches in the middle of a test.
    assert settings.REDIS_URL.endswith(f"/{number}"), "The settings were loaded with another worker's number."


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let no worker inherit the controller's number: pytest-django would load its settings before this file runs."""
    for name in ("DJANGO_SETTINGS_MODULE", "FUNDGUARD_TEST_WORKER"):
        os.environ.pop(name, None)


# At import and not in a hook: the conftest files of folders below import models at their top.
if not WORKER:
    start_servers()
set_up_django()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the seed of the random models of this run."""
    terminalreporter.write_line(f"FUNDGUARD_TEST_SEED={RANDOM_SEED}")


def pytest_unconfigure() -> None:
    """Stop the servers when the controller is done."""
    running.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """pytest-django makes and removes its databases after this: as their owner."""
    from workflows.database_roles import as_owner

    with as_owner():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Between the two, the tests log in as web, worker and beat do."""
    from django.conf import settings

    from workflows.database_roles import logged_in

    with logged_in(settings.DATABASE_APPLICATION):
        yield


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Every test begins in the product's language, whatever the pages and commands of the one before spoke."""
    from django.utils import translation

    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def in_english() -> Iterator[None]:
    """For tests that know a refusal by its English sentence."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def moment() -> datetime:
    """An ordinary working day, 2025-03-12 10:00 in Shanghai."""
    return datetime(2025, 3, 12, 2, 0, tzinfo=UTC)


@pytest.fixture
def frozen_clock(moment: datetime) -> Iterator[datetime]:
    """`workflows.now.now()` stands at `moment`; move it with `workflows.now.playing(another)`."""
    from workflows.now import playing

    with playing(moment):
        yield moment
