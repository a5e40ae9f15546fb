"""Addresses of what grew around the look-up. Part of `urls`."""

from django.urls import URLPattern, path

from tips.views import acknowledgement, answering, asking, claiming, reexamination, rights

urlpatterns: list[URLPattern] = [
    path("follow/acknowledgement/", acknowledgement.acknowledgement, name="report_acknowledgement"),
    path("follow/claim/", claiming.claim, name="report_claim"),
    path("follow/decline/", claiming.decline, name="report_decline"),
    path("follow/pin/", claiming.pin, name="report_pin"),
    path("follow/rights/", rights.rights, name="report_rights"),
    path("follow/again/", reexamination.ask, name="report_reexamination"),
    path("follow/request/<int:request_id>/", answering.answer, name="report_answer"),
    path("follow/files/<uuid:file_id>/", answering.fetch, name="report_file"),
    path("tips/<int:tip_id>/request/", asking.ask, name="tip_request"),
    path(
        "tips/<int:tip_id>/request/<int:request_id>/withdraw/", asking.withdraw, name="tip_request_withdraw"
    ),
    path("acknowledgement/", acknowledgement.check, name="acknowledgement_check"),
    path("acknowledgement/keys/", acknowledgement.keys, name="acknowledgement_keys"),
]
