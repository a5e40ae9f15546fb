"""Addresses of the pages of reward schemes."""

from django.urls import URLPattern, path

from tips.views import scheme_drafts, schemes

urlpatterns: list[URLPattern] = [
    path("rewards/schemes/", schemes.scheme_list, name="schemes"),
    path("rewards/schemes/new/", schemes.new_scheme, name="new_scheme"),
    path("rewards/schemes/assign/", schemes.assign_scheme, name="assign_scheme"),
    path("rewards/schemes/export/", schemes.export_schemes, name="export_schemes"),
    path("rewards/schemes/of/<slug:key>/", schemes.scheme_page, name="scheme"),
    path("rewards/schemes/proposals/<int:proposal_id>/", scheme_drafts.proposal_page, name="scheme_proposal"),
    path(
        "rewards/schemes/proposals/<int:proposal_id>/trial/",
        scheme_drafts.proposal_trial,
        name="scheme_trial",
    ),
    path(
        "rewards/schemes/proposals/<int:proposal_id>/decide/",
        scheme_drafts.decide_proposal,
        name="decide_scheme",
    ),
    path(
        "rewards/schemes/proposals/<int:proposal_id>/take-back/",
        scheme_drafts.take_back,
        name="take_back_scheme",
    ),
]
