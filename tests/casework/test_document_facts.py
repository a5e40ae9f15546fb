"""What documents are filled with comes from the rows and adds up."""

from decimal import Decimal

import pytest

from casework.document_facts import fine_working
from tests.casework.walking import Walk, investigated
from tests.factories import casework as make

pytestmark = pytest.mark.django_db


def test_the_working_of_the_fine_adds_up() -> None:
    walk = Walk(make.handled_case())
    investigated(walk)
    walk.case.refresh_from_db()

    assert fine_working(walk.case) == "54,000.00元×1倍 = 54,000.00元"


def test_a_lighter_fine_is_named_as_such() -> None:
    walk = Walk(make.handled_case())
    investigated(walk)
    walk.case.fine_amount = Decimal("30000.00")

    assert fine_working(walk.case) == "54,000.00元×1倍 = 54,000.00元，经裁量确定为30,000.00元"
