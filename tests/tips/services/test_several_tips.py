"""Several tips on one case: each is rewarded by what it brought, and by nothing else."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import translation

from casework.document_facts import standing_findings
from casework.forms import FindingForm
from casework.leads import leads_of
from casework.rule_sentences import in_words
from casework.services.record_finding import FindingFacts, record_finding
from enforcement.models import PenaltyDecision
from tests.factories.tips import RECEIVED, a_filing, a_real_name_filing, a_tip
from tests.tips.outcomes import confirmed
from tests.tips.rewarding import DECIDED, ELIGIBLE, decide, opened, work
from tests.tips.working import FILED, do, open_item, to_decision
from tips.document_facts import reward_matters
from tips.models import Reward, Tip
from tips.rewards.facts import known_facts
from tips.rewards.unrewarded import why_none
from tips.services.withdraw_tip import withdraw_tip
from workflows.errors import Invalid

pytestmark = pytest.mark.usefixtures("models")
NEW_FACTS = "另有三名患者被虚记费用"


def two_tips(people, first_filing=None):  # type: ignore[no-untyped-def]
    """A case of two tips under investigation, the later one with new facts."""
    first = a_tip(first_filing or a_real_name_filing()).tip
    to_decision(people, first)
    do(people["leader"], first.run, "decide_filing", FILED)
    first.refresh_from_db()
    second = a_tip(a_real_name_filing(), now=RECEIVED + timedelta(hours=3)).tip
    to_decision(people, second)
    join = {"filing": "join", "reasons": "同一事实", "new_facts": NEW_FACTS, "case_number": first.case.number}
    do(people["leader"], second.run, "decide_filing", join)
    return first, Tip.objects.get(pk=second.pk)


def find(people, case, loss: str, lead: Tip | None) -> None:  # type: ignore[no-untyped-def]
    """A finding as its officer leaves it."""
    case.findings.create(
        party=case.parties.get(),
        conduct=f"虚记费用{loss}",
        facts="x",
        article="38",
        loss_amount=Decimal(loss),
        occurred_from=date(2024, 1, 1),
        occurred_until=date(2024, 12, 31),
        lead=lead.pk if lead else None,
        recorded_by=people["handler"],
        recorded_at=RECEIVED,
    )


def found(people, first: Tip, second: Tip) -> None:  # type: ignore[no-untyped-def]
    find(people, first.case, "300000.00", first)
    find(people, first.case, "80000.00", second)
    find(people, first.case, "20000.00", None)
    decide(first, people)


def given() -> dict[int, Decimal]:
    return dict(Reward.objects.values_list("tip", "base_amount"))


def test_each_tip_is_rewarded_by_its_own_findings_once(people) -> None:
    first, second = two_tips(people)
    found(people, first, second)

    opened(first)
    opened(first)

    assert given() == {first.pk: Decimal("300000.00"), second.pk: Decimal("80000.00")}
    runs = {reward.run.family_id for reward in Reward.objects.select_related("run")}
    assert runs == {first.case.run.family_id}
    later = Reward.objects.get(tip=second)
    assert [matter.confirmed_amount for matter in reward_matters(later)] == [Decimal("80000.00")]
    assert NEW_FACTS in known_facts(later)["first_tip"]
    assert NEW_FACTS not in known_facts(Reward.objects.get(tip=first))["first_tip"]


def test_what_was_recovered_is_shared_out_once(people) -> None:
    first, second = two_tips(people)
    found(people, first, second)
    PenaltyDecision.objects.update(recovery_amount="350000.00")

    opened(first)

    assert given() == {first.pk: Decimal("300000.00"), second.pk: Decimal("50000.00")}


@pytest.mark.parametrize("is_withdrawn", [True, False], ids=["withdrawn", "wants none"])
def test_a_first_tip_without_reward_keeps_its_findings_and_swallows_no_others(people, is_withdrawn) -> None:
    first, second = two_tips(people, None if is_withdrawn else a_filing(wants_reward=False))
    found(people, first, second)
    if is_withdrawn:
        withdraw_tip(first, key="w", now=DECIDED - timedelta(minutes=1))

    opened(first)

    assert given() == {second.pk: Decimal("80000.00")}


def test_the_officer_chooses_the_tip_only_where_there_are_several(people) -> None:
    alone = a_tip(a_real_name_filing()).tip
    to_decision(people, alone)
    do(people["leader"], alone.run, "decide_filing", FILED)
    alone.refresh_from_db()
    first, second = two_tips(people)

    simple, chosen = FindingForm(case=alone.case), FindingForm(case=first.case)

    assert "from_tip" in simple.fields
    assert "lead" not in simple.fields
    assert "from_tip" not in chosen.fields
    values = [value for value, _name in chosen.fields["lead"].choices]  # type: ignore[attr-defined]
    assert values == ["", str(first.pk), str(second.pk), "none"]
    assert [lead.new_facts for lead in leads_of(first.case)] == ["", NEW_FACTS]


@pytest.mark.parametrize("which", ["first", "second", "none"])
def test_a_finding_names_the_tip_that_was_chosen(people, which) -> None:
    tips = dict(zip(("first", "second"), two_tips(people), strict=True))
    case = tips["first"].case
    entries = {
        "act": "record_finding", "party": case.parties.get().pk, "conduct": "x", "facts": "x", "article": "38",
        "loss_amount": "10.00", "multiple": "1.00", "occurred_from": "2024-06-01", "occurred_until": "2024-09-30",
    }  # fmt: skip

    blank = FindingForm(entries, case=case)
    form = FindingForm(entries | {"lead": str(tips[which].pk) if which in tips else "none"}, case=case)

    assert "lead" in blank.errors
    assert form.is_valid(), form.errors
    assert form.facts_given()["lead"] == (tips[which].pk if which in tips else None)


def test_a_tip_of_another_case_is_refused(people) -> None:
    first, _second = two_tips(people)
    other = a_tip(a_real_name_filing()).tip
    officers = first.verifiers.values_list("officer", flat=True)
    do(
        people["leader"],
        first.case.run,
        "appoint_handlers",
        {"is_recusal_checked": "on", "officers": list(officers)},
    )
    facts = FindingFacts(
        party=first.case.parties.get(), conduct="x", facts="x", article="38", loss_amount=Decimal(10),
        multiple=Decimal(1), occurred_from=date(2024, 6, 1), occurred_until=date(2024, 9, 30), lead=other.pk,
    )  # fmt: skip

    with pytest.raises(Invalid) as refused:
        record_finding(
            actor=people["handler"], work_item=open_item(first.case.run, "investigate"), finding=facts,
            key=str(uuid4()), now=RECEIVED,
        )  # fmt: skip

    assert refused.value.field == "lead"
    assert not standing_findings(first.case)


@pytest.mark.parametrize(
    ("base", "left"), [("190000.00", ("150000.00", "40000.00")), (None, ("0.00", "0.00"))], ids=str
)
def test_what_a_review_leaves_is_shared_out_once_too(people, base, left) -> None:
    first, second = two_tips(people)
    found(people, first, second)
    reward = opened(first)
    assert reward is not None
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)

    confirmed(people, reward, base)

    assert given() == dict(zip((first.pk, second.pk), map(Decimal, left), strict=True))


@pytest.mark.parametrize(
    ("by_second", "sentence"),
    [
        ("0.00", "what you reported had been reported earlier by somebody else."),
        ("80000.00", None),
    ],
)
def test_a_tipster_without_reward_reads_why(people, by_second, sentence) -> None:
    first, second = two_tips(people)
    find(people, first.case, "300000.00", first)
    if by_second != "0.00":
        find(people, first.case, by_second, second)
    assert why_none(second) is None, "nothing is certain before the decision"
    decide(first, people)
    opened(first)

    reason = why_none(Tip.objects.get(pk=second.pk))

    assert why_none(Tip.objects.get(pk=first.pk)) is None
    with translation.override("en"):
        assert (in_words(reason) if reason else None) == (sentence and f"No reward is granted: {sentence}")


def test_where_nothing_comes_back_the_first_reads_that(people) -> None:
    first, _second = two_tips(people)
    find(people, first.case, "20000.00", None)
    decide(first, people)
    opened(first)

    reason = why_none(Tip.objects.get(pk=first.pk))

    with translation.override("en"):
        assert "no money of the fund is to be recovered" in in_words(reason)


def test_who_withdrew_before_the_decision_or_wanted_none_reads_nothing(people) -> None:
    first, second = two_tips(people, a_filing(wants_reward=False))
    withdraw_tip(second, key="w", now=DECIDED - timedelta(minutes=1))
    decide(first, people)

    assert why_none(Tip.objects.get(pk=first.pk)) is None
    assert why_none(Tip.objects.get(pk=second.pk)) is None
