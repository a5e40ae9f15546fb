"""A tip on its way from the register to a case or an answer."""

import pytest
from django.core import mail

from casework.errors import FormRefused
from casework.models import Document, Evidence
from tests.factories.tips import PNG, a_filing, a_person, a_real_name_filing, a_tip
from tests.tips.working import FILED, REGISTERED, WORDS, do, open_item, to_decision
from tips.coming_back import messages
from tips.coming_back.status import status_of
from tips.coming_back.steps.case import INVESTIGATED
from tips.coming_back.steps.tip import CHECKED, NOT_FILED, NOT_OURS
from tips.files.attachments import Attachment
from tips.models import Tip
from tips.sealing import contents
from tips.selectors import thread
from workflows.errors import DutyConflict, NotOffered
from workflows.models import Clock, JournalEntry, OutboxEntry, Run, WorkItem

pytestmark = pytest.mark.usefixtures("models")


def letters(tip: Tip) -> list[str]:
    key = contents.content_key(tip)
    return [messages.read(one, key).text for one in thread(tip)]


def test_a_filed_tip_opens_a_case_of_the_same_family_with_the_reviewed_words(people) -> None:
    tip = a_tip().tip
    to_decision(people, tip)

    do(people["leader"], tip.run, "decide_filing", FILED)

    tip.refresh_from_db()
    assert tip.case is not None
    assert tip.case.summary == WORDS
    assert tip.case.run.family_id == tip.run.family_id
    assert tip.case.parties.get().institution == tip.institution
    form = Document.objects.get(kind="filing_approval")
    assert (form.subject_kind, form.subject_id) == ("case", tip.case.pk)
    assert status_of(tip).word == INVESTIGATED.word or open_item(tip.run, "answer_tipster")


def test_the_answer_reaches_a_real_name_tipster_by_machine_without_its_words(people) -> None:
    tip = a_tip(a_real_name_filing()).tip
    to_decision(people, tip)
    do(people["leader"], tip.run, "decide_filing", FILED)

    do(people["intake"], tip.run, "answer_tipster", {"answer": "我局已立案。"})

    tip.refresh_from_db()
    assert letters(tip) == ["我局已立案。"]
    assert tip.answered_at is not None
    assert [message.to for message in mail.outbox] == [["zhou@example.org"]]
    assert "立案" not in mail.outbox[0].body
    assert tip.number not in mail.outbox[0].body
    assert not tip.identity_openings.exists()


def test_a_refused_tip_is_answered_and_put_away(people) -> None:
    tip = a_tip().tip
    to_decision(people, tip, verification="unsupported")

    do(people["leader"], tip.run, "decide_filing", {"filing": "refuse", "reasons": "无法证实"})
    do(people["intake"], tip.run, "answer_tipster", {"answer": "经核查不予立案。"})
    assert status_of(tip.__class__.objects.get(pk=tip.pk)).word == NOT_FILED.word
    do(people["intake"], tip.run, "archive_tip", {"is_complete": "on"})

    tip.refresh_from_db()
    assert tip.case is None
    assert tip.archived_at is not None
    assert Run.objects.get(pk=tip.run_id).status == "ended"


def test_a_tip_for_another_authority_says_whom_to_turn_to(people) -> None:
    tip = a_tip().tip
    note = "请向市场监督管理局反映。"

    do(
        people["intake"],
        tip.run,
        "register_tip",
        {
            **REGISTERED,
            "jurisdiction": "other_department",
            "authority": "市场监督管理局",
            "jurisdiction_note": note,
        },
    )
    do(people["intake"], tip.run, "answer_not_accepted", {"answer": note})

    tip = Tip.objects.get(pk=tip.pk)
    assert status_of(tip).word == NOT_OURS.word
    assert tip.jurisdiction_note == note
    running = Clock.objects.filter(run=tip.run, ended_at=None)
    assert [clock.rule_key for clock in running] == ["tip_file_archived"]
    do(people["intake"], tip.run, "archive_tip", {"is_complete": "on"})
    tip = Tip.objects.get(pk=tip.pk)
    assert status_of(tip).word == NOT_OURS.word
    assert (tip.run.status, tip.archived_at is None) == (Run.Status.ENDED, False)


def test_sending_back_makes_the_verifiers_check_again(people) -> None:
    tip = a_tip().tip
    to_decision(people, tip)

    do(people["leader"], tip.run, "decide_filing", {"filing": "verify_again", "reasons": "补充"})

    assert open_item(tip.run, "verify_lead").candidates == sorted([people["handler"].pk, people["second"].pk])
    assert status_of(tip).word == CHECKED.word


def test_filing_needs_every_condition_of_the_law(people) -> None:
    tip = a_tip().tip
    to_decision(people, tip)

    with pytest.raises(FormRefused):
        do(people["leader"], tip.run, "decide_filing", {**FILED, "has_identified_suspect": ""})
    with pytest.raises(FormRefused):
        do(people["leader"], tip.run, "decide_filing", {**FILED, "act_ended_on": "2020-01-01"})


def test_one_officer_alone_cannot_verify(people) -> None:
    tip = a_tip().tip
    do(people["intake"], tip.run, "register_tip", REGISTERED)
    do(people["intake"], tip.run, "review_copy", {"reviewed_copy": WORDS})
    from tips.errors import NotEnoughOfficers

    with pytest.raises(NotEnoughOfficers):
        data = {"officers": [people["handler"].officer.pk], "is_recusal_checked": "on"}
        do(people["leader"], tip.run, "assign_verifiers", data)


def test_only_the_assigned_officers_are_offered_the_check(people) -> None:
    tip = a_tip().tip
    outsider = a_person("third", "case_handler", certified=True)
    do(people["intake"], tip.run, "register_tip", REGISTERED)
    do(people["intake"], tip.run, "review_copy", {"reviewed_copy": WORDS})
    officers = [people["handler"].officer.pk, people["second"].officer.pk]
    do(people["leader"], tip.run, "assign_verifiers", {"officers": officers, "is_recusal_checked": "on"})

    with pytest.raises(NotOffered):
        do(outsider, tip.run, "verify_lead", {"verification_record": "x", "verification": "supported"})


def test_both_verifiers_are_kept_from_deciding(people) -> None:
    tip = a_tip().tip
    from tests.factories.tips import RECEIVED
    from workflows.models import LaneMember

    LaneMember.objects.create(
        account=people["second"], lane="leader", unit_id=tip.bureau_id, starts_at=RECEIVED.replace(year=2020)
    )
    to_decision(people, tip)

    with pytest.raises(DutyConflict):
        do(people["second"], tip.run, "decide_filing", FILED)


def test_chosen_files_enter_the_case_without_what_the_camera_wrote(people) -> None:
    import io

    from PIL import Image

    source = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    Image.new("RGB", (8, 8), "red").save(source, "JPEG", exif=exif)
    photo = Attachment.of("王某拍摄.jpg", "image/jpeg", source.getvalue())
    assert b"SECRETPHONE" in photo.spool.reader().read()
    tip = a_tip(a_filing(), files=[photo, Attachment.of("b.png", "image/png", PNG)]).tip
    chosen = tip.files.get(media_type="image/jpeg")
    do(people["intake"], tip.run, "register_tip", REGISTERED | {"institution_code": tip.institution.code})
    data = {"reviewed_copy": WORDS, f"hand_on_{chosen.pk}": "on", f"name_{chosen.pk}": "现场照片"}
    do(people["intake"], tip.run, "review_copy", data)
    officers = [people["handler"].officer.pk, people["second"].officer.pk]
    do(people["leader"], tip.run, "assign_verifiers", {"officers": officers, "is_recusal_checked": "on"})
    record = {"verification_record": "x", "verification": "supported"}
    do(people["handler"], tip.run, "verify_lead", record)
    do(people["leader"], tip.run, "decide_filing", FILED)

    from casework import storage

    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.file_name) == ("现场照片", "现场照片.jpg")
    assert OutboxEntry.objects.get(operation="tips.hand_on_files").run == tip.run
    assert b"SECRETPHONE" not in storage.get(evidence.object_key, evidence.version_id)


def test_every_look_at_sealed_words_is_in_the_journal(people) -> None:
    from casework.task_pages import page_for
    from tests.factories.tips import RECEIVED
    from workflows.door.commands import claim_item

    tip = a_tip().tip
    item = open_item(tip.run, "register_tip")
    assert page_for(item, people["intake"]).context()["opened"] is None

    claim_item(item, actor=people["intake"], key="c", now=RECEIVED)
    opened = page_for(WorkItem.objects.get(pk=item.pk), people["intake"]).context()["opened"]

    assert opened.words.story
    looks = JournalEntry.objects.filter(act="words_opened", actor=people["intake"])
    assert [look.subject_id for look in looks] == [tip.pk]
