"""Addresses of the pages of casework."""

from django.urls import path

from casework.access import staff
from casework.views import (
    cases,
    clocks,
    documents,
    evidence,
    hands,
    institutions,
    journal,
    ledgers,
    overview,
    reports,
    search,
    task,
    work,
)
from casework.views_style import style_page

app_name = "casework"
urlpatterns = [
    path("work/", work.my_work, name="my_work"),
    path("work/<uuid:item_id>/", task.task, name="task"),
    path("work/<uuid:item_id>/claim/", work.claim, name="claim"),
    path("work/<uuid:item_id>/release/", work.release, name="release"),
    path("work/<uuid:item_id>/hand-on/", hands.hand_on, name="hand_on"),
    path("substitutions/", hands.substitutions, name="substitutions"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<int:case_id>/", cases.case_page, name="case"),
    path("cases/<int:case_id>/add-evidence/", evidence.add, name="evidence_add"),
    path("cases/<int:case_id>/begin-upload/", evidence.begin, name="evidence_begin"),
    path("cases/<int:case_id>/<slug:tab>/", cases.case_page, name="case_part"),
    path("evidence/<uuid:evidence_id>/", evidence.download, name="evidence"),
    path("evidence/<uuid:evidence_id>/custody/", evidence.custody, name="evidence_custody"),
    path("evidence/<uuid:evidence_id>/finish/", evidence.finish, name="evidence_finish"),
    path("evidence/<uuid:evidence_id>/give-up/", evidence.give_up, name="evidence_give_up"),
    path("documents/<int:document_id>/", documents.download, name="document"),
    path("clocks/<int:clock_id>/", clocks.clock_page, name="clock"),
    path("clocks/<int:clock_id>/extension/", clocks.ask_extension, name="ask_extension"),
    path("clocks/<int:clock_id>/pause/", clocks.ask_pause, name="ask_pause"),
    path("clocks/<int:clock_id>/pause/end/", clocks.end_pause, name="end_pause"),
    path("time-requests/<int:request_id>/", clocks.time_request, name="time_request"),
    path("province-reports/", reports.report_list, name="province_reports"),
    path("province-reports/<int:report_id>/", reports.report_page, name="province_report"),
    path("search/", search.search, name="search"),
    path("overview/", overview.overview, name="overview"),
    path("ledgers/", ledgers.ledgers, name="ledgers"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:entry_id>/proof/", journal.proof, name="journal_proof"),
    path("journal-heads/", journal.heads, name="journal_heads"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("style/", staff("developers and staff of the site")(style_page), name="style"),
]
