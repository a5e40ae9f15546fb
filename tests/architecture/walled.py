"""One object of every kind that stands behind a wall, for the test of every address."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Document, ProvinceReport
from casework.permissions import Role
from casework.services.add_evidence import Announced, add_small_file, begin_upload
from casework.services.ask_for_time import ask_for_extension
from tests.duties.matters import Matter
from tests.factories import casework as make
from tests.factories.tips import PNG
from tests.tips.rules.test_scheme_check import GOOD
from tips.files.attachments import Attachment
from tips.models import (
    BudgetChange,
    CaseOutcome,
    PaymentBatch,
    Questionnaire,
    RequestForTipster,
    Reward,
    SchemeProposal,
    SocialSupervisor,
)
from tips.services.ask_identity import ask_identity
from tips.services.ask_tipster import ask_tipster
from tips.services.decide_scheme import decide_scheme
from tips.services.enter_outcome import Paper, enter_outcome
from tips.services.propose_scheme import draft_version, hand_in, open_scheme
from tips.services.questionnaires import load_shipped
from tips.services.report_year import draft_report
from tips.yearly.beginning import begin_report
from workflows.by_hand.interventions import Wish, ask_to_intervene
from workflows.door.commands import claim_item
from workflows.incidents.causes import cause_of
from workflows.incidents.raising import Failed, raise_incident
from workflows.incidents.requests import ask as ask_about
from workflows.models import Incident, RunMigration, WorkItem
from workflows.now import playing
from workflows.rules.calendar import civil_date


def everything() -> SimpleNamespace:
    """One object of every kind, by its primary key: a matter up to the payment of its reward."""
    matter = Matter(files=[Attachment.of("照片.png", "image/png", PNG)])
    made = SimpleNamespace(matter=matter)
    matter.until("investigate")
    with playing(matter.now):
        evidence_and_time(made, matter)
    matter.until("pay_reward")
    matter.does("province", "acknowledge_report")
    with playing(matter.now):
        papers_of_the_case(made, matter)
        parts_of_the_tip(made, matter)
        made.yearly_report = a_yearly_report(matter)
        made.identity_request = an_open_identity(matter)
        failed_steps(made, matter)
        proposed_schemes(made, matter)
    return made


def evidence_and_time(made: SimpleNamespace, matter: Matter) -> None:
    """Evidence of the case and a request for time."""
    handler = {"actor": matter.person("handler_a"), "case": matter.case, "now": matter.now}
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 words")
    kept = add_small_file(file=file, kind="documentary", title="病历", key=make.key(), **handler)
    clock = matter.case.run.clocks.get(rule_key="decision")
    wanted = ask_for_extension(
        actor=handler["actor"], clock=clock, value=None, reason="案情复杂", key=make.key(), now=matter.now
    )
    made.evidence, made.clock, made.time_request = kept.pk, clock.pk, wanted.pk


def papers_of_the_case(made: SimpleNamespace, matter: Matter) -> None:
    """The case with its documents, report and journal, a file that never arrived, and a step that its handler took."""
    handler = {"actor": matter.person("handler_a"), "now": matter.now}
    awaited, _link = begin_upload(announced=Announced("b.pdf", 3), case=matter.case, **handler)
    item = matter.work("archive_case")
    claim_item(item, key=make.key(), **handler)
    made.case, made.item, made.awaited = matter.case.pk, item.pk, awaited.pk
    made.document = Document.objects.get(kind="penalty_decision").pk
    made.report = ProvinceReport.objects.get().pk
    made.entry = matter.case.run.journal.order_by("id")[0].pk


def parts_of_the_tip(made: SimpleNamespace, matter: Matter) -> None:
    """The tip and its reward with what hangs on them."""
    made.tip = matter.tip.pk
    made.tip_clock = matter.tip.run.clocks.get(ended_at=None).pk
    made.tip_file = matter.tip.files.get().pk
    made.tip_request = a_request(matter).pk
    made.reward = Reward.objects.get().pk
    made.reward_document = Document.objects.get(subject_kind="reward").pk
    made.outcome = an_outcome(matter).pk
    made.batch = PaymentBatch.objects.get().pk
    made.budget_change = BudgetChange.objects.order_by("pk")[0].pk
    made.questionnaire = shipped_questionnaire(matter)
    made.supervisor = a_supervisor(matter).pk


def an_outcome(matter: Matter) -> CaseOutcome:
    """A paper of a reviewing authority that waits to be confirmed."""
    paper = Paper(
        "review", "省医疗保障局", "复决〔2025〕1号", civil_date(matter.now), True, Decimal(0), "事实不清。"
    )
    actor = matter.person("reward")
    return enter_outcome(Reward.objects.get(), paper, actor=actor, key=make.key(), now=matter.now)


def a_supervisor(matter: Matter) -> SocialSupervisor:
    """A social supervisor in term."""
    return SocialSupervisor.objects.create(
        bureau=matter.bureau,
        name="郑医生",
        profession="医生",
        letter_number="聘〔2025〕1号",
        appointed_by=matter.bureau.name,
        term_from=matter.now.date(),
        term_until=matter.now.date(),
        registered_by=matter.person("leader"),
        registered_at=matter.now,
    )


def a_yearly_report(matter: Matter) -> int:
    """A report with figures, so that its files can be fetched."""
    report = begin_report(matter.bureau, matter.now.year - 1, matter.now)
    assert report is not None
    item = WorkItem.objects.get(run=report.run, status="open")
    draft_report(actor=matter.person("intake"), work_item=item, remarks="", key=make.key(), now=matter.now)
    return report.pk


def shipped_questionnaire(matter: Matter) -> int:
    """A version of the bureau's own."""
    load_shipped(matter.now)
    Questionnaire.objects.update(bureau=matter.bureau)
    return Questionnaire.objects.order_by("pk")[0].pk


def a_request(matter: Matter) -> RequestForTipster:
    """Something that the tipster was asked to supply."""
    tip = matter.tip
    due_on = civil_date(tip.received_at) + timedelta(days=9)
    return ask_tipster(
        tip, "请补充", due_on=due_on, actor=matter.person("intake"), key="routes", now=tip.received_at
    )


def an_open_identity(matter: Matter) -> int:
    """A verifying officer may look at the identity for some hours."""
    asked = ask_identity(
        matter.tip,
        actor=matter.person("handler_b"),
        purpose="protection",
        reasons="有打击报复的迹象。",
        period="short",
        key=make.key(),
        now=matter.now,
    )
    matter.does("leader", "decide_opening", opening="approved", reasons="确有必要。")
    return asked.pk


def failed_steps(made: SimpleNamespace, matter: Matter) -> None:
    """Two failed steps of the case, one of which somebody wants to skip, and a run that somebody wants to cancel."""
    run, kind = matter.case.run, Incident.Kind.EFFECT
    for number in (1, 2):
        raise_incident(Failed(kind, f"effect:{number}", run_id=run.pk), cause_of(OSError()), now=matter.now)
    first, second = Incident.objects.order_by("pk")
    asker = make.account(matter.bureau, Role.OPERATOR)
    given = {"reason": "收件人已经注销，无法送达。", "actor": asker, "now": matter.now}
    made.request_about_steps = ask_about([second], "skip", key=make.key(), **given).pk
    made.change = ask_to_intervene(run, Wish("cancel"), key=make.key(), **given).pk
    made.run, made.fingerprint = run.pk, first.fingerprint
    migration = RunMigration.objects.create(
        source=run.definition, target=run.definition, reason="试", started_at=matter.now
    )
    migration.snapshots.create(run=run, state=b"", revision=0, taken_at=matter.now)
    made.migration = migration.pk


def proposed_schemes(made: SimpleNamespace, matter: Matter) -> None:
    """A scheme of the bureau with an approved version that does not hold yet, and a draft of the next one."""
    names = {"key": "here", "title": "Here", "title_zh": "本地"}
    writer, reader = (
        make.account(matter.bureau, Role.REWARD_OFFICER),
        make.account(matter.bureau, Role.LEADER),
    )
    facts = {"actor": writer, "bureau": matter.bureau, "now": matter.now}
    scheme = open_scheme(once=make.key(), **names, **facts)
    first_day = {"in_force_from": f"{matter.now.year + 1}-01-01"}
    for following in (False, True):
        day = {"in_force_from": f"{matter.now.year + 2}-01-01"} if following else first_day
        draft = draft_version(scheme=scheme, data={**GOOD, **day}, once=make.key(), **facts)
        hand_in(draft, actor=writer, once=make.key(), now=matter.now)
        if not following:
            seen = SchemeProposal.objects.get(pk=draft.pk).handed_in_at.isoformat()
            decide_scheme(
                draft, actor=reader, decision="approve", answer="", seen=seen, once=make.key(), now=matter.now
            )
            made.approved_scheme = draft.pk
        made.scheme_proposal = draft.pk
