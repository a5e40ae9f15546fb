"""Tests of tips run on the real models, published once per test database."""

from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from casework.models import Account
from tests.tips.working import staff
from workflows import definitions
from workflows.models import Definition

PROCESSES = [
    "tip_handling",
    "tip_reward",
    "case_handling",
    "province_report",
    "identity_opening",
    "tip_purge",
    "tip_reexamination",
    "tip_yearly_report",
]


def publish() -> None:
    """Publish the models of the repository unless the database has them."""
    if Definition.objects.filter(is_current=True).count() < len(PROCESSES):
        files = definitions.sources()
        definitions.publish(files, PROCESSES, now=datetime(2025, 1, 2, tzinfo=UTC))


@pytest.fixture(autouse=True)
def nobody_counted() -> None:
    """What the tests before counted in this minute makes no report of this one wait."""
    caches["short_lived"].clear()


@pytest.fixture
def models(db: None) -> None:
    """Current definitions of all processes."""
    publish()


@pytest.fixture
def people(models: None) -> dict[str, Account]:
    """The officers of a bureau by their names, each in their lanes."""
    return staff()
