"""The ledgers of a bureau: fund, treasury and rewards, each for itself."""

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.models import LedgerAccount, LedgerEntry
from casework.permissions import SEES_LEDGERS, require_role
from workflows.now import now

PAGE_SIZE = 50


@staff("finance, chief or auditor of the bureau")
@require_safe
def ledgers(request: StaffRequest) -> HttpResponse:
    """Balances per account, then entries, the newest first; case numbers, no case."""
    units = require_role(request.user, SEES_LEDGERS, now=now())
    accounts = LedgerAccount.objects.filter(bureau_id__in=units).annotate(balance=Sum("lines__amount"))
    entries = (
        LedgerEntry.objects.filter(lines__account__bureau_id__in=units)
        .distinct()
        .select_related("booked_by")
        .prefetch_related("lines__account")
        .order_by("-id")
    )
    if (ledger := request.GET.get("ledger", "")) in LedgerAccount.Ledger.values:
        entries = entries.filter(ledger=ledger)
    context = {
        "accounts": accounts.order_by("ledger", "code"),
        "page": Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page")),
        "filters": LedgerAccount.Ledger.choices,
        "ledger": ledger,
    }
    return render(request, "casework/ledgers.html", context)
