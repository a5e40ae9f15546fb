"""Fault tests run the real processes on a database that they make themselves, not on pytest's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faults.logs import logged_faults
from faults.servers import wait_ready
from tests.faults.standing import Standing, standing

FOLDER = Path(__file__).parent
# Nobody listens there: the mail server is down until a test says otherwise.
CLOSED_MAIL = "smtp://127.0.0.1:9"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real processes take seconds to start; one worker runs them all."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("faults"))


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Standing]:
    """One standing product for the folder."""
    with django_db_blocker.unblock(), standing(tmp_path_factory.mktemp("own"), EMAIL_URL=CLOSED_MAIL) as made:
        yield made


@pytest.fixture
def house(product: Standing) -> Iterator[Standing]:
    """The product with all its servers up, whatever the test before did; no worker runs."""
    product.postgresql.start()
    product.valkey.start()
    product.store.start()
    web = product.house.webs[0]
    if not web.is_alive():
        web.start()
    wait_ready([web])
    yield product
    product.house.worker.stop()
    product.house.beat.stop()
    # Shown by pytest beside a test that failed.
    print("\n".join(logged_faults(product.house.around.folder)))  # noqa: T201
