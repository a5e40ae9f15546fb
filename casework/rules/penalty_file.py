"""Reads the table of conduct and penalties (法律责任) and names the measures besides the fine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from casework.rules.money import Money
from casework.rules.parameter_file import DATA, Act, Mark, load_acts
from workflows.rules.texts import Text, gettext_noop, text

PARTIES = ("provider", "agency", "person")

MEASURES: dict[str, Text] = {
    code: text(template)
    for code, template in {
        "correction": gettext_noop("order to correct (责令改正)"),
        "talk": gettext_noop("warning talk possible (约谈)"),
        "discipline": gettext_noop("discipline of the persons responsible (处分)"),
        "department_suspension": gettext_noop("department responsible suspended for 6–12 months"),
        "department_suspension_if_serious": gettext_noop(
            "department responsible suspended for 6–12 months if it refuses to correct or the case is serious"
        ),
        "agreement_end": gettext_noop("up to the end of the service agreement (解除服务协议)"),
        "licence": gettext_noop("licence revoked by its own authority (吊销执业资格)"),
        "network_settlement_stop": gettext_noop(
            "network settlement of the insured person suspended for 3–12 months (暂停联网结算)"
        ),
        "confiscation": gettext_noop("illegal gains confiscated (没收违法所得)"),
        "management_bar": gettext_noop(
            "legal representative or head barred from managing a provider for 5 years"
        ),
    }.items()
}


@dataclass(frozen=True)
class PenaltyArticle:
    """One article: who, what conduct, which fine. `multiples` of the loss or a `fixed` range, or neither.

    A version holds from `in_force_from` (without one: from the act's first day) until the next version begins.
    """

    article: str
    act: Act
    parties: tuple[str, ...]
    conduct: str
    conduct_zh: str
    mark: Mark
    further: tuple[str, ...]
    in_force_from: date
    multiples: tuple[int, int] | None = None
    fixed: tuple[Money, Money] | None = None
    recovery: bool = False
    condition: str = ""
    condition_zh: str = ""

    def fine(self, loss: Money) -> tuple[Money, Money] | None:
        """Return the lowest and highest fine for a loss, or None where the article has no fine."""
        if self.multiples is not None:
            return loss.times(self.multiples[0]), loss.times(self.multiples[1])
        return self.fixed


@lru_cache(maxsize=1)
def load_penalties() -> dict[str, PenaltyArticle]:
    """Return the newest version of every article by its name, such as "38", "41(2)" or "SIL 88"."""
    return {name: versions[-1] for name, versions in load_versions().items()}


@lru_cache(maxsize=1)
def load_versions() -> dict[str, tuple[PenaltyArticle, ...]]:
    """Return the versions of every article, oldest first. Raises: ValueError for two from one day."""
    rows = yaml.safe_load((DATA / "penalties.yaml").read_text(encoding="utf-8"))
    return versions_by_name([_article(row) for row in rows])


def versions_by_name(articles: Iterable[PenaltyArticle]) -> dict[str, tuple[PenaltyArticle, ...]]:
    """Return articles grouped by name, oldest version first. Raises: ValueError for two from one day."""
    found: dict[str, tuple[PenaltyArticle, ...]] = {}
    for article in sorted(articles, key=lambda one: one.in_force_from):
        earlier = found.get(article.article, ())
        if earlier and earlier[-1].in_force_from == article.in_force_from:
            raise ValueError(f"article {article.article} has two versions from {article.in_force_from}")
        found[article.article] = (*earlier, article)
    return found


def versions_of(name: str) -> tuple[PenaltyArticle, ...]:
    """Return the versions of an article, oldest first; none when the table does not have it."""
    return load_versions().get(name, ())


def _article(row: dict[str, Any]) -> PenaltyArticle:
    unknown = (set(row["parties"]) - set(PARTIES)) | (set(row["further"]) - set(MEASURES))
    if unknown:
        raise ValueError(f"article {row['article']} names {unknown}, which do not exist")
    multiples, fixed = row.get("multiples"), row.get("fixed")
    act = load_acts()[row["act"]]
    return PenaltyArticle(
        **row
        | {
            "act": act,
            "in_force_from": row.get("in_force_from", act.in_force_from),
            "parties": tuple(row["parties"]),
            "further": tuple(row["further"]),
            "mark": Mark(row["mark"]),
            "multiples": (multiples[0], multiples[1]) if multiples else None,
            "fixed": (Money.yuan(fixed[0]), Money.yuan(fixed[1])) if fixed else None,
        }
    )
