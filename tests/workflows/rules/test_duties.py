"""Separation of duties."""

import pytest

from workflows.rules.duties import Duty, excludes_each_other, first_conflict

REVIEW = Duty("review", frozenset({"handle", "verify"}), "legal review")
HANDLE = Duty("handle", label="handling")
DECIDE = Duty("decide", frozenset({"handle"}))


@pytest.mark.parametrize(("one", "other"), [(REVIEW, HANDLE), (HANDLE, REVIEW), (HANDLE, DECIDE)])
def test_it_is_enough_that_one_side_declares_the_exclusion(one: Duty, other: Duty) -> None:
    assert excludes_each_other(one, other)


def test_duties_that_exclude_nothing_go_together() -> None:
    assert first_conflict(DECIDE, [REVIEW]) is None
    assert first_conflict(REVIEW, []) is None


def test_the_same_duty_may_be_done_again_unless_it_names_itself() -> None:
    assert first_conflict(HANDLE, [HANDLE]) is None
    assert first_conflict(Duty("sign", frozenset({"sign"})), [Duty("sign")]) is not None


def test_the_reason_names_both_duties() -> None:
    conflict = first_conflict(HANDLE, [DECIDE, REVIEW])

    assert conflict is not None
    assert conflict.held is DECIDE
    assert "“decide”" in str(conflict.text)
    assert "“handling”" in str(conflict.text)
