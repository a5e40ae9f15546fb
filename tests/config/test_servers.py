"""The embedded servers: started once for many, kept data, found again after a crash, moved off a taken port."""

import os
import signal
import socket
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from config.embedded import locks, processes, servers, state

pytestmark = pytest.mark.slow
NAMES = ("postgresql", "valkey")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder of its own, whose servers are stopped whatever the test did."""
    for variable in servers.EXTERNAL.values():
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "home"
    yield folder
    servers.stop(folder)


def pid_of(home: Path, name: str) -> int:
    """Pid of a running server."""
    pid = processes.Record(home / f"{name}.pid").pid()
    assert pid is not None
    return pid


def test_the_state_file_is_readable_by_its_owner_only(home: Path) -> None:
    state.load(home)

    assert stat.S_IMODE((home / "state.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_ensured_leaves_nothing_running_where_nothing_ran(home: Path) -> None:
    with servers.ensured(NAMES, home):
        assert servers.running(home) == {"postgresql": True, "valkey": True, "seaweedfs": False}

    assert not any(servers.running(home).values())


def test_data_are_kept_from_one_start_to_the_next(home: Path) -> None:
    with servers.ensured(["postgresql"], home) as held, psycopg.connect(held.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '医疗保障局' AS name")

    with servers.ensured(["postgresql"], home) as held, psycopg.connect(held.owner_url) as connection:
        assert connection.execute("SELECT name FROM kept").fetchall() == [("医疗保障局",)]


def test_a_folder_from_before_gets_the_role_of_the_application(home: Path) -> None:
    with servers.ensured(["postgresql"], home) as held, psycopg.connect(held.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        connection.execute(f"DROP OWNED BY {state.APPLICATION}")
        connection.execute(f"DROP ROLE {state.APPLICATION}")
    forgotten = {name: word for name, word in held.passwords.items() if name != "postgresql_application"}
    state.save(replace(held, passwords=forgotten))

    with servers.ensured(["postgresql"], home) as mended, psycopg.connect(mended.database_url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchall() == [(1,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE own (id integer)")


def test_a_second_user_keeps_the_servers_when_the_first_leaves(home: Path) -> None:
    first = servers.ensured(["valkey"], home)
    second = servers.ensured(["valkey"], home)
    first.__enter__()
    second.__enter__()
    before = pid_of(home, "valkey")

    first.__exit__(None, None, None)
    kept = servers.running(home)["valkey"], pid_of(home, "valkey")
    second.__exit__(None, None, None)

    assert kept == (True, before)
    assert not servers.running(home)["valkey"]


def test_servers_told_to_stay_survive_a_command(home: Path) -> None:
    servers.start(home)
    before = pid_of(home, "postgresql")

    with servers.ensured(NAMES, home):
        assert pid_of(home, "postgresql") == before

    assert all(servers.running(home).values())
    servers.stop(home)
    assert not any(servers.running(home).values())


def test_a_killed_database_comes_back_with_its_data(home: Path) -> None:
    with servers.ensured(["postgresql"], home) as held:
        with psycopg.connect(held.owner_url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        killed = pid_of(home, "postgresql")
        os.kill(killed, signal.SIGKILL)
        assert processes.wait_until(lambda: not servers.running(home)["postgresql"], seconds=10)

        with servers.ensured(["postgresql"], home), psycopg.connect(held.owner_url) as connection:
            assert connection.execute("SELECT one FROM kept").fetchall() == [(1,)]
            assert pid_of(home, "postgresql") != killed


def test_a_pid_that_became_another_program_is_not_taken_for_the_server(home: Path) -> None:
    state.load(home)
    (home / "valkey.pid").write_text(f"{os.getpid()} 1\n")

    assert not servers.running(home)["valkey"]


def test_a_taken_port_is_left_to_its_owner(home: Path) -> None:
    held = state.load(home)
    with socket.create_server(("127.0.0.1", held.ports["valkey"])):
        moved = servers.settle_ports(home=home)

        assert moved.ports["valkey"] != held.ports["valkey"]
        assert moved.ports["postgresql"] == held.ports["postgresql"]
        with servers.ensured(["valkey"], home):
            assert servers.running(home)["valkey"]


def test_ports_of_running_servers_are_not_moved(home: Path) -> None:
    with servers.ensured(["valkey"], home) as held:
        assert servers.settle_ports(home=home).ports["valkey"] == held.ports["valkey"]


def test_a_server_named_in_the_environment_is_not_started(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")

    with servers.ensured(["valkey"], home):
        assert not servers.running(home)["valkey"]


def test_a_deep_folder_gets_a_socket_path_that_the_system_accepts(home: Path) -> None:
    deep = home.joinpath(*["a-folder-with-a-long-name"] * 5)

    with servers.ensured(["postgresql"], deep):
        assert servers.running(deep)["postgresql"]
        short = Path((deep / "postgresql.sockets").read_text())
        assert list(short.glob(".s.PGSQL.*"))

    assert not short.exists()


def test_a_server_that_cannot_start_says_so_and_shows_its_log(home: Path) -> None:
    held = state.load(home)
    with (
        socket.create_server(("127.0.0.1", held.ports["valkey"])),
        pytest.raises(Exception, match="embedded valkey did not start.*ended while starting") as failure,
        servers.ensured(["valkey"], home),
    ):
        pass

    assert "valkey.log" in str(failure.value)
    assert not servers.running(home)["valkey"]


def test_wrong_passwords_are_refused(home: Path) -> None:
    with servers.ensured(["postgresql"], home) as held:
        wrong = held.owner_url.replace(held.passwords["postgresql"], "wrong")

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)


def test_the_last_share_is_known(tmp_path: Path) -> None:
    first, second = locks.Users(tmp_path), locks.Users(tmp_path)

    assert not first.leave()
    assert second.leave()
