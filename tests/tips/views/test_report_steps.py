"""The report one step after the other, as a browser without scripts walks through it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.tips import PNG, STORY, a_bureau, an_institution
from tips.forms.report import LONGEST_STORY
from tips.models import Tip, TipIdentity
from tips.rules.consent import consents
from tips.sealing import contents, filing_keys, identity

pytestmark = pytest.mark.usefixtures("models")
HIDDEN = re.compile(r'<section class="fg-part" id="(\w+)"[^>]*?( hidden)?>')


@pytest.fixture
def told() -> dict[str, object]:
    """A report with everything that must be there."""
    a_bureau()
    return {
        "key": filing_keys.new_filing_key(),
        "target_name": "康宁",
        "institution": an_institution().code,
        "story": STORY,
        "consent": "on",
    }


def press(client: Client, told: dict[str, object], **more: object):  # type: ignore[no-untyped-def]
    return client.post(reverse("tips:report"), {**told, **more})


def open_part(response) -> str:  # type: ignore[no-untyped-def]
    """The one part that is not hidden."""
    found = [key for key, hidden in HIDDEN.findall(response.content.decode()) if not hidden]
    assert len(found) == 1, found
    return found[0]


def test_the_first_page_shows_one_part_only(client: Client, told) -> None:
    assert open_part(client.get(reverse("tips:report"))) == "who"


def test_going_on_and_back_keeps_everything_and_stores_nothing(client: Client, told) -> None:
    walked, at = [], "who"
    while at != "send":
        response = press(client, told, at=at, go="next")
        at = open_part(response)
        walked.append(at)
        assert STORY in response.content.decode()
    back = press(client, told, at="send", go="back")

    assert walked[-1] == "send"
    assert len(walked) == len(set(walked))
    assert open_part(back) == walked[-2]
    assert not Tip.objects.exists()


def test_a_step_is_left_only_with_right_entries_but_back_always(client: Client, told) -> None:
    wrong = {**told, "story": "短"}
    on = press(client, wrong, at="story", go="next")
    back = press(client, wrong, at="story", go="back")

    assert on.status_code == 422
    assert open_part(on) == "story"
    assert set(on.context["form"].errors) == {"story"}
    assert back.status_code == 200
    assert not back.context["form"].errors


def test_a_refused_report_opens_at_the_first_wrong_step(client: Client, told) -> None:
    response = press(client, {**told, "target_name": "", "story": "短", "at": "send"})

    assert open_part(response) == "target"
    assert set(response.context["form"].errors) == {"target_name"}


def test_chosen_files_are_asked_for_again_and_the_page_says_so(client: Client, told) -> None:
    went = press(client, told, at="send", go="back", files=[SimpleUploadedFile("a.png", PNG)])
    again = press(client, told, at="reward", go="next", files_left="1")

    assert 'name="files_left"' in went.content.decode()
    assert again.context["must_choose_again"]


def test_without_consent_nothing_is_sent_and_with_it_the_version_is_kept(client: Client, told) -> None:
    refused = press(client, {**told, "consent": ""})
    press(client, told, consent_version="1")

    assert open_part(refused) == "send"
    assert Tip.objects.get().consent_version == "1"


def test_a_version_that_never_was_is_not_kept(client: Client, told) -> None:
    press(client, told, consent_version="99")

    assert Tip.objects.get().consent_version in {one.version for one in consents()}


def words_of(tip: Tip) -> str:
    return contents.open_words(tip, contents.content_key(tip)).story


@pytest.mark.parametrize(
    "story",
    [
        "长" * LONGEST_STORY,
        "他们把药换成大米🍚🏥👩‍⚕️，" * 3,
        "'; DROP TABLE tips_tip; -- 药店刷卡换购",
        "<script>alert('药店')</script><b>虚记</b>项目",
        "药店\u202e反向\u200b零宽\u0007响铃，刷卡换大米",
        "𠮷野家㐂䶮姓名里的生僻字也要原样保留",
    ],
    ids=["longest", "emoji", "sql", "html", "control", "rare"],
)
def test_any_text_is_kept_as_it_was_typed(client: Client, told, story: str) -> None:
    assert press(client, told, story=story).status_code == 200

    assert words_of(Tip.objects.get()) == story


def test_html_is_shown_as_text_when_the_form_comes_back(client: Client, told) -> None:
    page = press(client, told, story="<script>alert(1)</script>虚记项目多次", at="story", go="next")

    assert "<script>alert(1)" not in page.content.decode()


@pytest.mark.parametrize(
    "story", ["长" * (LONGEST_STORY + 1), "药店\0刷卡换大米和洗衣液"], ids=["too long", "nul"]
)
def test_what_cannot_be_taken_gets_a_sentence_beside_it(client: Client, told, story: str) -> None:
    response = press(client, told, story=story)

    assert open_part(response) == "story"
    assert response.context["form"].errors["story"]
    assert not Tip.objects.exists()


JOINT = {
    "is_real_name": "yes",
    "name": "周一",
    "telephone": "13900001234",
    "name_2": "吴二",
    "email_2": "wu@example.org",
    "share": "60",
    "share_2": "40",
}


def test_joint_names_are_sealed_with_their_shares(client: Client, told) -> None:
    press(client, told, **JOINT)

    tip = Tip.objects.get()
    known = identity.known_identity(tip)
    assert known is not None
    assert [person.name for person in known.people] == ["周一", "吴二"]
    assert [str(share) for share in known.agreed_shares or ()] == ["60", "40"]
    assert "吴二".encode() not in bytes(TipIdentity.objects.get().sealed_identity)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"share": "50"}, "share"),
        ({"share_2": ""}, "share"),
        ({"name_2": ""}, "name_2"),
        ({"telephone_2": "abc"}, "telephone_2"),
    ],
    ids=["not 100", "one without", "no name", "no number"],
)
def test_joint_names_that_do_not_fit_are_refused_beside_the_entry(client, told, wrong, field) -> None:
    response = press(client, told, **{**JOINT, **wrong})

    assert open_part(response) == "who"
    assert field in response.context["form"].errors


def test_joint_names_without_shares_share_equally(client: Client, told) -> None:
    press(client, told, **{**JOINT, "share": "", "share_2": ""})

    known = identity.known_identity(Tip.objects.get())
    assert known is not None
    assert known.agreed_shares is None
    assert len(known.people) == 2


def test_an_anonymous_report_keeps_no_name_that_was_typed_before(client: Client, told) -> None:
    press(client, told, **{**JOINT, "is_real_name": "no"})

    assert not TipIdentity.objects.exists()
