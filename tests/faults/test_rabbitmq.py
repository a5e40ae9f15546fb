"""Jobs over RabbitMQ instead of Valkey; skipped where Debian's rabbitmq-server is not installed."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest

from casework.models import Document
from tests.config import rabbitmq
from tests.faults.standing import Standing, standing, wait_for
from workflows.models import OutboxEntry

pytestmark = pytest.mark.skipif(rabbitmq.installed() is None, reason="rabbitmq-server is not installed")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Standing]:
    """A product whose broker is RabbitMQ; no beat runs, so only pokes move the background work."""
    with (
        django_db_blocker.unblock(),
        rabbitmq.running(tmp_path_factory.mktemp("rabbitmq")) as url,
        standing(tmp_path_factory.mktemp("own"), BROKER_URL=url) as made,
    ):
        yield made


def all_stored() -> bool:
    """Whether documents were issued and every one lies in the store."""
    return Document.objects.exists() and not Document.objects.filter(stored_at=None).exists()


def test_a_poke_over_rabbitmq_has_the_effects_carried_out(product: Standing) -> None:
    product.house.worker.start()
    product.matter("appoint_handlers")

    wait_for("the documents to be stored", all_stored, 120)

    assert not OutboxEntry.objects.filter(done_at=None).exists()


def test_a_job_whose_worker_is_killed_is_given_back_to_the_next_one(product: Standing) -> None:
    worker = product.house.worker
    wait_for("the worker to be ready", worker.is_ready)
    worker.signal(signal.SIGSTOP)
    product.matter("appoint_handlers")
    worker.kill()
    assert OutboxEntry.objects.filter(done_at=None).exists()

    worker.start()

    wait_for("what was wanted meanwhile", lambda: not OutboxEntry.objects.filter(done_at=None).exists(), 120)
