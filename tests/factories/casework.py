"""People, bureaus, institutions and cases for tests."""

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from casework.models import Account, Bureau, Case, Finding, Institution, Officer
from casework.services.open_case import PartyFacts, open_case
from workflows import definitions
from workflows.door.commands import new_matter
from workflows.models import Definition, LaneMember, WorkItem

MOMENT = datetime(2025, 3, 12, 2, 0, tzinfo=UTC)
"""An ordinary working day, 10:00 in Shanghai."""
_numbers = itertools.count(1)


def published_models() -> None:
    """The process models of the installation, published once per database."""
    if not Definition.objects.exists():
        files = definitions.sources()
        names = [name.removesuffix(".bpmn") for name in files if name.endswith(".bpmn")]
        definitions.publish(files, names, now=MOMENT)


def bureau(**changes: Any) -> Bureau:
    """A county bureau; `superior=` puts it below another one."""
    number = next(_numbers)
    facts = {
        "name": f"云河市第{number}医疗保障局",
        "english_name": f"Yunhe Bureau {number}",
        "short_name": f"云河{number}医保",
        "level": Bureau.Level.COUNTY,
        "region_code": "320100",
    }
    return Bureau.objects.create(**{**facts, **changes})


def superior_bureau(**changes: Any) -> Bureau:
    """A province bureau, which receives reports."""
    return bureau(**{"level": Bureau.Level.PROVINCE, **changes})


def account(of: Bureau, *roles: str, **changes: Any) -> Account:
    """An account that holds the roles in a bureau."""
    number = next(_numbers)
    facts = {"username": f"person{number}", "display_name": f"人员{number}", "bureau": of}
    made = Account.objects.create(**{**facts, **changes})
    for role in roles:
        LaneMember.objects.create(account=made, lane=role, unit_id=of.pk, starts_at=MOMENT)
    return made


def officer(of: Bureau, *, certificate_until: date = date(2030, 12, 31), **changes: Any) -> Officer:
    """A case handler with a certificate."""
    return Officer.objects.create(
        account=account(of, "case_handler", **changes),
        certificate_number=f"JS{next(_numbers):08}",
        certificate_valid_until=certificate_until,
    )


def institution(of: Bureau, **changes: Any) -> Institution:
    """A hospital of the register."""
    number = next(_numbers)
    facts = {
        "code": f"H{number:09}",
        "name": f"云河仁济医院第{number}门诊部",
        "sort_key": f"yunhe renji {number:05}",
        "kind": Institution.Kind.HOSPITAL,
        "credit_code": f"91320100{number:010}",
        "legal_representative": "王建国",
        "address": "云河市人民路1号",
        "bureau": of,
    }
    return Institution.objects.create(**{**facts, **changes})


def case(
    of: Bureau | None = None, *, now: datetime = MOMENT, leader: Account | None = None, **changes: Any
) -> Case:
    """A filed case that waits for its handlers; `leader=` names who filed it."""
    published_models()
    of = of or bureau(superior=superior_bureau())
    leader = leader or account(of, "leader")
    facts: dict[str, Any] = {
        "cause": "涉嫌分解住院案",
        "origin": "tip",
        "summary": "举报反映该院分解住院。",
        "discovered_on": date(2025, 3, 3),
        "party": PartyFacts(kind="organisation", name="", institution=institution(of)),
    }
    with new_matter(actor=leader, key=f"case-{next(_numbers)}", now=now) as act:
        return open_case(act, bureau=of, filed_by=leader, **{**facts, **changes})


def work(of: Case, element_id: str) -> WorkItem:
    """The open work item of a case at an element."""
    return WorkItem.objects.get(run=of.run, element_id=element_id, status=WorkItem.Status.OPEN)


def handled_case(of: Bureau | None = None, *, handlers: Iterable[Officer] = (), **changes: Any) -> Case:
    """A case whose handlers are appointed; they stand in `case.handlers`."""
    from casework.services.appoint_handlers import appoint_handlers

    made = case(of, **changes)
    item = work(made, "appoint_handlers")
    appoint_handlers(
        actor=made.filed_by,
        work_item=item,
        officers=list(handlers) or [officer(made.bureau), officer(made.bureau)],
        is_recusal_checked=True,
        key=f"appoint-{next(_numbers)}",
        now=changes.get("now", MOMENT),
    )
    return made


def handler_of(of: Case) -> Account:
    """The account of the first handler."""
    return of.handlers.order_by("id")[0].officer.account


def finding(of: Case, **changes: Any) -> Finding:
    """A loss of 54,000 yuan under article 38 with once the loss as fine."""
    facts = {
        "party": of.parties.order_by("id")[0],
        "conduct": "分解住院",
        "facts": "将一次住院分解为两次结算。",
        "article": "38",
        "loss_amount": Decimal("54000.00"),
        "multiple": Decimal("1.00"),
        "occurred_from": date(2024, 6, 1),
        "occurred_until": date(2024, 9, 30),
        "recorded_by": handler_of(of),
        "recorded_at": MOMENT,
    }
    return Finding.objects.create(case=of, **{**facts, **changes})


def key() -> str:
    """A fresh idempotency key."""
    return f"key-{next(_numbers)}"
