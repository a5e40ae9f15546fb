"""Names of the separation keys (职责); the law behind each pair stands in `workflows/proofs/duties.py`."""

from workflows.rules.texts import Text, gettext_noop, text

DUTY_NAMES: dict[str, Text] = {
    key: text(template)
    for key, template in {
        "register": gettext_noop("registering the tip (登记)"),
        "verify": gettext_noop("verifying the lead (核查)"),
        "handle": gettext_noop("handling the case (办案)"),
        "review": gettext_noop("legal review (法制审核)"),
        "chair": gettext_noop("chairing the hearing (听证主持)"),
        "decide": gettext_noop("deciding (决定)"),
        "approve": gettext_noop("approving (审批)"),
        "assess": gettext_noop("assessing the reward (奖励核定)"),
        "approve_reward": gettext_noop("approving the reward (奖励审批)"),
        "approve_reward_again": gettext_noop("second approval of the reward (奖励复批)"),
        "confirm_identity": gettext_noop("confirming the identity (身份核验)"),
        "deliver_notice": gettext_noop("delivering the notice of the reward (领取通知送达)"),
        "record_claim": gettext_noop("recording a claim at the bureau (代录申领)"),
        "order_payment": gettext_noop("drawing up the payment (付款编制)"),
        "release_payment": gettext_noop("releasing the payment (付款复核)"),
        "pay": gettext_noop("paying (支付)"),
        "collect": gettext_noop("collecting (收缴)"),
        "report": gettext_noop("reporting upward (上报)"),
        "approve_opening": gettext_noop("approving a look at an identity (身份查看审批)"),
        "propose_purge": gettext_noop("proposing a purge (提出销毁)"),
        "approve_purge": gettext_noop("approving a purge (销毁审批)"),
        "approve_purge_again": gettext_noop("second approval of a purge (销毁复批)"),
        "draft_tip_report": gettext_noop("drafting the yearly report on tips (年报起草)"),
        "approve_tip_report": gettext_noop("approving the yearly report on tips (年报审批)"),
        "reexamine": gettext_noop("looking at a decision again (复核)"),
        "grant_time": gettext_noop("granting time (期限审批)"),
    }.items()
}
