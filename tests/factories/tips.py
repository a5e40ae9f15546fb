"""Valid tips by default; the people and places that they need."""

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from casework.models import Account, Bureau, Institution, Officer
from tips.files.attachments import Attachment
from tips.services.file_tip import FiledTip, Filing, file_tip
from tips.words import Identity, TipWords
from workflows.models import LaneMember

RECEIVED = datetime(2025, 3, 12, 2, 0, tzinfo=UTC)
STORY = "住院部在患者出院后继续记录理疗费用,每天三次。我看过费用清单和护理记录。"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060"
    "000000050001a5f645400000000049454e44ae426082"
)


def a_bureau(name: str = "云河市医疗保障局", **facts: Any) -> Bureau:
    """A city bureau with the Sichuan scheme; made once per name."""
    values = {
        "english_name": "Yunhe Healthcare Security Administration",
        "short_name": name[:2] + "医保",
        "level": Bureau.Level.CITY,
        "region_code": "990100",
        "parameters_region": "demo",
        "reward_scheme": "sichuan",
        **facts,
    }
    return Bureau.objects.get_or_create(name=name, defaults=values)[0]


def an_institution(name: str = "云河康宁医院", bureau: Bureau | None = None, **facts: Any) -> Institution:
    """A hospital of the register; made once per name."""
    values = {
        "code": f"H{secrets.randbelow(10**11):011d}",
        "sort_key": name,
        "kind": Institution.Kind.HOSPITAL,
        "bureau": bureau or a_bureau(),
        "address": "云河市滨江路1号",
        "credit_code": "12990100MB0000001X",
        "legal_representative": "郑某",
        **facts,
    }
    return Institution.objects.get_or_create(name=name, defaults=values)[0]


def a_person(username: str, *lanes: str, bureau: Bureau | None = None, certified: bool = False) -> Account:
    """An account in the given lanes of a bureau, with a valid certificate when asked for."""
    bureau = bureau or a_bureau()
    account = Account.objects.create_user(username, password=None, display_name=username, bureau=bureau)
    for lane in lanes:
        LaneMember.objects.create(
            account=account, lane=lane, unit_id=bureau.pk, starts_at=RECEIVED.replace(year=2020)
        )
    if certified:
        number = f"ZF{account.pk:08d}"
        Officer.objects.create(
            account=account, certificate_number=number, certificate_valid_until=date(2035, 12, 31)
        )
    return account


def some_words(**facts: Any) -> TipWords:
    """What an ordinary tipster says."""
    values = {
        "target_name": "云河康宁医院",
        "story": STORY,
        "conducts": ("false_items",),
        "how_known": "records",
        **facts,
    }
    return TipWords(**values)


def a_filing(**facts: Any) -> Filing:
    """An anonymous tip on a hospital of the register."""
    values = {"bureau": a_bureau(), "words": some_words(), "institution": an_institution(), **facts}
    return Filing(**values)


def a_real_name_filing(**facts: Any) -> Filing:
    """A real-name tip that wants the reward."""
    identity = Identity(name="周举报", telephone="13900001234", email="zhou@example.org")
    return a_filing(**{"is_real_name": True, "identity": identity, "wants_reward": True, **facts})


def a_tip(
    filing: Filing | None = None,
    *,
    files: Sequence[Attachment] = (),
    seed: bytes | None = None,
    now: datetime = RECEIVED,
) -> FiledTip:
    """A filed tip with its receipt code."""
    return file_tip(filing or a_filing(), files=files, seed=seed or secrets.token_bytes(32), now=now)
