"""Numbers that people use: per bureau, kind and year, without gaps."""

from datetime import date

from casework.models import Bureau, NumberCounter

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
    "purge_certificate": "销",
}


def next_number(bureau: Bureau, kind: str, year: int) -> int:
    """The next number, from 1; its row stays locked until the transaction ends, so none is lost.

    Locks: the counter, last of all (family, runs, counters).
    """
    NumberCounter.objects.get_or_create(bureau=bureau, kind=kind, year=year)
    counter = NumberCounter.objects.select_for_update().get(bureau=bureau, kind=kind, year=year)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    return counter.last_number


def official_number(bureau: Bureau, kind: str, day: date) -> str:
    """A number in official form, e.g. 云河医保罚决〔2025〕12号."""
    word = WORDS.get(kind, kind)
    return f"{bureau.short_name}{word}〔{day.year}〕{next_number(bureau, kind, day.year)}号"
