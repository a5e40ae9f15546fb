"""The register (举报台账) as officials read it: rows, filters, columns. Nothing sealed is ever part of a row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.clock_faces import clock_face
from casework.faces import ClockFace
from casework.models import Account
from casework.permissions import Role, units_of
from tips.models import RegisterEntry, Reward, Tip
from tips.selectors import visible_tips
from tips.words import CONDUCTS
from workflows.models import Clock, Run
from workflows.rules.calendar import SHANGHAI

# Roles that read every row of their bureau's register; what is sealed, and the page of a tip, stay closed to them.
READS_REGISTER = frozenset({Role.INTAKE_OFFICER, Role.LEADER, Role.CHIEF, Role.AUDITOR})
# Legal periods of a tip that a row may be late for; those of its case stand in the case.
CLOCKS = (
    "lead_verification", "jurisdiction_dispute_to_superior", "tell_tipster_filing_decision", "tip_file_archived",
)  # fmt: skip
RULES = RegisterEntry.Jurisdiction
OUTCOMES: dict[str, tuple[Any, Q]] = {
    "open": (gettext_lazy("being handled"), Q(left_at=None, tip__run__status=Run.Status.RUNNING)),
    "filed": (gettext_lazy("case filed"), Q(left_at=None, tip__is_filed=True, tip__joined_at=None)),
    "joined": (gettext_lazy("joined an open case"), Q(left_at=None, tip__joined_at__isnull=False)),
    "not_filed": (gettext_lazy("no case filed"), Q(left_at=None, tip__is_filed=False)),
    "not_a_tip": (gettext_lazy("not a tip"), Q(jurisdiction=RULES.NOT_A_TIP)),
    "elsewhere": (gettext_lazy("another authority"), Q(jurisdiction=RULES.OTHER_DEPARTMENT)),
    "referred": (gettext_lazy("referred to another bureau"), Q(left_at__isnull=False)),
    "disputed": (gettext_lazy("jurisdiction in dispute"), Q(left_at=None, jurisdiction=RULES.DISPUTED)),
    "closed": (gettext_lazy("closed"), Q(left_at=None, tip__run__status=Run.Status.ENDED)),
}
ORDERS = {"number": "id", "received": "received_at", "due": "due_at", "decided": "tip__decided_at"}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for; `due_days` is 0 for what is late, a number for what ends within that many days."""

    words: str = ""
    channel: str = ""
    name: str = ""
    outcome: str = ""
    due_days: int | None = None
    first: date | None = None
    last: date | None = None
    sort: str = "-received"


@dataclass(frozen=True)
class Row:
    """One line of the register in words, with the clock that ends next."""

    entry: RegisterEntry
    word: Any
    tone: str
    clock: ClockFace | None
    url_id: int | None

    @property
    def tip(self) -> Tip:
        """The tip of the row."""
        return self.entry.tip


def readable_entries(account: Account, now: datetime) -> QuerySet[RegisterEntry]:
    """Rows that an account may read: all of its bureau's register by role, else those of tips opened to it."""
    if not account.is_authenticated:
        return RegisterEntry.objects.none()
    mine = visible_tips(account, now).values("pk")
    allowed = Q(tip__id__any_of=ArraySubquery(mine), left_at=None)
    if units := units_of(account, READS_REGISTER, now):
        allowed |= Q(bureau_id__in=units)
    return RegisterEntry.objects.filter(allowed)


def wanted_entries(account: Account, wanted: Wanted, now: datetime) -> QuerySet[RegisterEntry]:
    """Readable rows that fit, sorted; everything a line shows comes with them."""
    found = _with_facts(readable_entries(account, now)).filter(_fits(wanted, now))
    column = ORDERS.get(wanted.sort.lstrip("-"), "received_at")
    return found.order_by(f"{'-' if wanted.sort.startswith('-') else ''}{column}", "-id")


def _with_facts(entries: QuerySet[RegisterEntry]) -> QuerySet[RegisterEntry]:
    running = Clock.objects.filter(run=OuterRef("tip__run"), rule_key__in=CLOCKS, ended_at=None)
    return (
        entries.select_related(
            "bureau",
            "referred_to",
            "institution",
            "tip__institution",
            "tip__case",
            "tip__run",
            "came_from__bureau",
        )
        .prefetch_related("tip__verifiers__officer__account")
        .annotate(
            due_at=Subquery(running.order_by("due_at").values("due_at")[:1]),
            has_reward=Exists(Reward.objects.filter(tip=OuterRef("tip"))),
        )
    )


def _fits(wanted: Wanted, now: datetime) -> Q:
    test = OUTCOMES[wanted.outcome][1] if wanted.outcome in OUTCOMES else Q()
    if wanted.words:
        has_it = Q(left_at=None, tip__institution__name__contains=wanted.words)
        had_it = Q(left_at__isnull=False, institution__name__contains=wanted.words)
        test &= Q(number__contains=wanted.words) | has_it | had_it
    if wanted.channel:
        test &= Q(tip__channel=wanted.channel)
    if wanted.name in ("real", "anonymous"):
        test &= Q(tip__is_real_name=wanted.name == "real")
    if wanted.due_days is not None:
        test &= Q(left_at=None, due_at__lte=now + timedelta(days=wanted.due_days))
    if wanted.first:
        test &= Q(received_at__gte=_midnight(wanted.first))
    if wanted.last:
        test &= Q(received_at__lt=_midnight(wanted.last + timedelta(days=1)))
    return test


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def rows_of(entries: Iterable[RegisterEntry], account: Account, now: datetime) -> list[Row]:
    """Lines of these rows: two more questions to the database, however many lines there are."""
    page = list(entries)
    clocks = _clocks_of({entry.tip.run_id for entry in page if entry.left_at is None})
    open_to = set(
        visible_tips(account, now).filter(pk__in={e.tip_id for e in page}).values_list("pk", flat=True)
    )
    return [
        Row(
            entry,
            *state_of(entry),
            clock_face(clocks.get(entry.tip.run_id), now) if entry.left_at is None else None,
            entry.tip_id if entry.left_at is None and entry.tip_id in open_to else None,
        )
        for entry in page
    ]


def _clocks_of(run_ids: set[Any]) -> dict[Any, Clock]:
    found = Clock.objects.filter(run_id__in=run_ids, rule_key__in=CLOCKS, ended_at=None)
    latest_first = found.prefetch_related("pauses", "warnings").order_by("-due_at")
    return {clock.run_id: clock for clock in latest_first}


def state_of(entry: RegisterEntry) -> tuple[Any, str]:
    """Word and tone of a row, from the row alone."""
    tip = entry.tip
    if entry.left_at is not None:
        return _("referred to %(bureau)s") % {"bureau": entry.referred_to}, "void"
    if entry.jurisdiction in (RULES.NOT_A_TIP, RULES.OTHER_DEPARTMENT, RULES.DISPUTED):
        return entry.get_jurisdiction_display(), "open" if entry.jurisdiction == RULES.DISPUTED else "void"
    if tip.run is not None and tip.run.status == Run.Status.ENDED:
        return _("closed"), "done"
    if tip.is_filed is not None:
        return decision_of(tip), "active" if tip.is_filed else "void"
    return (_("being checked"), "active") if tip.is_accepted else (_("received"), "open")


def decision_of(tip: Tip) -> str:
    """How the tip was decided, in a word."""
    if tip.is_filed is None:
        return ""
    if tip.joined_at:
        return _("joined an open case")
    return _("case filed") if tip.is_filed else _("no case filed")


def columns() -> list[tuple[str, str]]:
    """Key and name of the register's columns, in their order."""
    return [
        ("number", _("Register number")),
        ("received", _("Received")),
        ("channel", _("Channel")),
        ("name", _("Real-name")),
        ("about", _("About")),
        ("matters", _("Matters")),
        ("jurisdiction", _("Jurisdiction")),
        ("verifiers", _("Checked by")),
        ("due", _("Period ends on")),
        ("late", _("Late")),
        ("decision", _("Decision")),
        ("decided", _("Decided on")),
        ("case", _("Case")),
        ("answered", _("Answered on")),
        ("archived", _("Archived on")),
        ("reward", _("Reward")),
        ("state", _("State")),
    ]


def cells_of(row: Row) -> Mapping[str, str]:
    """A line in words, by column; what another bureau does with a tip that left does not stand here."""
    entry, tip = row.entry, row.tip
    here = entry.left_at is None
    coded = tip if here else entry
    return {
        "number": entry.number,
        "received": _day(entry.received_at),
        "channel": str(tip.get_channel_display()),
        "name": _("real-name") if tip.is_real_name else _("anonymous"),
        "about": coded.institution.name if coded.institution else str(coded.get_target_kind_display()),
        "matters": "；".join(matters_of(coded)),
        "jurisdiction": str(entry.get_jurisdiction_display()) if entry.jurisdiction else "",
        "verifiers": "、".join(names_of(tip)) if here else "",
        "due": _day(row.clock.due) if row.clock else "",
        "late": late_words(row.clock),
        "decision": decision_of(tip) if here else "",
        "decided": _day(tip.decided_at) if here else "",
        "case": tip.case.number if here and tip.case else "",
        "answered": _day(tip.answered_at) if here else "",
        "archived": _day(tip.archived_at) if here else "",
        "reward": (_("yes") if getattr(entry, "has_reward", False) else _("no")) if here else "",
        "state": str(row.word),
    }


def matters_of(coded: Tip | RegisterEntry) -> Iterator[str]:
    """What a tip is about, as the officer of a bureau coded it."""
    return (str(CONDUCTS[code]) for code in coded.matters if code in CONDUCTS)


def names_of(tip: Tip) -> list[str]:
    """The officers who check the lead."""
    return [str(verifier.officer.account) for verifier in tip.verifiers.all()]


def late_words(clock: ClockFace | None) -> str:
    """By how much a period is over, in the unit of the law; nothing while it runs."""
    if clock is None or clock.left is None or clock.left >= 0:
        return ""
    units = {
        "working_day": _("%(count)s working days late"),
        "hour": _("%(count)s hours late"),
        "calendar_day": _("%(count)s days late"),
    }
    return units[clock.unit] % {"count": -clock.left}


def _day(moment: date | datetime | None) -> str:
    local = moment.astimezone(SHANGHAI) if isinstance(moment, datetime) else moment
    return local.strftime("%Y-%m-%d") if local else ""
