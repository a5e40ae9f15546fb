"""The text that tipsters agree to: a version is never changed."""

import hashlib
import json
from datetime import date

from tips.rules.consent import CHINESE, ENGLISH, consent_on, consent_version, consents

DIGESTS = {"1": "3fca128187a94239"}


def digest_of(version: str) -> str:
    found = consent_version(version)
    assert found is not None
    written = json.dumps(found.sentences, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def test_the_text_of_a_version_is_what_tipsters_agreed_to() -> None:
    assert {one.version: digest_of(one.version) for one in consents()} == DIGESTS


def test_every_version_says_the_same_number_of_things_in_both_languages() -> None:
    for one in consents():
        assert len(one.in_language(CHINESE)) == len(one.in_language(ENGLISH))


def test_another_language_gets_the_chinese_text() -> None:
    assert consents()[0].in_language("fr") == consents()[0].in_language(CHINESE)


def test_the_version_of_the_day_is_the_last_that_began() -> None:
    first = consents()[0]
    assert consent_on(first.valid_from) == first
    assert consent_on(date(1999, 1, 1)) == first
    assert consent_version("99") is None
