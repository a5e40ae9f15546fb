"""A case's history as the components draw it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from casework.clock_faces import clock_title
from casework.faces import Happening
from workflows.models import Definition, JournalEntry, Run

ACTS = {
    "case_opened": gettext_noop("The case was filed"),
    "run_started": gettext_noop("The process began"),
    "run_ended": gettext_noop("The process ended"),
    "work_offered": gettext_noop("Work was offered: %(label)s"),
    "work_claimed": gettext_noop("Work was taken: %(label)s"),
    "work_released": gettext_noop("Work was given back: %(label)s"),
    "work_completed": gettext_noop("Work was done: %(label)s"),
    "timer_fired": gettext_noop("A period ended: %(label)s"),
    "effect_done": gettext_noop("An outside step was carried out"),
    "message_received": gettext_noop("A message arrived"),
    "handlers_appointed": gettext_noop("Case handlers were appointed"),
    "finding_recorded": gettext_noop("A finding was recorded"),
    "finding_withdrawn": gettext_noop("A finding was withdrawn"),
    "investigation_finished": gettext_noop("The final report was handed in"),
    "investigation_answered": gettext_noop("The final report was answered"),
    "evidence_stored": gettext_noop("Evidence was received"),
    "evidence_described": gettext_noop("Evidence was described"),
    "evidence_viewed": gettext_noop("Evidence was looked at"),
    "evidence_downloaded": gettext_noop("Evidence was downloaded"),
    "document_issued": gettext_noop("A document was issued: %(number)s"),
    "document_served": gettext_noop("A document was served"),
    "document_downloaded": gettext_noop("A document was downloaded"),
    "time_asked": gettext_noop("More time was asked for: %(period)s"),
    "time_refused": gettext_noop("More time was refused: %(period)s"),
    "clock_extended": gettext_noop("A period was extended: %(period)s until %(until)s"),
    "clock_paused": gettext_noop("A period stands still from %(first_date)s: %(period)s"),
    "clock_resumed": gettext_noop("A period runs again: %(period)s until %(until)s"),
    "clock_recounted": gettext_noop("A period was counted again: %(period)s until %(until)s"),
    "clock_warned": gettext_noop("A period was warned of: %(period)s until %(until)s"),
    "clock_viewed": gettext_noop("The computation of a period was looked at"),
    "closing_report_written": gettext_noop("The closing report was handed in"),
    "closing_answered": gettext_noop("The closing report was answered"),
    "case_archived": gettext_noop("The file was archived"),
    "case_viewed": gettext_noop("The case was looked at"),
    "report_drafted": gettext_noop("The report to the province was drafted"),
    "report_answered": gettext_noop("The draft of the report was answered"),
    "report_received": gettext_noop("The superior bureau confirmed the report"),
    "payment_booked": gettext_noop("A payment was booked"),
    "notice_served": gettext_noop("The notice was served"),
    "journal_viewed": gettext_noop("The journal was looked at"),
    "journal_proof_taken": gettext_noop("A proof of the journal was taken"),
    "legal_review_given": gettext_noop("The legal opinion was given"),
    "response_recorded": gettext_noop("The answer of the party was recorded"),
    "statement_answered": gettext_noop("The statement of the party was answered"),
    "hearing_arranged": gettext_noop("A hearing was arranged"),
    "hearing_recorded": gettext_noop("The hearing was recorded"),
    "case_decided": gettext_noop("The case was decided"),
    "decision_sent_back": gettext_noop("The case was sent back"),
    "decision_served": gettext_noop("The decision was served"),
    "system_viewed": gettext_noop("The system's pages were looked at"),
    "run_viewed": gettext_noop("The technical facts of the process were looked at"),
    "incident_retry_asked": gettext_noop("Trying a failed step again was asked for"),
    "incident_retry_approved": gettext_noop("Trying a failed step again was approved"),
    "incident_retry_refused": gettext_noop("Trying a failed step again was refused"),
    "incident_retried": gettext_noop("A failed step was tried again"),
    "incident_skip_asked": gettext_noop("Skipping a failed step was asked for"),
    "incident_skip_approved": gettext_noop("Skipping a failed step was approved"),
    "incident_skip_refused": gettext_noop("Skipping a failed step was refused"),
    "incident_skipped": gettext_noop("A failed step was skipped"),
    "work_assigned": gettext_noop("Work was given to a person: %(label)s"),
    "work_delegated": gettext_noop("Work was handed to a colleague: %(label)s"),
    "work_taken_over": gettext_noop("Work of an absent colleague was taken over: %(label)s"),
    "run_withdrawn": gettext_noop("The process of one item was taken back: %(label)s"),
    "children_done": gettext_noop("The processes of the items are done (%(count)s of %(of)s): %(label)s"),
    "run_suspended": gettext_noop("The process was suspended"),
    "run_continued": gettext_noop("The process goes on"),
    "run_migrated": gettext_noop("The process was carried over to a new version of its model"),
    "run_migration_undone": gettext_noop("The process was put back under the old version of its model"),
    "intervention_asked": gettext_noop("A change of the process by hand was asked for"),
    "intervention_approved": gettext_noop("A change of the process by hand was approved and done"),
    "intervention_refused": gettext_noop("A change of the process by hand was refused"),
    "substitution_granted": gettext_noop("A substitute was named"),
    "effect_no_longer_awaited": gettext_noop(
        "An outside step was carried out that nobody waits for any more"
    ),
    "transfer_decided": gettext_noop("The transfer to the police was decided"),
    "handed_to_police": gettext_noop("The case was handed over to the police"),
    "police_decided": gettext_noop("The decision of the police was recorded"),
    "criminal_case_ended": gettext_noop("The end of the criminal case was recorded"),
    "decision_is_late": gettext_noop("The decision was made after the end of its period"),
    "report_viewed": gettext_noop("The report to the province was looked at"),
    "calendar_loaded": gettext_noop("A year of the working-day calendar was loaded"),
    "custody_viewed": gettext_noop("The custody of evidence was looked at"),
    "waits_restored": gettext_noop("The waits of the process were restored"),
}
"""Acts of the journal in words; an act of another app without words is shown by its name."""
LOOKS = {
    "custody_viewed",
    "report_viewed",
    "case_viewed",
    "clock_viewed",
    "evidence_viewed",
    "evidence_downloaded",
    "document_downloaded",
    "work_offered",
    "journal_viewed",
    "journal_proof_taken",
    "system_viewed",
    "run_viewed",
}

AGENTS = {
    "tipster": gettext_noop("the tipster"),
    "relay": gettext_noop("the system"),
    "timer": gettext_noop("the system"),
    "clock": gettext_noop("the system"),
    "watch": gettext_noop("the system"),
    "operator": gettext_noop("the operator"),
    "migration": gettext_noop("the operator"),
}
"""Who acts without an account."""

PROCESSES = {
    "tip_handling": gettext_noop("Handling of the tip"),
    "case_handling": gettext_noop("Handling of the case"),
    "province_report": gettext_noop("Report to the province"),
    "tip_reward": gettext_noop("Reward for the tip"),
}


def happenings_of(entries: Iterable[JournalEntry]) -> list[Happening]:
    """The journal as a timeline, the newest first; looks and offers are quieter than acts."""
    rows = list(entries)
    labels = _labels({str(entry.run_id) for entry in rows if entry.run_id})
    return [_happening(entry, labels) for entry in reversed(rows)]


def _happening(entry: JournalEntry, labels: dict[str, str]) -> Happening:
    values = {"label": labels.get(entry.element_id, entry.element_id), "number": "", **entry.details}
    values["period"] = clock_title(str(entry.details.get("clock", "")))
    return Happening(
        what=_(ACTS[entry.act]) % values if entry.act in ACTS else entry.act.replace("_", " "),
        at=entry.at,
        who=str(entry.actor) if entry.actor else _agent(entry.agent),
        more=str(entry.details.get("reasons", "")),
        tone="void" if entry.act in LOOKS else "done",
    )


def _agent(name: str) -> str:
    return _(AGENTS[name]) if name in AGENTS else name


def _labels(run_ids: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    digests = Run.objects.filter(pk__in=run_ids).values("definition").distinct()
    for elements in Definition.objects.filter(pk__in=digests).values_list("elements", flat=True):
        found |= {element_id: element["label"] for element_id, element in elements.items()}
    return found
