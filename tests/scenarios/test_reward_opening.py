"""Where a reward waits for the fund's money, booking the last of it opens the reward, not the fine."""

import pytest

from tests.scenarios.conftest import HEAD
from tips.rewards import base

TO_DECISION = """
  - play: file_real_name_tip
    with: {wants_reward: true}
  - play: verify_tip
  - at: "+4d 09:00"
    play: open_case
  - at: "+4d 09:00"
    play: investigate
    with: {loss: "54000.00"}
  - at: "+5d 09:00"
    play: serve_notice
  - at: "+1d 09:00"
    who: handler_a
    does: record_response_or_hearing
    with: {response: none, received_on: day:now}
  - at: "+5d 09:00"
    play: decide_and_serve
"""
PAYING = """
  - expect: {reward: none, work: {assess_reward: none}}
  - who: finance
    does: record_payments
    with: {kind: fine, amount: "54000.00", paid_on: day:now, voucher: F1}
    expect: {reward: none}
  - who: finance
    does: record_payments
    with: {kind: recovery, amount: "53000.00", paid_on: day:now, voucher: R1}
    expect: {reward: none}
"""
LAST = """
  - who: finance
    does: record_payments
    with: {kind: recovery, amount: "1000.00", paid_on: day:now, voucher: R2}
    expect:
      reward: {base: 54000.00, number: 云河医保奖〔2025〕1号}
      work: {assess_reward: open, write_closing_report: open}
"""
FINE_LEFT = """
  - who: finance
    does: record_payments
    with: {kind: recovery, amount: "54000.00", paid_on: day:now, voucher: R1}
    expect:
      reward: {base: 54000.00}
      work: {assess_reward: open, record_payments: open, write_closing_report: none}
"""


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "legal_flag", lambda key, **where: key == "reward_waits_for_recovery")


@pytest.mark.slow
def test_the_last_of_the_recovery_opens_it_once(played, waits) -> None:
    assert played(TO_DECISION + PAYING + LAST, head=HEAD).failures == []


@pytest.mark.slow
def test_the_fine_is_not_waited_for(played, waits) -> None:
    assert played(TO_DECISION + FINE_LEFT, head=HEAD).failures == []
