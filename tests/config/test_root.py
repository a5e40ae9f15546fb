"""PostgreSQL under root: by a user namespace, else as another user of the machine, else a sentence."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded import root, servers, state
from config.embedded.errors import NoOrdinaryUser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user needs no other one"),
]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder that every user can reach: pytest's own folders are closed."""
    import shutil
    import tempfile

    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = Path(tempfile.mkdtemp(prefix="fundguard-root-"))
    yield folder / "home"
    servers.stop(folder / "home")
    shutil.rmtree(folder)


def test_without_namespaces_another_user_runs_the_database(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.parent.chmod(0o711)
    monkeypatch.setattr(root, "_has_namespaces", lambda: False)

    try:
        with servers.ensured(["postgresql"], home) as held, psycopg.connect(held.database_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    except NoOrdinaryUser as refusal:
        pytest.skip(f"this machine's folders are closed: {refusal}")

    assert (home / "postgresql").stat().st_uid != 0
    assert (home / "state.json").stat().st_mode & 0o077 == 0


def test_without_any_way_a_sentence_says_what_is_missing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root, "_has_namespaces", lambda: False)
    state.load(home)

    wanted = "run as an ordinary user.*or name a server in DATABASE_URL"
    with pytest.raises(NoOrdinaryUser, match=wanted), servers.ensured(["postgresql"], home):
        pass
