"""Taking in a tip."""

import secrets
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.factories.tips import PNG, RECEIVED, STORY, a_real_name_filing, a_tip, some_words
from tips.files import attachments
from tips.files.attachments import Attachment
from tips.models import Tip, TipFile, TipIdentity
from tips.receipts import receipt_code
from tips.sealing import contents, envelopes, identity
from workflows.errors import Repeated
from workflows.models import InboxEntry, JournalEntry, WorkItem

pytestmark = pytest.mark.usefixtures("models")


def a_picture() -> Attachment:
    return Attachment.of("清单.png", "image/png", PNG)


def test_file_tip_offers_the_registration_to_intake_with_its_legal_period() -> None:
    filed = a_tip()

    item = WorkItem.objects.get(run=filed.tip.run)
    assert (item.element_id, item.lane, item.status) == ("register_tip", "intake_officer", "open")
    assert item.clock is not None
    assert item.clock.rule_key == "lead_verification"
    assert item.clock.starts_at == RECEIVED


def test_file_tip_seals_words_that_bureau_and_tipster_can_open() -> None:
    words = some_words(amount=Decimal("54000.00"))

    filed = a_tip(a_real_name_filing(words=words))

    tip = Tip.objects.get(pk=filed.tip.pk)
    for_tipster = contents.content_key_for_tipster(tip, envelopes.tipster_key(filed.code))
    assert contents.content_key(tip) == for_tipster
    assert contents.open_words(tip, for_tipster) == words
    assert STORY.encode() not in bytes(tip.sealed_words)


def test_file_tip_keeps_the_identity_of_real_names_only() -> None:
    named, anonymous = a_tip(a_real_name_filing()), a_tip()

    known = identity.known_identity(named.tip)
    assert known is not None
    assert known.name == "周举报"
    assert not TipIdentity.objects.filter(tip=anonymous.tip).exists()


def test_the_code_finds_its_tip_and_is_kept_nowhere() -> None:
    filed = a_tip()

    assert Tip.objects.get(receipt_digest=receipt_code.digest(filed.code)) == filed.tip
    assert filed.code not in str(list(JournalEntry.objects.values()) + list(InboxEntry.objects.values()))


def test_a_form_sent_twice_makes_one_tip_and_leads_to_the_same_code() -> None:
    seed = secrets.token_bytes(32)
    first = a_tip(seed=seed)

    with pytest.raises(Repeated) as refused:
        a_tip(seed=seed)

    assert refused.value.answer == {"tip": first.tip.pk}
    assert Tip.objects.count() == 1
    assert receipt_code.from_seed(seed) == first.code


def test_file_tip_stores_files_encrypted_before_the_commit() -> None:
    filed = a_tip(files=[a_picture()])

    file = TipFile.objects.get(tip=filed.tip)
    assert file.state == TipFile.State.RECEIVED
    key = contents.content_key(filed.tip)
    assert b"".join(attachments.stream(file, key)) == PNG
    assert attachments.name_of(file, key) == "清单.png"


def test_with_the_store_down_the_words_are_taken_in_and_the_files_awaited(settings) -> None:
    settings.OBJECT_STORE = replace(settings.OBJECT_STORE, endpoint="http://127.0.0.1:9")

    filed = a_tip(files=[a_picture(), a_picture()])

    assert filed.missing_files == 2
    assert set(filed.tip.files.values_list("state", flat=True)) == {TipFile.State.AWAITED}
    assert filed.tip.run is not None


def test_numbers_of_the_register_have_no_gap() -> None:
    assert [a_tip().tip.number for _ in range(3)] == [f"云河医保举〔2025〕{n}号" for n in (1, 2, 3)]
