"""Addresses of the pages of tips. No address ever holds a receipt code."""

from django.urls import URLPattern, path

from tips import coming_back_urls, scheme_urls
from tips.views import budget, follow, intake, public, questionnaires, report, rewards, staff, supervisors

app_name = "tips"
urlpatterns: list[URLPattern] = [
    path("", public.home, name="home"),
    path("information/", public.information, name="information"),
    path("information/rewards/", public.reward_information, name="reward_information"),
    path("report/", report.report, name="report"),
    path("report/institutions/", report.institutions, name="report_institutions"),
    path("report/calculation/", report.calculation, name="report_calculation"),
    path("report/questions/", report.questions, name="report_questions"),
    path("report/kept/", report.kept, name="report_kept"),
    path("report/receipt/", report.receipt_paper, name="report_paper"),
    path("follow/", follow.follow, name="follow"),
    path("follow/report/", follow.status, name="report_status"),
    path("follow/message/", follow.message, name="report_message"),
    path("follow/files/", follow.files, name="report_files"),
    path("follow/withdraw/", follow.withdraw, name="report_withdraw"),
    *coming_back_urls.urlpatterns,
    path("follow/claim/", follow.claim, name="report_claim"),
    path("follow/decline/", follow.decline, name="report_decline"),
    path("follow/leave/", follow.leave, name="report_leave"),
    path("follow/left/", follow.left, name="left"),
    path("tips/", staff.tip_list, name="tips"),
    path("tips/take-in/", intake.take_in, name="take_in"),
    path("tips/take-in/receipt/", intake.receipt_paper, name="take_in_paper"),
    path("tips/take-in/done/", intake.handed_over, name="take_in_done"),
    path("tips/<int:tip_id>/", staff.tip_page, name="tip"),
    path("tips/<int:tip_id>/message/", staff.tip_message, name="tip_message"),
    path("tips/<int:tip_id>/files/<uuid:file_id>/", staff.tip_file, name="tip_file"),
    path("tips/documents/<int:document_id>/", staff.document, name="document"),
    path("supervisors/", supervisors.supervisor_list, name="supervisors"),
    path("supervisors/add/", supervisors.supervisor_add, name="supervisor_add"),
    path("supervisors/<int:supervisor_id>/code/", supervisors.supervisor_code, name="supervisor_code"),
    path("supervisors/<int:supervisor_id>/end/", supervisors.supervisor_end, name="supervisor_end"),
    path("questionnaires/", questionnaires.questionnaire_list, name="questionnaires"),
    path("questionnaires/<int:questionnaire_id>/", questionnaires.questionnaire, name="questionnaire"),
    path(
        "questionnaires/<int:questionnaire_id>/new/",
        questionnaires.questionnaire_new,
        name="questionnaire_new",
    ),
    path("rewards/", rewards.reward_list, name="rewards"),
    path("rewards/budget/", budget.budget_page, name="budget"),
    path("rewards/budget/enter/", budget.enter, name="budget_enter"),
    path("rewards/budget/changes/<int:change_id>/", budget.decide, name="budget_decide"),
    *scheme_urls.urlpatterns,
    path("rewards/<int:reward_id>/", rewards.reward_page, name="reward"),
]
