"""What a tipster agrees to: dated versions of the text, in both languages."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data" / "consent.yaml"
CHINESE, ENGLISH = "zh-hans", "en"


@dataclass(frozen=True)
class Consent:
    """One version of the text; `sentences` by language."""

    version: str
    valid_from: date
    sentences: dict[str, tuple[str, ...]]

    def in_language(self, language: str) -> tuple[str, ...]:
        """The sentences in a language of the product; Chinese is the text that counts."""
        return self.sentences.get(language, self.sentences[CHINESE])


@lru_cache
def consents() -> tuple[Consent, ...]:
    """Every version, the oldest first."""
    read = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    found = [
        Consent(
            version=one["version"],
            valid_from=one["valid_from"],
            sentences={language: tuple(one[language]) for language in (CHINESE, ENGLISH)},
        )
        for one in read
    ]
    return tuple(sorted(found, key=lambda one: one.valid_from))


def consent_on(day: date) -> Consent:
    """The text in force on a day; before the first version that one."""
    in_force = [one for one in consents() if one.valid_from <= day]
    return in_force[-1] if in_force else consents()[0]


def consent_version(version: str) -> Consent | None:
    """The text of a version; nothing for a version that never was."""
    return next((one for one in consents() if one.version == version), None)
