"""A whole matter of the demo bureau, from the tip to the paid reward: its people act through their task pages."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from casework.models import Account, Bureau, Case, Officer
from casework.task_pages import perform_task
from config.demo_bureau.people import make_people
from tests.factories import casework as make
from tests.factories.tips import a_real_name_filing, an_institution
from tips.files.attachments import Attachment
from tips.models import Reward
from tips.rules.eligibility import GOOD_ANSWERS
from tips.services.claim_reward import claim_reward
from tips.services.file_tip import file_tip
from tips.words import Payee
from workflows.background import relay
from workflows.models import Family, LaneMember, WorkItem
from workflows.now import playing

BEGIN = datetime(2025, 3, 12, 2, 0, tzinfo=UTC)
POINTS = (
    "competence", "officers", "procedure", "facts", "law", "discretion", "powers", "documents", "crime", "rights",
)  # fmt: skip
SERVED = {"served_on": "2025-03-12", "method": "direct", "receiver": "王建国"}
VERIFIERS, HANDLERS = ("handler_b", "handler_c"), ("handler_a", "handler_b")

# Who does what in the order of the law; `None` stands for the first verifier, handler or whoever is named.
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("register_tip", "intake", {"target_kind": "organisation", "jurisdiction": "accepted"}),
    ("review_copy", "intake", {"reviewed_copy": "该院在患者出院后继续记录理疗费用。"}),
    ("assign_verifiers", "leader", {"is_recusal_checked": "on"}),
    ("verify_lead", "verifier", {"verification_record": "调取清单核对。", "verification": "supported"}),
    (
        "decide_filing",
        "leader",
        {
            "filing": "file", "reasons": "符合立案条件。", "cause": "涉嫌分解住院案", "has_identified_suspect": "on",
            "is_punishable_conduct": "on", "is_own_jurisdiction": "on", "articles": ["38"],
        },
    ),
    ("answer_tipster", "intake", {"answer": "您的举报已立案。"}),
    ("appoint_handlers", "leader", {"is_recusal_checked": "on"}),
    (
        "investigate",
        "handler",
        {
            "act": "record_finding", "conduct": "分解住院", "facts": "一次住院分两次结算。", "article": "38",
            "loss_amount": "54000.00", "multiple": "1.00", "occurred_from": "2024-06-01",
            "occurred_until": "2024-09-30", "from_tip": "on",
        },
    ),
    ("investigate", "handler", {"final_report": "事实清楚，建议处罚。"}),
    ("approve_investigation", "leader", {"investigation": "complete"}),
    (
        "legal_review",
        "reviewer",
        {"opinion": "agree", "reasons": "同意。", **{f"point_{point}": "conforms" for point in POINTS}},
    ),
    ("serve_notice", "handler", SERVED),
    ("record_response_or_hearing", "handler", {"response": "none", "received_on": "2025-03-12", "text": ""}),
    ("decide_penalty", "leader", {"decision": "penalty", "fine_amount": "54000.00", "reasons": "一般情节。"}),
    ("serve_decision", "handler", SERVED),
    (
        "record_payments",
        "finance",
        {"kind": "recovery", "amount": "54000.00", "paid_on": "2025-03-12", "voucher": "V-1"},
    ),
    (
        "record_payments",
        "finance",
        {"kind": "fine", "amount": "54000.00", "paid_on": "2025-03-12", "voucher": "V-2"},
    ),
    ("write_closing_report", "handler", {"ground": "executed", "report": "罚没款项已全部缴清。"}),
    ("approve_closing", "leader", {"closing": "concluded"}),
    (
        "draft_report",
        "handler",
        {"discovery": "日常监管发现。", "violations": "分解住院。", "outcome": "已处罚。", "basis": "条例第38条。"},
    ),
    ("send_report", "leader", {"report": "send"}),
    (
        "assess_reward",
        "reward",
        {"eligible": "eligible", "reasons": "", "level": "1", "level_reasons": "线索具体。",
         **GOOD_ANSWERS},
    ),
    ("approve_reward", "leader", {"approval": "approved", "reasons": "同意。"}),
    ("approve_reward_again", "chief", {"approval": "approved", "reasons": "同意。"}),
    ("confirm_identity", "identity", {"identity": "confirmed"}),
    ("order_payment", "finance", {}),
    ("release_payment", "finance_b", {"release": "released"}),
    ("pay_reward", "finance", {"payment": "paid", "paid_on": "2025-03-12", "voucher": "V-3"}),
)  # fmt: skip

# What comes in between when the party asks to be heard.
HEARING: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "arrange_hearing",
        "chair",
        {"scheduled_for": "2025-03-28T09:00", "place": "三楼会议室", "is_public": "on"},
    ),
    ("hold_hearing", "chair", {"result": "held", "record": "听证笔录。", "opinion": "事实清楚。"}),
)


class Matter:
    """A real-name tip that wants the reward, with the case and the reward that come of it."""

    def __init__(
        self,
        *,
        verifiers: Sequence[str] = VERIFIERS,
        handlers: Sequence[str] = HANDLERS,
        files: Sequence[Attachment] = (),
        **doers: str,
    ) -> None:
        make.published_models()
        make_people()
        self.now = BEGIN
        self.verifiers, self.handlers = verifiers, handlers
        self.doers = {"verifier": verifiers[0], "handler": handlers[0], **doers}
        self.bureau = Bureau.objects.get(level=Bureau.Level.COUNTY)
        institution = an_institution("云河康宁医院", self.bureau)
        filing = a_real_name_filing(bureau=self.bureau, institution=institution)
        self.filed = file_tip(filing, files=files, seed=secrets.token_bytes(32), now=self.now)
        self.tip = self.filed.tip
        self.done: list[str] = []

    @property
    def family(self) -> Family:
        """The root that tip, case and reward share."""
        return Family.objects.get(pk=self.tip.run.family_id)

    @property
    def case(self) -> Case:
        """The case of the tip."""
        return Case.objects.select_related("bureau", "run").get(tips=self.tip)

    def person(self, username: str) -> Account:
        """Somebody of the demo's cast."""
        return Account.objects.get(username=username)

    def joins(self, username: str, *lanes: str) -> Account:
        """The person works in further lanes of the county from now on."""
        account = self.person(username)
        for lane in lanes:
            LaneMember.objects.get_or_create(
                account=account,
                lane=lane,
                unit_id=self.bureau.pk,
                ends_at=None,
                defaults={"starts_at": BEGIN},
            )
        return account

    def work(self, element_id: str) -> WorkItem:
        """The open item of the matter at an element."""
        return WorkItem.objects.get(family=self.family, element_id=element_id, status=WorkItem.Status.OPEN)

    def entries(self, element_id: str) -> dict[str, Any]:
        """What a lawful person would enter at the next task of that element."""
        plans = [plan for name, _who, plan in (*STEPS, *HEARING) if name == element_id] or [{}]
        return self._filled(element_id, plans[min(self.done.count(element_id), len(plans) - 1)])

    def does(self, username: str, element_id: str, **entries: Any) -> None:
        """The person hands in (a part of) the task, by way of its page."""
        with playing(self.now):
            perform_task(
                actor=self.person(username),
                item=self.work(element_id),
                data={**self.entries(element_id), **entries},
                files={},
                key=make.key(),
                now=self.now,
            )
        self.done.append(element_id)

    def until(self, element_id: str) -> WorkItem:
        """Everything before the first task of that element is done by whoever should; the item."""
        for name, who, _plan in STEPS[len(self.done) :]:
            self._between(name)
            if name == element_id:
                return self.work(element_id)
            self.does(self.doers.get(who, who), name)
        raise LookupError(element_id)

    def _between(self, coming: str) -> None:
        """What no official does: effects, and the tipster's claim."""
        is_told = WorkItem.objects.filter(family=self.family, element_id=coming).exists()
        if coming == "confirm_identity" and not is_told:
            self.passes()
            reward = Reward.objects.get(tip=self.tip)
            payee = Payee("周举报", "11010519491231002X", "云河农村商业银行", "6222000800000001")
            claim_reward(reward, payee, key=make.key(), now=self.now)

    def passes(self) -> None:
        """A second passes; what waits in the outbox is carried out."""
        self.now += timedelta(seconds=1)
        with playing(self.now):
            relay.drain(self.now)

    def _filled(self, element_id: str, plan: dict[str, Any]) -> dict[str, Any]:
        match element_id:
            case "register_tip":
                return plan | {"institution_code": self.tip.institution.code}
            case "assign_verifiers":
                return plan | {"officers": self._officers(self.verifiers)}
            case "appoint_handlers":
                return plan | {"officers": self._officers(self.handlers)}
            case "investigate" if "act" in plan:
                return plan | {"party": self.case.parties.get().pk}
        return plan

    def _officers(self, usernames: Sequence[str]) -> list[int]:
        return list(Officer.objects.filter(account__username__in=usernames).values_list("pk", flat=True))
