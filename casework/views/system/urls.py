"""Addresses of the operators' pages."""

from django.urls import path

from casework.views.system import by_hand, incidents, migrations, queues, requests, runs

app_name = "system"
urlpatterns = [
    path("", incidents.incident_groups, name="incidents"),
    path("incidents/<slug:fingerprint>/", incidents.incident_group, name="incident"),
    path("incidents/<slug:fingerprint>/preview/", incidents.preview_act, name="preview"),
    path("incidents/<slug:fingerprint>/ask/", incidents.ask_about, name="ask"),
    path("requests/", requests.requests, name="requests"),
    path("requests/steps/<int:request_id>/decide/", requests.decide_incidents, name="decide_steps"),
    path("requests/changes/<int:change_id>/decide/", requests.decide_change, name="decide_change"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<uuid:run_id>/", runs.run_page, name="run"),
    path("runs/<uuid:run_id>/by-hand/", by_hand.intervene, name="by_hand"),
    path("runs/<uuid:run_id>/suspension/", by_hand.suspension, name="suspension"),
    path("outbox/", queues.outbox, name="outbox"),
    path("timers/", queues.timers, name="timers"),
    path("migrations/", migrations.migrations, name="migrations"),
    path("migrations/<int:number>/", migrations.migration, name="migration"),
    path("seals/", queues.seals, name="seals"),
]
