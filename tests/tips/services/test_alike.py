"""Tips that may be about the same matter: found without opening them, decided by a person."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.tips import (
    PNG,
    RECEIVED,
    STORY,
    a_bureau,
    a_filing,
    a_person,
    a_tip,
    an_institution,
    some_words,
)  # fmt: skip
from tests.tips.working import staff, to_decision
from tips.errors import NotAlike
from tips.files.attachments import Attachment
from tips.models import LikenessJudgement, Tip, TipMarks
from tips.register.alike import alike
from tips.sealing.blind_marks import forget
from tips.services.judge_likeness import judge_likeness
from workflows.models import JournalEntry

pytestmark = pytest.mark.usefixtures("models")
SAME = {"reasons": "同一医院同一项目"}


def told(**facts) -> Tip:  # type: ignore[no-untyped-def]
    filing = {key: facts.pop(key) for key in ("bureau", "institution", "files") if key in facts}
    files = filing.pop("files", ())
    return a_tip(a_filing(words=some_words(**facts), **filing), files=files).tip


def other_story() -> str:
    return "药店把生活用品刷成药品，收银台旁边有一本手写的账，老板娘自己保管，每月十五号结一次。"


def test_a_second_tip_on_the_same_matter_is_suggested_with_reasons(models: None) -> None:
    period = {"period_from": date(2025, 1, 3), "period_until": date(2025, 3, 1)}
    first = told(**period)
    second = told(story=STORY + "护士长也知道。", **period)

    [found] = alike(second)

    assert found.tip == first
    assert found.likeness.score >= 80
    words = " ".join(reason.render(str) for reason in found.likeness.reasons)
    for part in ("institution", "conducts", "months", "alike"):
        assert part in words


def test_another_matter_at_another_place_is_not_suggested() -> None:
    told()
    second = told(story=other_story(), conducts=("card_cash",), institution=an_institution("云河民生药店"))

    assert alike(second) == []


def test_the_same_place_alone_is_not_enough() -> None:
    told()

    assert alike(told(story=other_story(), conducts=("card_cash",))) == []


def test_an_equal_file_is_found_at_another_place() -> None:
    def files() -> list[Attachment]:
        return [Attachment.of("a.png", "image/png", PNG)]

    first = told(files=files())
    second = told(story=other_story(), institution=an_institution("云河民生药店"), files=files())

    assert [one.tip for one in alike(second)] == [first]


def test_tips_of_another_bureau_are_not_suggested() -> None:
    told()

    assert alike(told(bureau=a_bureau("远方市医疗保障局"))) == []


def test_marks_hold_nothing_of_the_words_and_go_with_them() -> None:
    tip = told(target_name="云河康宁医院", period_from=date(2025, 1, 3))
    kept = TipMarks.objects.get(tip=tip)
    stored = f"{kept.place} {kept.conducts} {kept.months} {kept.sketch}"
    for word in ("康宁", "false_items", "2025-01", "理疗"):
        assert word not in stored

    forget(tip)

    assert alike(tip) == []
    assert not TipMarks.objects.filter(tip=tip).exists()


def test_a_word_on_a_pair_is_kept_for_both_and_joins_nothing() -> None:
    first, second, officer = told(), told(), a_person("officer", "intake_officer")

    judge_likeness(second, first.pk, is_same=True, actor=officer, key=str(uuid4()), now=RECEIVED, **SAME)

    for one, other in ((first, second), (second, first)):
        [found] = alike(one)
        assert found.tip == other
        assert found.judgement is not None
        assert found.judgement.is_same
    assert Tip.objects.get(pk=second.pk).case is None
    assert JournalEntry.objects.get(act="likeness_judged").details["reasons"] == SAME["reasons"]


def test_only_suggested_pairs_are_judged() -> None:
    tip, far = told(), told(bureau=a_bureau("远方市医疗保障局"))

    with pytest.raises(NotAlike):
        judge_likeness(
            tip, far.pk, is_same=True, actor=a_person("o", "leader"), key="k", now=RECEIVED, **SAME
        )
    assert not LikenessJudgement.objects.exists()


def test_suggesting_asks_the_same_number_of_questions_for_many() -> None:
    def questions(tip: Tip) -> int:
        with CaptureQueriesContext(connection) as asked:
            alike(tip)
        return len(asked)

    tip = told()
    told()
    few = questions(tip)
    for _ in range(4):
        told()

    assert questions(tip) == few


def test_the_page_suggests_to_the_register_s_readers_only(client) -> None:  # type: ignore[no-untyped-def]
    people = staff()
    first, second = told(), told()
    to_decision(people, second)
    client.force_login(people["intake"])
    assert first.number in client.get(f"/tips/{second.pk}/").content.decode()
    posted = {"other": first.pk, "is_same": "no", "key": "one", **SAME}
    assert client.post(f"/tips/{second.pk}/likeness/", posted).status_code == 302
    assert client.post(f"/tips/{second.pk}/likeness/", {**posted, "reasons": ""}).status_code == 422

    client.force_login(people["handler"])

    page = client.get(f"/tips/{second.pk}/")
    assert page.status_code == 200
    assert first.number not in page.content.decode()
    assert client.post(f"/tips/{second.pk}/likeness/", posted).status_code == 404
    assert LikenessJudgement.objects.count() == 1
