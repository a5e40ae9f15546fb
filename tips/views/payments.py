"""Payments for finance: what is to be paid, batches, the file for the bank and its answers."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.form_keys import form_key
from casework.models import Account
from casework.permissions import Role, require_role
from casework.rules.money import ZERO
from casework.services.read_document import read_document
from tips.forms.rewards import BankAnswersForm, ReleasePaymentForm
from tips.models import PaymentBatch, PaymentLine, PayoutReturn, Reward
from tips.rewards.parts import open_amount
from tips.rewards.vouchers import vouchers_of
from tips.services.order_payment import Refused, make_batch
from tips.services.read_bank_answers import read_bank_answers
from tips.services.release_payment import release_batch
from tips.services.take_bank_file import may_take_file, take_bank_file
from workflows.duties import offered_to
from workflows.errors import Invalid
from workflows.models import WorkItem
from workflows.now import now

FINANCE = (Role.FINANCE,)
PAGE_SIZE = 50


@staff("finance of the bureau; payments offered to the asker")
@require_http_methods(["GET", "HEAD", "POST"])
def payment_list(request: StaffRequest) -> HttpResponse:
    """What waits to be paid, as claim numbers and amounts, and the batches; chosen payments go into one batch."""
    units = require_role(request.user, FINANCE, now=now())
    waiting = _waiting(request.user, units)
    if request.method == "POST":
        return _make(request, waiting)
    batches = PaymentBatch.objects.filter(bureau_id__in=units).select_related("made_by", "released_by")
    counted = batches.annotate(count=Count("lines"), total=Sum("lines__amount"))
    context = {
        "rows": _rows(waiting),
        "page": Paginator(counted.order_by("-id"), PAGE_SIZE).get_page(request.GET.get("page")),
        "key": uuid4(),
    }
    return render(request, "tips/staff/payments.html", context)


@staff("finance of the batch's bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def payment_page(request: StaffRequest, batch_id: int) -> HttpResponse:
    """One batch: lines, totals, checksum; released or sent back by another person."""
    batch = batch_of(request, batch_id)
    form = ReleasePaymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form_key(request, f"release:{batch.pk}", most=160)
        refused = release_batch(actor=request.user, batch=batch, key=key, now=now(), **form.cleaned_data)
        _say(request, _("The decision on the batch is recorded."), refused)
        return redirect("tips:payment", batch.pk)
    return render(
        request, "tips/staff/payment.html", _context(request, batch, form), status=422 if form.errors else 200
    )


@staff("finance who took payment work on every line of the batch; downloads are journalled")
@require_safe
def bank_file(request: StaffRequest, batch_id: int) -> HttpResponse:
    """The file for the bank."""
    batch = batch_of(request, batch_id)
    content = take_bank_file(actor=request.user, batch=batch, now=now())
    response = HttpResponse(content, content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{batch.number}.csv"'
    return response


@staff("finance of the batch's bureau")
@require_POST
def bank_answers(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Read in the bank's answers."""
    batch = batch_of(request, batch_id)
    form = BankAnswersForm(request.POST, request.FILES)
    if form.is_valid():
        key = form_key(request, f"answers:{batch.pk}", most=160)
        content = form.cleaned_data["file"].read()
        try:
            done, refused = read_bank_answers(
                actor=request.user, batch=batch, content=content, key=key, now=now()
            )
        except Invalid as refusal:
            form.add_error("file", str(refusal))
        else:
            _say(request, _("Answers recorded: %(count)s.") % {"count": done}, refused)
            return redirect("tips:payment", batch.pk)
    context = _context(request, batch, ReleasePaymentForm()) | {"answers_form": form}
    return render(request, "tips/staff/payment.html", context, status=422)


@staff("finance of the batch's bureau; downloads are journalled")
@require_safe
def voucher(request: StaffRequest, batch_id: int, position: int) -> HttpResponse:
    """The voucher of a line that the bank paid."""
    line = batch_of(request, batch_id).lines.filter(position=position).select_related("batch").first()
    document = vouchers_of([line]).get(line.reference) if line else None
    if document is None:
        raise NotFound
    return redirect(read_document(actor=request.user, document=document, now=now()))


def _rows(waiting: list[WorkItem]) -> list[tuple[WorkItem, Reward, Decimal]]:
    """Each with what is still to be paid: under joint names some may have their part already."""
    rewards = Reward.objects.in_bulk([item.run.subject_id for item in waiting])
    paid = PaymentLine.objects.filter(reward__in=rewards, state=PaymentLine.State.PAID)
    partly = set(paid.values_list("reward_id", flat=True))
    return [
        (item, reward, open_amount(reward) if reward.pk in partly else reward.to_pay or ZERO.amount)
        for item in waiting
        if (reward := rewards[item.run.subject_id])
    ]


def _waiting(account: Account, units: set[int]) -> list[WorkItem]:
    found: QuerySet[WorkItem] = offered_to(account, now()).filter(
        element_id="order_payment", unit_id__in=units
    )
    return list(found.select_related("run").order_by("offered_at", "pk"))


def _make(request: StaffRequest, waiting: list[WorkItem]) -> HttpResponse:
    chosen = set(request.POST.getlist("item"))
    items = [item for item in waiting if str(item.pk) in chosen]
    key = form_key(request, "batch", most=120)
    batches, refused = make_batch(actor=request.user, items=items, key=key, now=now())
    if not batches:
        messages.error(request, _("Choose at least one payment."))
        _say(request, "", refused)
        return redirect("tips:payments")
    if len(batches) > 1:
        sentence = _(
            "One batch for each bureau is made: %(count)s. Another person of finance has to release them."
        )
        _say(request, sentence % {"count": len(batches)}, refused)
        return redirect("tips:payments")
    _say(request, _("The batch is made. Another person of finance has to release it."), refused)
    return redirect("tips:payment", batches[0].pk)


def _say(request: StaffRequest, sentence: str, refused: Refused) -> None:
    if sentence:
        messages.success(request, sentence)
    for number, why in refused:
        messages.error(request, f"{number}: {why}")


def batch_of(request: StaffRequest, batch_id: int) -> PaymentBatch:
    """The batch of a bureau where the asker is finance. Raises: NotFound."""
    units = require_role(request.user, FINANCE, now=now())
    found = PaymentBatch.objects.filter(pk=batch_id, bureau_id__in=units).select_related(
        "made_by", "released_by"
    )
    if (batch := found.first()) is None:
        raise NotFound
    return batch


def _context(request: StaffRequest, batch: PaymentBatch, form: forms.Form) -> dict[str, Any]:
    lines = list(batch.lines.select_related("reward", "batch").prefetch_related("reward__payouts__came_back"))
    vouchers = vouchers_of(lines)
    return {
        "batch": batch,
        "lines": [(line, vouchers.get(line.reference), _came_back(line)) for line in lines],
        # Several lines with one claim number are several people, not one payment twice.
        "joint": {line.reward_id for line in lines if line.person > 1},
        "total": sum(line.amount for line in lines),
        "to_release": any(line.state == PaymentLine.State.ORDERED for line in lines),
        "is_own": batch.made_by_id == request.user.pk,
        "at_bank": any(line.state == PaymentLine.State.RELEASED for line in lines),
        "may_take_file": may_take_file(request.user, batch),
        "form": form,
        "answers_form": BankAnswersForm(),
        "key": uuid4(),
    }


def _came_back(line: PaymentLine) -> PayoutReturn | None:
    """The return of a payment that had been recorded as paid."""
    own = [one for one in line.reward.payouts.all() if (one.round, one.person) == (line.round, line.person)]
    return next((one.came_back for one in own if hasattr(one, "came_back")), None)
