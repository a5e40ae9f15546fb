"""A tipster has a decision looked at again, by somebody who had no part in it, in time, once."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework.models import Account
from tests.factories.tips import RECEIVED, a_person, a_tip
from tests.tips.outcomes import LATER as OUTCOME
from tests.tips.outcomes import confirmed
from tests.tips.rewarding import DECIDED, a_paid_case, opened, work
from tests.tips.services.test_yearly_report import NO
from tests.tips.working import do, staff, to_decision
from tips.coming_back import messages
from tips.coming_back.reexaminations import decision_of
from tips.coming_back.rights import rights_of
from tips.errors import NothingToReexamine, StillOpen
from tips.models import Reexamination, TipMessage
from tips.purging.erasing import destroy
from tips.purging.obstacles import obstacles_of
from tips.rules.eligibility import GOOD_ANSWERS
from tips.sealing import contents
from tips.selectors import thread
from tips.services.file_tip import FiledTip
from tips.services.reexamine import ask_reexamination
from tips.services.withdraw_tip import withdraw_tip
from workflows.clocks.watch import watch
from workflows.errors import DutyConflict, Refusal, Repeated
from workflows.models import ClockWarning, JournalEntry
from workflows.now import playing
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")
WORDS = "核查时没有看夜间护理记录。"
KEPT = {"reexamination": "kept", "reasons": "核查充分。", "answer": "经复核，维持原决定。"}
ASIDE = {"reexamination": "set_aside", "reasons": "漏看护理记录。", "answer": "原决定已撤销，重新办理。"}
LATER = RECEIVED + timedelta(days=3)


@pytest.fixture
def people(models: None) -> dict[str, Account]:
    return {**staff(), "reviewer": a_person("reviewer", "legal_reviewer")}


def refused(people: Mapping[str, Account]) -> FiledTip:
    """A tip that was not accepted, told to its tipster."""
    filed = a_tip()
    do(people["intake"], filed.tip.run, "register_tip", NO)
    do(people["intake"], filed.tip.run, "answer_not_accepted", {"answer": "请向市场监管部门反映。"})
    do(people["intake"], filed.tip.run, "archive_tip", {"is_complete": "on"})
    filed.tip.refresh_from_db()
    return filed


def not_filed(people: Mapping[str, Account], *, archived: bool = True) -> FiledTip:
    filed = a_tip()
    to_decision(people, filed.tip, verification="unsupported")
    do(people["leader"], filed.tip.run, "decide_filing", {"filing": "refuse", "reasons": "证据不足。"})
    do(people["intake"], filed.tip.run, "answer_tipster", {"answer": "不予立案。"})
    if archived:
        do(people["intake"], filed.tip.run, "archive_tip", {"is_complete": "on"})
    filed.tip.refresh_from_db()
    return filed


def asked(filed: FiledTip, key: str = "k") -> Reexamination:
    tip = filed.tip
    return ask_reexamination(tip, WORDS, content_key=contents.content_key(tip), key=key, now=LATER)


def test_a_tip_that_was_not_accepted_is_registered_anew_when_that_is_set_aside(people) -> None:
    filed = refused(people)
    first_run = filed.tip.run_id
    request = asked(filed)
    assert (request.about, request.decided_by) == ("not_accepted", people["intake"])
    assert request.decision_reasons == "请向市场监管部门反映。"

    do(people["reviewer"], request.run, "examine_decision", ASIDE, LATER)

    filed.tip.refresh_from_db()
    assert filed.tip.run_id != first_run and filed.tip.is_accepted is None
    do(
        people["intake"],
        filed.tip.run,
        "register_tip",
        {"target_kind": "organisation", "jurisdiction": "accepted"},
    )
    filed.tip.refresh_from_db()
    assert filed.tip.is_accepted is True
    assert JournalEntry.objects.filter(act="tip_reopened").count() == 1


def test_a_tip_that_was_not_filed_can_be_filed_in_the_end(people) -> None:
    filed = not_filed(people)
    do(people["reviewer"], asked(filed).run, "examine_decision", ASIDE, LATER)
    filed.tip.refresh_from_db()

    to_decision(people, filed.tip)
    filed.tip.refresh_from_db()

    assert (filed.tip.is_filed, filed.tip.is_supported) == (None, True)


def test_a_decision_that_is_kept_stays_and_is_not_looked_at_twice(people) -> None:
    filed = not_filed(people)
    request = asked(filed)
    do(people["reviewer"], request.run, "examine_decision", KEPT, LATER)

    request.refresh_from_db()
    filed.tip.refresh_from_db()
    assert (request.outcome, request.examined_by, filed.tip.is_filed) == ("kept", people["reviewer"], False)
    assert decision_of(filed.tip) is None
    with pytest.raises(NothingToReexamine):
        asked(filed, "again")


def test_nobody_who_had_a_part_in_the_decision_examines_it(people) -> None:
    filed = not_filed(people)
    request = asked(filed)
    for name in ("intake", "leader", "handler", "second"):
        part = people[name]
        part.lane_memberships.create(
            lane="legal_reviewer", unit_id=filed.tip.bureau_id, starts_at=RECEIVED - timedelta(days=1)
        )
        with pytest.raises(DutyConflict):
            do(part, request.run, "examine_decision", KEPT, LATER)


def test_one_request_at_a_time_and_none_without_a_decision(people) -> None:
    fresh = a_tip()
    with pytest.raises(NothingToReexamine):
        asked(fresh, "fresh")
    filed = refused(people)
    asked(filed)
    with pytest.raises(Repeated):
        asked(filed)
    with pytest.raises(NothingToReexamine):
        asked(filed, "second")
    gone = refused(people)
    withdraw_tip(gone.tip, key="w", now=LATER)
    with pytest.raises(NothingToReexamine):
        asked(gone, "gone")


def test_a_decision_whose_papers_are_not_put_away_cannot_be_set_aside_yet(people) -> None:
    filed = not_filed(people, archived=False)
    request = asked(filed)

    with pytest.raises(StillOpen):
        do(people["reviewer"], request.run, "examine_decision", ASIDE, LATER)
    request.refresh_from_db()
    assert request.outcome == "" and TipMessage.objects.filter(key=f"reexamined:{request.pk}").count() == 0
    do(people["intake"], filed.tip.run, "archive_tip", {"is_complete": "on"})
    do(people["reviewer"], request.run, "examine_decision", ASIDE, LATER)


def test_a_refused_reward_is_assessed_anew(people) -> None:
    filed = a_paid_case(people)
    reward = opened(filed.tip)
    assert reward is not None
    answers = {"eligible": "not_eligible", "reasons": "见案卷第3号", "condition_not_known_before": "no"}
    answers["evidence_not_known_before"] = "案卷第3号"
    work(people, reward, "reward_officer", "assess_reward", answers)
    reward.refresh_from_db()
    assert reward.is_eligible is False
    filed.tip.refresh_from_db()
    request = ask_reexamination(
        filed.tip, WORDS, content_key=contents.content_key(filed.tip), key="r", now=DECIDED
    )
    assert request.about == "reward"

    do(people["reviewer"], request.run, "examine_decision", ASIDE, DECIDED)

    reward.refresh_from_db()
    assert reward.is_eligible is None
    other = a_person("other_reward", "reward_officer")
    do(other, reward.run, "assess_reward", {**GOOD_ANSWERS, "eligible": "eligible"}, DECIDED)
    reward.refresh_from_db()
    assert reward.is_eligible is True


def test_a_refused_reward_is_assessed_anew_from_what_a_review_left(people) -> None:
    filed = a_paid_case(people)
    reward = opened(filed.tip)
    assert reward is not None
    answers = {"eligible": "not_eligible", "reasons": "见案卷第3号", "condition_not_known_before": "no"}
    answers["evidence_not_known_before"] = "案卷第3号"
    work(people, reward, "reward_officer", "assess_reward", answers)
    confirmed(people, reward, "100000.00")
    assert not reward.recalculations.exists(), "nothing was promised that could change"
    filed.tip.refresh_from_db()
    request = ask_reexamination(
        filed.tip, WORDS, content_key=contents.content_key(filed.tip), key="r", now=OUTCOME
    )

    do(people["reviewer"], request.run, "examine_decision", ASIDE, OUTCOME)

    reward.refresh_from_db()
    assert str(reward.base_amount) == "100000.00"


def test_being_late_is_warned_of(people) -> None:
    request = asked(refused(people))

    watch(LATER + timedelta(days=40))

    assert ClockWarning.objects.filter(clock__run=request.run, rung="overdue").exists()


def test_words_and_answer_are_sealed_and_gone_with_the_tip(people) -> None:
    filed = refused(people)
    request = asked(filed)
    tip = filed.tip
    assert str(obstacles_of(tip, "tipster", LATER)[0])
    do(people["reviewer"], request.run, "examine_decision", KEPT, LATER)
    texts = [messages.read(one, contents.content_key(tip)).text for one in thread(tip)]
    assert WORDS in texts and KEPT["answer"] in texts

    with transaction.atomic():
        destroy(tip, now=LATER)

    request.refresh_from_db()
    assert (request.reasons, request.decision_reasons, request.outcome) == ("", "", "kept")
    assert not any(TipMessage.objects.values_list("sealed_text", flat=True))


def test_the_tipster_asks_and_reads_on_the_page_of_the_report(people) -> None:
    caches["short_lived"].clear()
    filed = refused(people)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    with playing(LATER):
        client.post(reverse("tips:follow"), {"code": filed.code})
        url = reverse("tips:report_reexamination")
        assert url in client.get(reverse("tips:report_status")).content.decode()
        assert url in client.get(reverse("tips:report_rights")).content.decode()
        form = client.get(url).context["form"]
        given = {"key": form["key"].value(), "report": form["report"].value()}
        assert client.post(url, {**given, "text": ""}).status_code == 422
        assert client.post(url, {**given, "text": WORDS}).status_code == 302
        shown = client.get(reverse("tips:report_status")).content.decode()

        assert "being looked at again" in shown and WORDS in shown and url not in shown
        assert client.get(url).status_code == 302
    do(people["reviewer"], Reexamination.objects.get().run, "examine_decision", KEPT, LATER)
    with playing(LATER):
        assert "the decision stands" in client.get(reverse("tips:report_status")).content.decode()


def test_the_way_is_offered_only_where_there_is_a_decision(people) -> None:
    today = civil_date(LATER)

    assert not any(one.url for one in rights_of(a_tip().tip, today))
    assert rights_of(refused(people).tip, today)[0].url == reverse("tips:report_reexamination")


def test_outsiders_are_not_offered_the_work(people) -> None:
    request = asked(refused(people))

    with pytest.raises(Refusal):
        do(people["auditor"], request.run, "examine_decision", KEPT, LATER)
