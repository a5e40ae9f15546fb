"""Numbers that people use: per bureau, kind and year, without gaps."""

from datetime import date

from casework.models import Bureau, NumberCounter
from workflows.door.sql import fetch

WORDS = {
    "case": "案",
    "tip": "举",
    "referral_letter": "移函",
    "reward": "奖",
    "filing_approval": "立",
    "legal_review_opinion": "法审",
    "penalty_notice": "罚告",
    "penalty_decision": "罚决",
    "province_report": "案报",
    "report_receipt": "收",
    "reward_approval": "奖审",
    "reward_notice": "奖通",
    "reward_voucher": "奖付",
    "purge_certificate": "销",
    "tip_yearly_report": "举年",
}


NEXT = f"""
    INSERT INTO {NumberCounter._meta.db_table} AS counter (bureau_id, kind, year, last_number) VALUES (%s, %s, %s, 1)
    ON CONFLICT (bureau_id, kind, year) DO UPDATE SET last_number = counter.last_number + 1
    RETURNING last_number
"""


def next_number(bureau: Bureau, kind: str, year: int) -> int:
    """The next number, from 1; its row stays locked until the transaction ends, so none is lost.

    Locks: the counter, last of all (family, runs, counters).
    """
    return int(fetch(NEXT, [bureau.pk, kind, year])[0][0])


def official_number(bureau: Bureau, kind: str, day: date) -> str:
    """A number in official form, e.g. 云河医保罚决〔2025〕12号."""
    word = WORDS.get(kind, kind)
    return f"{bureau.short_name}{word}〔{day.year}〕{next_number(bureau, kind, day.year)}号"
