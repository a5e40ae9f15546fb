"""Addresses of the operators' pages."""

from django.urls import path

from casework.views.system import incidents, queues, runs

app_name = "system"
urlpatterns = [
    path("", incidents.incident_groups, name="incidents"),
    path("incidents/<slug:fingerprint>/", incidents.incident_group, name="incident"),
    path("incidents/<slug:fingerprint>/preview/", incidents.preview_act, name="preview"),
    path("incidents/<slug:fingerprint>/retry/", incidents.retry_incidents, name="retry"),
    path("incidents/<slug:fingerprint>/skip/", incidents.ask_skip, name="ask_skip"),
    path("skips/", incidents.skip_requests, name="skips"),
    path("skips/<int:request_id>/decide/", incidents.decide, name="decide_skip"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<uuid:run_id>/", runs.run_page, name="run"),
    path("outbox/", queues.outbox, name="outbox"),
    path("timers/", queues.timers, name="timers"),
    path("seals/", queues.seals, name="seals"),
]
