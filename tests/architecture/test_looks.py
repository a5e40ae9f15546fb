"""Nobody sees a matter's file without a trace: a form that comes back refused is a look as well."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import casework as make
from workflows.now import playing

pytestmark = pytest.mark.django_db


def test_a_refused_form_shows_the_case_only_to_whoever_then_holds_the_work() -> None:
    case = make.handled_case()
    item, handler = make.work(case, "investigate"), make.handler_of(case)
    client = Client(headers={"accept-language": "en"})
    client.force_login(handler)

    with playing(make.MOMENT):
        answer = client.post(
            reverse("casework:task", args=[item.pk]), {"key": make.key(), "final_report": ""}
        )

    item.refresh_from_db()
    assert answer.status_code == 422
    assert item.assignee == handler
    assert case.run.journal.filter(act="work_claimed", actor=handler).exists()
