"""Addresses of the yearly report. Part of `urls`."""

from django.urls import URLPattern, path

from tips.views import yearly

urlpatterns: list[URLPattern] = [
    path("information/last-year/", yearly.last_year, name="last_year"),
    path("yearly-tip-reports/", yearly.report_list, name="yearly_reports"),
    path("yearly-tip-reports/<int:report_id>/", yearly.report_page, name="yearly_report"),
    path("yearly-tip-reports/<int:report_id>/report.xlsx", yearly.report_xlsx, name="yearly_report_xlsx"),
    path("yearly-tip-reports/<int:report_id>/report.pdf", yearly.report_pdf, name="yearly_report_pdf"),
    path("yearly-tip-reports/<int:report_id>/publish/", yearly.publish, name="yearly_report_publish"),
    path("yearly-tip-reports/<int:report_id>/withdraw/", yearly.withdraw, name="yearly_report_withdraw"),
]
