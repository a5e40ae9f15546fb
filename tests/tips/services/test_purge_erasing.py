"""What is left of a tip after its keys were destroyed: every sealed column below it is blank."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import models, transaction

from casework.models import Account
from tests.factories.tips import PNG, RECEIVED, a_tip
from tests.tips.purging import LATER, a_handled_tip, approved, proposed, waited
from tests.tips.rewarding import DECIDED, a_paid_case, opened, to_bank, to_confirmed, to_notice
from tips.errors import Destroyed
from tips.files.attachments import Attachment
from tips.files.baskets import Owner
from tips.models import LikenessJudgement, PaymentBatch, RequestForTipster, Tip, TipMessage
from tips.purging.erasing import destroy
from tips.sealing import contents
from tips.services.add_files import add_files
from tips.services.receive_upload import begin_upload
from tips.services.take_bank_file import take_bank_file
from tips.services.write_message import write_to_bureau
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")
STAYS = {("Tip", "receipt_digest")}
"""Not blank: it becomes that of no code."""
ONLY_OF_SUPERVISORS = {("TipIdentity", "sealed_supervisor")}


def below(row: models.Model) -> Iterator[models.Model]:
    """A row and every row of tips that hangs on it, at any depth."""
    todo: list[models.Model] = [row]
    seen = set()
    while todo:
        one = todo.pop()
        if (type(one), one.pk) in seen:
            continue
        seen.add((type(one), one.pk))
        yield one
        for relation in one._meta.get_fields(include_hidden=True):
            if relation.one_to_many or (relation.one_to_one and relation.auto_created):
                model: Any = relation.related_model
                if model._meta.app_label == "tips":
                    todo += model._base_manager.filter(**{relation.field.name: one.pk})


def sealed_columns(tip: Tip) -> dict[tuple[str, str], bool]:
    """Each sealed column of the rows below a tip, and whether anything is in one."""
    full: dict[tuple[str, str], bool] = {}
    for row in below(Tip.objects.get(pk=tip.pk)):
        for field in row._meta.get_fields():
            if isinstance(field, models.BinaryField):
                place = (type(row).__name__, field.name)
                full[place] = full.get(place, False) or bool(getattr(row, field.name))
    return full


def a_tip_with_everything(people: Mapping[str, Account]) -> Tip:
    """Words, files, one of them on its way, a thread, a request, an identity, a payee at the bank."""
    told = a_paid_case(people)
    tip = told.tip
    key = contents.content_key(tip)
    write_to_bureau(tip, "我还有清单", content_key=key, key="m", now=RECEIVED)
    add_files(tip, [Attachment.of("现场.png", "image/png", PNG)], content_key=key, key="f", now=RECEIVED)
    begin_upload(Owner(key, tip=tip), name="现场.png", size=100, now=RECEIVED)
    RequestForTipster.objects.create(
        tip=tip,
        key="r",
        sealed_words=contents.seal_message(key, tip.number, "r", "请提供清单。"),
        due_on=civil_date(RECEIVED),
        asked_by=people["intake"],
        asked_at=RECEIVED,
    )
    reward = opened(tip)
    assert reward is not None
    to_notice(people, reward)
    reward.refresh_from_db()
    to_confirmed(people, reward)
    to_bank(people, reward)
    return tip


def test_every_sealed_column_that_hangs_on_a_tip_is_blank_afterwards(people: Any) -> None:
    tip = a_tip_with_everything(people)
    before = sealed_columns(tip)
    assert {place for place, is_full in before.items() if not is_full} <= ONLY_OF_SUPERVISORS
    assert {("PaymentLine", "sealed_payee"), ("TipUpload", "sealed_name")} <= set(before)

    with transaction.atomic():
        done = destroy(tip, now=DECIDED)

    assert {place for place, is_full in sealed_columns(tip).items() if is_full} == STAYS
    assert done.had_payee and done.had_identity and done.files == 1
    with pytest.raises(Destroyed):
        take_bank_file(actor=people["finance"], batch=PaymentBatch.objects.get(), now=DECIDED)


def test_what_was_written_about_two_tips_goes_with_either(people: Any) -> None:
    tips = [a_tip().tip for _ in range(3)]
    for first, other in ((0, 1), (1, 2), (0, 2)):
        LikenessJudgement.objects.create(
            tip=tips[first],
            other=tips[other],
            is_same=True,
            reasons="两件都写到护士周某。",
            score=80,
            judged_by=people["intake"],
            judged_at=RECEIVED,
        )

    with transaction.atomic():
        destroy(tips[1], now=LATER)

    kept = LikenessJudgement.objects.exclude(reasons="")
    assert [(one.tip, one.other) for one in kept] == [(tips[0], tips[2])]


def test_the_same_holds_at_the_end_of_a_purge(people: Any) -> None:
    filed = a_handled_tip(people)
    waited(approved(proposed(filed.tip, people["intake"]), people))

    assert {place for place, is_full in sealed_columns(filed.tip).items() if is_full} == STAYS
    assert TipMessage.objects.filter(tip=filed.tip).exists()
