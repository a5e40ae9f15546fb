"""Officers take tips in that came by other ways."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from tests.factories.tips import PNG, STORY, a_bureau, a_person, an_institution
from tests.tips.files.test_uploads import FILM, PART, Browser
from tests.tips.views.test_report import CODE, a_file, code_in
from tips.files import attachments, baskets
from tips.models import Tip, TipUpload
from tips.receipts.receipt_code import ALPHABET
from tips.rules.spelling import WORDS, spelled
from tips.sealing import contents, filing_keys, identity
from tips.services import receive_upload
from workflows.models import Clock, JournalEntry
from workflows.now import now

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def officer():  # type: ignore[no-untyped-def]
    return a_person("intake", "intake_officer")


@pytest.fixture
def desk(client: Client, officer) -> Client:  # type: ignore[no-untyped-def]
    client.force_login(officer)
    return client


def moment(ago: timedelta = timedelta(hours=1)) -> str:
    return localtime(now() - ago).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def told() -> dict[str, object]:
    """A call by telephone."""
    a_bureau()
    return {
        "key": filing_keys.new_filing_key(),
        "channel": "telephone",
        "received_at": moment(),
        "target_name": "康宁",
        "institution": an_institution().code,
        "story": STORY,
        "is_read_back": "on",
        "consent": "on",
    }


def take_in(client: Client, told: dict[str, object], **more: object):  # type: ignore[no-untyped-def]
    return client.post(reverse("tips:take_in"), {**told, **more})


def test_a_call_is_taken_in_and_its_receipt_shown_to_read_aloud(desk, told, officer) -> None:
    response = take_in(desk, told, files=[a_file(PNG, "笔录.png")])

    tip = Tip.objects.get()
    assert (tip.channel, tip.taken_in_by, tip.is_read_back) == ("telephone", officer, True)
    assert tip.received_at < tip.entered_at
    assert tip.files.count() == 1
    assert "no-store" in response["Cache-Control"]
    code = code_in(response)
    assert all(character in ALPHABET for character in code.replace("-", ""))
    assert JournalEntry.objects.filter(act="tip_received", actor=officer).exists()


def test_the_fifteen_days_count_from_receipt(desk, told) -> None:
    take_in(desk, told, received_at=moment(timedelta(days=3)))

    tip = Tip.objects.get()
    started = Clock.objects.get(run=tip.run, rule_key="lead_verification").starts_at
    assert started == tip.received_at


def test_once_handed_over_nobody_shows_the_receipt_again(desk, told) -> None:
    take_in(desk, told)
    sheet = desk.post(reverse("tips:take_in_paper"), {"key": told["key"]})
    desk.post(reverse("tips:take_in_done"), {"key": told["key"]})

    assert sheet.content.startswith(b"%PDF")
    assert "no-store" in sheet["Cache-Control"]
    again = [
        take_in(desk, told),
        desk.post(reverse("tips:take_in_paper"), {"key": told["key"]}),
        desk.post(reverse("tips:take_in_done"), {"key": told["key"]}),
    ]
    assert [one.status_code for one in again] == [409, 409, 409]
    assert not any(CODE.search(one.content.decode(errors="replace")) for one in again)
    assert Tip.objects.count() == 1


def test_another_officer_does_not_get_the_receipt(desk, told) -> None:
    take_in(desk, told)
    desk.force_login(a_person("other", "intake_officer"))

    assert desk.post(reverse("tips:take_in_paper"), {"key": told["key"]}).status_code == 409


def test_whoever_took_it_in_sees_the_sealed_words_only_after_taking_the_work(desk, told) -> None:
    take_in(desk, told)

    assert desk.get(reverse("tips:tip", args=[Tip.objects.get().pk])).status_code == 404


def test_others_than_intake_officers_find_no_such_page(client: Client, told) -> None:
    client.force_login(a_person("leader", "leader"))

    assert client.get(reverse("tips:take_in")).status_code == 404
    assert take_in(client, told).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"received_at": "2999-01-01T08:00"}, "received_at"),
        ({"received_at": "nonsense"}, "received_at"),
        ({"is_read_back": ""}, "is_read_back"),
        ({"channel": "authority", "handed_on_by": ""}, "handed_on_by"),
        ({"channel": "agency", "handed_on_by": ""}, "handed_on_by"),
        ({"channel": "web"}, "channel"),
        ({"consent": ""}, "consent"),
        ({"is_real_name": "yes"}, "name"),
    ],
)
def test_what_is_missing_is_said_beside_the_entry(desk, told, wrong, field) -> None:
    response = take_in(desk, told, **wrong)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert STORY[:10] in response.content.decode()
    assert not Tip.objects.exists()


@pytest.mark.parametrize(("over", "is_taken"), [(timedelta(hours=-1), True), (timedelta(hours=1), False)])
def test_a_moment_too_long_ago_is_a_slip_of_the_pen(desk, told, over, is_taken) -> None:
    take_in(desk, told, received_at=moment(timedelta(days=180) + over))

    assert Tip.objects.exists() is is_taken


def test_a_letter_needs_neither_consent_nor_a_number_to_call(desk, told) -> None:
    letter = {"channel": "letter", "consent": "", "is_read_back": "", "is_real_name": "yes"}
    take_in(desk, told, **letter, name="周信", address="云河市滨江路 2 号")

    tip = Tip.objects.get()
    known = identity.known_identity(tip)
    assert known is not None
    assert known.address == "云河市滨江路 2 号"
    assert tip.consent_version == ""
    assert not tip.is_read_back


@pytest.mark.parametrize("language", list(WORDS))
def test_every_character_of_a_code_has_a_word_of_its_own(language: str) -> None:
    words = [word for _character, word in spelled(ALPHABET, language)]

    assert len(set(words)) == len(ALPHABET)


def test_a_citizen_gets_the_receipt_as_a_sheet_until_it_was_kept(client: Client, told) -> None:
    report = {name: value for name, value in told.items() if name not in ("channel", "received_at")}
    code = code_in(client.post(reverse("tips:report"), report))
    sheet = client.post(reverse("tips:report_paper"), {"key": told["key"]})
    client.post(reverse("tips:report_kept"), {"key": told["key"], "last": code[-6:]})
    gone = client.post(reverse("tips:report_paper"), {"key": told["key"]})

    assert sheet["Content-Type"] == "application/pdf"
    assert gone.url == reverse("tips:follow")


def test_large_files_come_in_parts_and_only_whole_ones_are_taken_in(desk, told, officer, monkeypatch) -> None:
    monkeypatch.setattr(receive_upload, "PART", PART)
    basket = baskets.new_basket()
    uploader = Browser(basket)
    uploader.send_all(FILM, "来信录像.mp4")
    halfway = uploader.begin(len(FILM), "走访录像.mp4")["Location"]

    refused = take_in(desk, told, basket=basket)
    told["key"] = filing_keys.new_filing_key()
    uploader.client.delete(halfway, headers=uploader.headers)
    taken = take_in(desk, told, basket=basket)

    assert refused.status_code == 422
    assert basket in refused.content.decode()
    assert STORY in refused.content.decode()
    assert taken.status_code == 200
    tip = Tip.objects.get()
    assert tip.taken_in_by == officer
    file = tip.files.get()
    assert attachments.name_of(file, contents.content_key(tip)) == "来信录像.mp4"
    assert not TipUpload.objects.exists()


def test_the_next_form_has_a_basket_of_its_own(desk) -> None:
    pages = [desk.get(reverse("tips:take_in")).content.decode() for _ in range(2)]

    first, second = (re.search(r'name="basket" value="([^"]+)" data-basket="page"', page) for page in pages)

    assert first is not None and second is not None
    assert first[1] != second[1]
