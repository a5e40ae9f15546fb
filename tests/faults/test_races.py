"""Two people, one piece of work."""

import threading

import psycopg
from django.conf import settings

from faults.browser import Page, plain
from faults.surroundings import database_url
from tests.faults.standing import Standing
from workflows.models import JournalEntry, WorkItem

RECUSAL = {"is_recusal_checked": "on"}


def test_of_two_people_who_send_the_same_work_one_wins_and_the_other_is_told(house: Standing) -> None:
    _, item = house.matter("assign_verifiers")
    pages: dict[str, Page] = {}
    start = threading.Barrier(2)

    def send(username: str) -> None:
        start.wait()
        officers = house.people.handlers(0 if username == "leader" else 1)
        pages[username] = house.send(username, item, {"officers": officers, **RECUSAL})

    threads = [threading.Thread(target=send, args=(name,)) for name in ("leader", "leader_b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(page.status for page in pages.values()) == [302, 409]
    lost = next(page for page in pages.values() if page.status == 409)
    assert "already completed" in plain(lost.text)
    assert JournalEntry.objects.filter(act="work_completed", details__work_item=str(item.pk)).count() == 1
    item = WorkItem.objects.select_related("completed_by").get(pk=item.pk)
    winner = item.completed_by
    assert winner is not None and pages[winner.username].status == 302


def test_one_person_in_two_windows_does_it_once_and_reads_so_in_the_second(house: Standing) -> None:
    _, item = house.matter("review_copy")
    first = house.send("intake", item, {"reviewed_copy": "反映分解住院。"})
    second = house.send("intake", item, {"reviewed_copy": "另一份副本。"})
    assert (first.status, second.status) == (302, 409)
    assert "already completed" in plain(second.text)


def test_a_form_sent_twice_by_a_double_tap_is_answered_as_once(house: Standing) -> None:
    _, item = house.matter("review_copy")
    entries = {"reviewed_copy": "反映分解住院。"}
    assert [house.send("intake", item, entries, "one-key").status for _ in range(2)] == [302, 302]


def test_the_web_server_works_under_the_role_that_cannot_alter_the_journal(house: Standing) -> None:
    assert house.browser("leader").get("/work/").status == 200

    with psycopg.connect(database_url(), autocommit=True) as connection:
        found = connection.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name = %s",
            [house.house.webs[0].application],
        ).fetchall()
    assert found == [(settings.DATABASE_APPLICATION["USER"],)]
    assert settings.DATABASE_APPLICATION["USER"] != settings.DATABASE_OWNER["USER"]
