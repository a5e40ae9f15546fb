"""Who may open which address: the one table. A route of ours that is missing here fails the tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import uuid4

from casework.permissions import Role


class Door(Enum):
    """What opens an address."""

    PUBLIC = "everybody"
    RECEIPT = "whoever has looked a report up with its receipt code"
    UPLOAD = "whoever has the basket of a form or has looked a report up; nobody else finds anything"
    STAFF = "everybody who is signed in; shows nothing of a matter that the asker may not see"
    ROLE = "officials of the bureau with one of the roles"
    GRANT = "whoever holds a grant on the object, or a role that sees all of its bureau"


@dataclass(frozen=True)
class Rule:
    """The rule of one route, with a request that meets it."""

    door: Door
    roles: frozenset[str] = frozenset()
    method: str = "get"
    args: Callable[[Any], list[Any]] = lambda world: []
    data: dict[str, Any] = field(default_factory=dict)
    query: tuple[str, ...] = ("",)
    insider: str = ""
    """With a grant: user name of somebody who may, or nothing when no official has a grant at this moment."""


def public(**more: Any) -> Rule:
    """Open to everybody."""
    return Rule(Door.PUBLIC, **more)


def receipt(**more: Any) -> Rule:
    """Open with a receipt code."""
    return Rule(Door.RECEIPT, **more)


def staff(*query: str) -> Rule:
    """Open to all staff, with the searches that are tried."""
    return Rule(Door.STAFF, query=query or ("",))


def role(*roles: str) -> Rule:
    """Open by role."""
    return Rule(Door.ROLE, frozenset(roles))


def grant(kind: str, *roles: str, insider: str, **more: Any) -> Rule:
    """Open by grant on the world's object of that kind, or by role in its bureau."""
    return Rule(
        Door.GRANT, frozenset(roles), args=lambda world: [getattr(world, kind)], insider=insider, **more
    )


def granted_tab(tab: str) -> Callable[[Any], list[Any]]:
    """Arguments of one part of the case page."""
    return lambda world: [world.case, tab]


LEADS = frozenset({Role.LEADER, Role.CHIEF})
SEE_ALL = (Role.CHIEF, Role.AUDITOR)
SEE_SYSTEM = (Role.OPERATOR, Role.CHIEF, Role.AUDITOR)
KEEPS = (Role.INTAKE_OFFICER, Role.LEADER, Role.CHIEF, Role.AUDITOR)
HOLDS = (Role.LEADER, Role.CHIEF, Role.AUDITOR)
WITHDRAWS = (Role.INTAKE_OFFICER, Role.LEADER, Role.CHIEF)
REFUSE = {"decision": "refuse"}
REASON = {"reasons": "比例有误，重新拟订"}
PROPOSE_SCHEMES = (Role.REWARD_OFFICER, Role.LEADER, Role.CHIEF)
UPLOAD = {"name": "a.pdf", "size": 1}

ROUTES: dict[str, Rule] = {
    "healthz": public(),
    # tips, for citizens
    "tips:home": public(),
    "tips:information": public(),
    "tips:reward_information": public(),
    "tips:report": public(),
    "tips:report_institutions": public(method="post", data={"target_name": "云河"}),
    "tips:report_calculation": public(method="post"),
    "tips:report_questions": public(method="post", data={"target_kind": "pharmacy"}),
    "tips:report_kept": public(method="post"),
    "tips:report_paper": public(method="post"),
    "tips:follow": public(),
    "tips:left": public(),
    "tips:uploads": Rule(Door.UPLOAD),
    "tips:upload": Rule(Door.UPLOAD, args=lambda world: [uuid4()], method="delete"),
    "tips:report_leave": public(method="post"),
    "tips:report_status": receipt(),
    "tips:report_message": receipt(method="post", data={"text": "words", "key": "k"}),
    "tips:report_files": receipt(method="post", data={"key": "k"}),
    "tips:report_withdraw": receipt(),
    "tips:report_acknowledgement": receipt(),
    "tips:report_rights": receipt(),
    "tips:report_reexamination": receipt(),
    "tips:report_answer": receipt(args=lambda world: [1]),
    "tips:report_file": receipt(args=lambda world: [world.tip_file]),
    "tips:tip_request": grant(
        "tip", insider="intake", method="post", data={"words": "请补充", "due_on": "2025-03-20", "key": "r"}
    ),
    "tips:tip_request_withdraw": Rule(
        Door.GRANT,
        args=lambda world: [world.tip, world.tip_request],
        insider="intake",
        method="post",
    ),
    "tips:acknowledgement_check": public(),
    "tips:acknowledgement_keys": public(),
    "tips:report_claim": receipt(),
    "tips:report_pin": receipt(),
    "tips:report_decline": receipt(),
    "tips:last_year": public(),
    # tips, for officials
    "tips:yearly_reports": role(*KEEPS),
    "tips:yearly_report": grant("yearly_report", *KEEPS, insider="intake"),
    "tips:yearly_report_xlsx": grant("yearly_report", *KEEPS, insider="intake"),
    "tips:yearly_report_pdf": grant("yearly_report", *KEEPS, insider="intake"),
    "tips:yearly_report_publish": grant(
        "yearly_report", *LEADS, insider="leader", method="post", data={"key": "k"}
    ),
    "tips:yearly_report_withdraw": grant(
        "yearly_report",
        *LEADS,
        insider="leader",
        method="post",
        data={"key": "w", "reasons": "数字有误，暂停公开"},
    ),
    "tips:take_in": role(Role.INTAKE_OFFICER),
    "tips:take_in_paper": Rule(Door.ROLE, frozenset({Role.INTAKE_OFFICER}), method="post", data={"key": "k"}),
    "tips:take_in_done": Rule(Door.ROLE, frozenset({Role.INTAKE_OFFICER}), method="post", data={"key": "k"}),
    "tips:supervisors": role(Role.INTAKE_OFFICER, Role.LEADER, Role.CHIEF),
    "tips:supervisor_add": Rule(Door.ROLE, LEADS, method="post", data={"name": "n"}),
    "tips:supervisor_code": grant("supervisor", *LEADS, insider="leader", method="post"),
    "tips:supervisor_end": grant("supervisor", *LEADS, insider="leader", method="post"),
    "tips:questionnaires": role(Role.INTAKE_OFFICER, Role.LEADER, Role.CHIEF),
    "tips:questionnaire": grant("questionnaire", Role.INTAKE_OFFICER, *LEADS, insider="leader"),
    "tips:questionnaire_new": grant("questionnaire", Role.INTAKE_OFFICER, insider="intake"),
    "tips:tips": staff("", "?q=2025", "?outcome=filed", "?due=0&sort=due"),
    "tips:register_csv": staff("", "?due=0"),
    "tips:register_xlsx": staff(),
    "tips:register_pdf": staff(),
    "tips:tip": grant("tip", *SEE_ALL, insider="intake", query=("", "?words=open")),
    "tips:tip_likeness": grant(
        "tip", *SEE_ALL, insider="intake", method="post", data={"other": 1, "is_same": "yes", "key": "l-1"}
    ),
    "tips:tip_hand_on": grant("tip", insider="intake", method="post", data={"added": "补充", "key": "h-1"}),
    "tips:tip_message": grant("tip", insider="intake", method="post", data={"text": "您好", "key": "m-1"}),
    "tips:tip_file": Rule(Door.GRANT, args=lambda world: [world.tip, world.tip_file], insider="intake"),
    "tips:identity_ask": grant("tip", insider="intake"),
    "tips:identity_requests": role(Role.AUDITOR, Role.CHIEF),
    "tips:identity_request": grant("identity_request", insider="handler_b"),
    "tips:identity_look": grant("identity_request", insider="handler_b", method="post"),
    "tips:identity_end": grant("identity_request", insider="handler_b", method="post", data={"key": "e-1"}),
    "tips:purges": role(Role.INTAKE_OFFICER, Role.LEADER, Role.CHIEF, Role.AUDITOR),
    "tips:purge": grant("tip", *KEEPS, insider="intake"),
    "tips:hold": grant(
        "tip", *HOLDS, insider="leader", method="post", data={"reasons": "诉讼需要", "key": "h"}
    ),
    "tips:purge_withdraw": grant("tip", *WITHDRAWS, insider="intake", method="post", data={"key": "w"}),
    "tips:document": grant("reward_document", *SEE_ALL, insider="leader"),
    "tips:rewards": staff(),
    "tips:reward": grant("reward", *SEE_ALL, insider="leader"),
    "tips:outcome_enter": grant("reward", insider="reward"),
    "tips:outcome_decide": grant("outcome", Role.CHIEF, insider="leader"),
    "tips:pin_waivers": role(Role.IDENTITY_OFFICER),
    "tips:budget": role(Role.FINANCE, Role.LEADER, Role.CHIEF, Role.AUDITOR),
    "tips:budget_enter": role(Role.FINANCE),
    "tips:budget_decide": grant("budget_change", Role.CHIEF, insider="chief"),
    # Schemes are law for everybody; drafts are for whoever drafts, approves or audits in the bureau.
    "tips:schemes": staff(),
    "tips:scheme": Rule(Door.STAFF, args=lambda world: ["sichuan"]),
    "tips:export_schemes": staff("", "?as=csv"),
    "tips:new_scheme": role(*PROPOSE_SCHEMES),
    "tips:assign_scheme": role(*PROPOSE_SCHEMES),
    "tips:scheme_proposal": grant("scheme_proposal", *PROPOSE_SCHEMES, Role.AUDITOR, insider=""),
    "tips:scheme_trial": grant("scheme_proposal", *PROPOSE_SCHEMES, Role.AUDITOR, insider=""),
    "tips:decide_scheme": grant(
        "scheme_proposal", Role.LEADER, Role.CHIEF, insider="", method="post", data={"decision": "send_back"}
    ),
    "tips:take_back_scheme": grant(
        "approved_scheme", Role.LEADER, Role.CHIEF, insider="", method="post", data=REASON
    ),
    "tips:payments": role(Role.FINANCE),
    "tips:payment": grant("batch", Role.FINANCE, insider="finance"),
    "tips:payment_file": grant("batch", insider="finance"),
    "tips:payment_voucher": Rule(Door.GRANT, args=lambda world: [world.batch, 1], insider=""),
    "tips:payment_return": Rule(Door.GRANT, args=lambda world: [world.batch, 1], insider=""),
    "tips:bureau_claims": role(Role.IDENTITY_OFFICER),
    "tips:bureau_claim": grant("reward", Role.IDENTITY_OFFICER, insider=""),
    "tips:reward_notice": Rule(Door.GRANT, args=lambda world: [world.reward_document], insider=""),
    "tips:payment_answers": grant("batch", Role.FINANCE, insider="finance", method="post"),
    # casework
    "casework:my_work": staff("", "?show=free", "?number=2025"),
    "casework:task": grant("item", insider="handler_a"),
    "casework:claim": grant("item", insider="handler_a", method="post"),
    "casework:release": grant("item", insider="handler_a", method="post"),
    "casework:hand_on": grant("item", Role.LEADER, Role.CHIEF, insider="leader"),
    "casework:substitutions": role(Role.CHIEF, Role.LEADER),
    "casework:cases": staff("", "?q=康宁", "?q=分解", "?sort=number"),
    "casework:case": grant("case", *SEE_ALL, insider="handler_a"),
    "casework:case_part": Rule(
        Door.GRANT, frozenset(SEE_ALL), args=granted_tab("timeline"), insider="handler_a"
    ),
    "casework:evidence_add": grant("case", insider="handler_a"),
    "casework:evidence_begin": grant("case", insider="handler_a", method="json", data=UPLOAD),
    "casework:evidence": grant("evidence", *SEE_ALL, insider="handler_a", query=("", "?save=1")),
    "casework:evidence_custody": grant("evidence", *SEE_ALL, insider="handler_a"),
    "casework:evidence_finish": grant("evidence", insider="handler_a", method="json"),
    "casework:evidence_give_up": grant("awaited", insider="handler_a", method="post"),
    "casework:document": grant("document", *SEE_ALL, insider="handler_a"),
    "casework:clock": grant("clock", *SEE_ALL, insider="handler_a"),
    "casework:ask_extension": grant("tip_clock", insider="intake"),
    "casework:ask_pause": grant("tip_clock", insider="intake"),
    "casework:end_pause": grant("tip_clock", insider="intake"),
    "casework:time_request": grant("time_request", Role.LEADER, Role.CHIEF, insider="leader"),
    "casework:province_reports": staff(),
    "casework:province_report": grant("report", *SEE_ALL, insider="handler_a"),
    "casework:search": staff("?q=康宁", "?q=分解", "?q=2025"),
    "casework:overview": role(Role.CHIEF, Role.LEADER),
    "casework:ledgers": role(Role.FINANCE, Role.CHIEF, Role.AUDITOR),
    "casework:journal": role(Role.AUDITOR),
    "casework:journal_proof": grant("entry", Role.AUDITOR, insider=""),
    "casework:journal_heads": public(),
    "casework:institutions": staff(),
    # the system's own pages
    "system:incidents": role(*SEE_SYSTEM),
    "system:incident": grant("fingerprint", *SEE_SYSTEM, insider=""),
    "system:preview": grant("fingerprint", Role.OPERATOR, insider="", query=("?act=retry", "?act=skip")),
    "system:ask": grant(
        "fingerprint", Role.OPERATOR, insider="", method="post", data={"reason": "收件人已经注销，无法送达。"}
    ),
    "system:requests": role(*SEE_SYSTEM, Role.LEADER),
    "system:decide_steps": grant(
        "request_about_steps", Role.OPERATOR, Role.CHIEF, insider="", method="post", data=REFUSE
    ),
    "system:decide_change": grant("change", Role.LEADER, Role.CHIEF, insider="", method="post", data=REFUSE),
    "system:runs": role(*SEE_SYSTEM),
    # A leader sees the run while a change of it waits for a decision, as it does in the tests' world.
    "system:run": grant("run", *SEE_SYSTEM, Role.LEADER, insider=""),
    "system:by_hand": grant("run", Role.OPERATOR, insider="", query=("", "?kind=cancel")),
    "system:suspension": grant("run", Role.OPERATOR, Role.LEADER, Role.CHIEF, insider=""),
    "system:outbox": role(*SEE_SYSTEM),
    "system:timers": role(*SEE_SYSTEM),
    "system:migrations": role(*SEE_SYSTEM),
    "system:migration": grant("migration", *SEE_SYSTEM, insider=""),
    "system:seals": role(*SEE_SYSTEM),
    # Developers only (is_staff): no role of a bureau opens it.
    "casework:style": role(),
}
