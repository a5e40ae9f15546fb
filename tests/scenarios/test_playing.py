"""What the player does with people, time, refusals and expectations that are not met."""

from collections.abc import Callable

import pytest
from django.conf import settings

from workflows.scenarios import Outcome

Play = Callable[..., Outcome]
TIP = """
  - acts: file_tip
    with: &tip
      is_real_name: false
      institution: 云河县中医院
      target_name: 云河县中医院
      story: 多收了护理费和床位费，账单上能看出来。
"""
REGISTERED = TIP + "  - {who: intake, does: register_tip, with: {jurisdiction: accepted}}\n"
NOTICED = """
  - {play: file_tip}
  - {play: verify_tip}
  - {play: open_case}
  - {play: investigate, with: {loss: "1800.00"}}
  - {at: 2025-04-30 10:00, play: serve_notice}
"""


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ("{work: {register_tip: 2025-03-25}}", "“register_tip” is due 2025-03-24, expected 2025-03-25"),
        ("{work: {register_tip: none}}", "expected it not to be"),
        ("{work: {review_copy: open}}", "“review_copy” is not open"),
        ("{may_do: {register_tip: [leader]}}", "is offered to ['intake']"),
        ("{clocks: {lead_verification: ended}}", "lead_verification is 2025-03-24, expected ended"),
        ("{clocks: {decision: 2025-06-01}}", "decision is none"),
        ("{runs: {tip_handling: ended}}", "tip_handling is running"),
        ("{journal: [case_opened]}", "the journal has no case_opened"),
        ("{journal: {tip_received: 2}}", "tip_received is 1, expected 2"),
        ("{tip: {filed: true}}", "filed is nothing, expected True"),
        ("{tip: {colour: red}}", "tip has no “colour”"),
        ("{case: {fine: 1}}", "no case was filed in this matter"),
        ("{documents: {filing_approval: 1}}", "count is 0, expected 1"),
        ("{documents: {filing_approval: {contains: [立案]}}}", "there is no stored filing_approval"),
        ("{ledger: {fund: {bank: 0.01}}}", "bank is 0.00, expected 0.01"),
        ("{messages: [立案]}", "no message to or from the citizen contains “立案”"),
        ("{reward: {amount: 200}}", "no reward was opened"),
        ("{visible: {leader: [tip]}}", "leader cannot open the tip"),
        ("{not_visible: {chief: [tip]}}", "chief can open the tip"),
        ("{visible: {chief: [moon]}}", "unknown subject “moon”"),
    ],
)
def test_an_expectation_that_is_not_met_ends_the_play(played: Play, expect: str, says: str) -> None:
    outcome = played(f"{TIP}    expect: {expect}\n  - {{expect: {{runs: {{}}}}}}\n")

    assert outcome.steps == 0
    assert len(outcome.failures) == 1
    assert outcome.failures[0].startswith("step 1: ")
    assert says in outcome.failures[0]


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("{who: nobody, does: register_tip}", "there is nobody called “nobody”"),
        ("{who: leader, does: register_tip, with: {jurisdiction: accepted}}", "refused with not_offered"),
        ("{who: intake, does: register_tip}", "refused with form_refused: jurisdiction"),
        ("{who: intake, does: decide_filing}", "nobody has “decide_filing” to do; open: register_tip"),
        ("{who: intake, does: register_tip, with: {colour: red}}", "the page does not ask for colour"),
        (
            "{who: intake, does: register_tip, with: {jurisdiction: accepted}, refused: busy}",
            "was not refused",
        ),
        ("{who: leader, does: register_tip, refused: busy}", "instead of busy with not_offered"),
        (
            "{who: intake, does: register_tip, refused: {code: form_refused, field: target_kind}}",
            "refused for ['jurisdiction'] instead of “target_kind”",
        ),
        ("{at: 2025-03-02 09:00}", "time does not go back"),
        ("{matter: 甲案, who: intake, does: register_tip}", "there is no matter “甲案”"),
        ("{acts: file_tip, with: *tip}", "a second matter needs a name"),
        ("{acts: send_files, with: {files: ['file:none.jpg']}}", "there is no “none.jpg” in files/"),
        ("{acts: send_files, with: {files: ['file:../01-true-tip-to-reward.yaml']}}", "there is no"),
    ],
)
def test_a_step_that_cannot_be_done_ends_the_play(played: Play, step: str, says: str) -> None:
    outcome = played(f"{TIP}  - {step}\n")

    assert outcome.steps == 1
    assert says in outcome.failures[0]


def test_a_refusal_that_was_expected_changes_nothing_and_the_play_goes_on(played: Play) -> None:
    outcome = played(
        REGISTERED
        + "  - {who: leader, does: review_copy, refused: not_offered, expect: {work: {review_copy: 2025-03-24}}}\n"
        + "  - {who: intake, does: register_tip, refused: already_done}\n"
    )

    assert outcome.failures == []


def test_a_page_posts_what_it_had_filled_in(played: Play) -> None:
    # The institution comes from the tip and nobody types it again.
    outcome = played(f"{REGISTERED}  - {{expect: {{tip: {{accepted: true}}, journal: [tip_registered]}}}}\n")

    assert outcome.failures == []


def test_time_that_passes_fires_a_timer_at_its_own_moment(played: Play) -> None:
    outcome = played(
        NOTICED
        + "  - {at: 2025-05-08 23:59, expect: {work: {decide_penalty: none}}}\n"
        + "  - {at: 2025-06-30 09:00, expect: {work: {decide_penalty: open}, journal: {timer_fired: 1}}}\n"
    )

    assert outcome.failures == []
    from workflows.models import JournalEntry
    from workflows.rules.calendar import end_of_day

    fired = JournalEntry.objects.get(act="timer_fired")
    offered = JournalEntry.objects.get(act="work_offered", element_id="decide_penalty")
    assert fired.at == offered.at
    assert (fired.at - end_of_day(fired.at.date())).total_seconds() < 1


def test_two_matters_are_kept_apart_by_their_names(played: Play) -> None:
    outcome = played(
        TIP.replace("- acts", "- matter: 甲案\n    acts")
        + "  - {matter: 乙案, acts: file_tip, with: *tip, expect: {tip: {number: 云河医保举〔2025〕2号}}}\n"
        + "  - {who: intake, does: register_tip, with: {jurisdiction: accepted}}\n"
        + "  - {matter: 甲案, expect: {tip: {number: 云河医保举〔2025〕1号, accepted: null}}}\n"
        + "  - {matter: 乙案, expect: {tip: {accepted: true}, work: {review_copy: open}}}\n"
    )

    assert outcome.failures == []


def test_the_store_answers_again_after_a_play_that_broke_off(played: Play) -> None:
    before = settings.OBJECT_STORE

    outcome = played("  - {acts: store_down}\n  - {who: intake, does: register_tip}\n")

    assert outcome.failures
    assert before == settings.OBJECT_STORE


def test_an_effect_that_failed_is_tried_again_while_time_passes(played: Play) -> None:
    outcome = played(
        "  - {play: file_tip}\n  - {play: verify_tip}\n  - {acts: store_down}\n  - {play: open_case}\n"
        "  - {acts: store_up}\n  - {at: +1d 09:00}\n"
        "  - {expect: {documents: {filing_approval: {contains: [立案]}}}}\n"
    )

    assert outcome.failures == []
