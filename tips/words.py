"""What a tipster says, as plain values: sealed as a whole, never stored in the open."""

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

CONDUCTS = {
    "fake_stay": _("Hospital stay or treatment that never took place (虚假住院、虚构诊疗)"),
    "lured_stay": _("People lured into hospital without need (诱导住院、挂床住院)"),
    "false_items": _("Items, drugs or supplies billed but not given (虚记项目、药品、耗材)"),
    "swapped_items": _("One thing given, another billed (串换药品、耗材、项目)"),
    "overcharging": _("Items split, repeated or overcharged (分解、重复、超标准收费)"),
    "over_treatment": _("Treatment or examination far beyond need (过度诊疗、过度检查)"),
    "borrowed_card": _("Somebody else's insurance card used (冒名就医购药)"),
    "drug_resale": _("Insured drugs resold for money (倒卖医保药品)"),
    "card_cash": _("Card swiped for cash, goods or non-medical things (刷卡套现、串换生活用品)"),
    "forged_papers": _("Forged records, receipts or certificates (伪造病历、票据、证明)"),
    "bribery": _("Cash or gifts for bringing patients (返现、给付好处拉拢参保人)"),
    "other": _("Something else"),
}
HOW_KNOWN = {
    "works_there": _("I work or worked there"),
    "patient": _("I was treated there or bought there"),
    "family": _("A family member or friend was"),
    "bystander": _("I saw or heard it"),
    "records": _("From bills, records or accounts"),
    "other": _("In another way"),
}

HOSPITAL, PHARMACY, AGENCY, EMPLOYER = "hospital", "pharmacy", "agency", "employer"
INSURED_PERSON, PERSON, ORGANISATION = "insured_person", "person", "organisation"
TARGETS = {
    HOSPITAL: _("A hospital, clinic or other place of treatment"),
    PHARMACY: _("A pharmacy"),
    AGENCY: _("An agency of medical insurance"),
    EMPLOYER: _("An employer"),
    ORGANISATION: _("Another body"),
    INSURED_PERSON: _("An insured person"),
    PERSON: _("Another person, such as a doctor or a dealer"),
}
PERSONS = frozenset({INSURED_PERSON, PERSON})


@dataclass(frozen=True)
class TipWords:
    """The tip in the tipster's words; the amount is an estimate in yuan."""

    target_name: str
    story: str
    target_place: str = ""
    period_from: date | None = None
    period_until: date | None = None
    conducts: tuple[str, ...] = ()
    how_known: str = ""
    amount: Decimal | None = None
    questionnaire: int | None = None
    """The version that was asked, with its number; answers by the id of the question."""
    questionnaire_version: int | None = None
    answers: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For sealing."""
        return {
            **asdict(self),
            "period_from": self.period_from.isoformat() if self.period_from else None,
            "period_until": self.period_until.isoformat() if self.period_until else None,
            "amount": None if self.amount is None else str(self.amount),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "TipWords":
        """From what was sealed."""
        first, last, amount = stored["period_from"], stored["period_until"], stored["amount"]
        return cls(
            **{
                **stored,
                "conducts": tuple(stored["conducts"]),
                "period_from": date.fromisoformat(first) if first else None,
                "period_until": date.fromisoformat(last) if last else None,
                "amount": None if amount is None else Decimal(amount),
            }
        )


@dataclass(frozen=True)
class JointTipster:
    """One of several who report together; `share` is the agreed percentage of a reward, or none."""

    name: str
    telephone: str = ""
    email: str = ""
    share: Decimal | None = None
    address: str = ""


@dataclass(frozen=True)
class Identity:
    """Who the tipster is and how the system can reach them; with joint names also who reports together with them.

    Either everybody has a share or nobody has; agreed shares add up to 100 percent.
    """

    name: str
    telephone: str = ""
    email: str = ""
    share: Decimal | None = None
    others: tuple[JointTipster, ...] = ()
    address: str = ""

    @property
    def people(self) -> tuple[JointTipster, ...]:
        """Everybody who reports, the person whom the bureau turns to first."""
        return (
            JointTipster(self.name, self.telephone, self.email, self.share, self.address),
            *self.others,
        )

    @property
    def agreed_shares(self) -> tuple[Decimal, ...] | None:
        """The percentages in the order of `people`; none when equal parts are wanted."""
        shares = tuple(person.share for person in self.people if person.share is not None)
        return shares if self.others and len(shares) == len(self.people) else None

    def as_json(self) -> dict[str, Any]:
        """For sealing."""
        first, *others = ({**asdict(one), "share": _written(one.share)} for one in self.people)
        return {**first, "others": others}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Identity":
        """From what was sealed."""
        first, *others = (
            JointTipster(**{**one, "share": _read(one.get("share"))})
            for one in ({k: v for k, v in stored.items() if k != "others"}, *stored.get("others", ()))
        )
        return cls(**asdict(first), others=tuple(others))


def _written(share: Decimal | None) -> str | None:
    return None if share is None else str(share)


def _read(share: str | None) -> Decimal | None:
    return None if share is None else Decimal(share)


@dataclass(frozen=True)
class Payee:
    """Who the reward is paid to: name, identity number, bank account."""

    name: str
    identity_number: str
    bank: str
    account: str
