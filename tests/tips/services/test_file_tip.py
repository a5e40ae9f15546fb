"""Taking in a tip."""

import secrets

import pytest

from tests.factories.tips import a_filing, a_tip
from tips import contents, receipt_code, sealing
from tips.models import Tip
from workflows.errors import Repeated
from workflows.models import WorkItem

pytestmark = pytest.mark.usefixtures("models")


def test_file_tip_offers_the_registration_to_intake_with_its_legal_period() -> None:
    filed = a_tip()

    item = WorkItem.objects.get(run=filed.tip.run)
    assert (item.element_id, item.lane, item.status) == ("register_tip", "intake_officer", "open")
    assert item.clock is not None
    assert item.clock.rule_key == "lead_verification"
