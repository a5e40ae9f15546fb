"""Runs carried over to another version of their model: what was done, what is left, and what a trial would show."""

import shlex
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.access import StaffRequest, staff
from casework.case_faces import PROCESSES
from casework.errors import NotFound
from casework.permissions import MENDS_SYSTEM, SEES_SYSTEM, require_role, units_of
from casework.system_faces import tabs
from casework.system_forms import MigrationForm
from workflows import journal, oversight
from workflows.errors import Refusal
from workflows.migrating import batch
from workflows.models import Definition, RunMigration, RunSnapshot
from workflows.now import now

PAGE_SIZE = 50
MOST_TRIED = 50


@staff("operator, chief or auditor of the bureau; an operator may try")
@require_http_methods(["GET", "HEAD", "POST"])
def migrations(request: StaffRequest) -> HttpResponse:
    """Migrations of the bureau's runs, old versions still in use, and a trial that leaves nothing behind."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    mended = units_of(request.user, MENDS_SYSTEM, now())
    journal.record("system_viewed", now=now(), actor=request.user, part="migrations")
    pairs = oversight.version_pairs(units)
    form = MigrationForm(
        request.POST or None, versions=[(source.pk, _pair(source, target)) for source, target, _n in pairs]
    )
    context: dict[str, Any] = {
        "tabs": tabs("migrations"),
        "page": Paginator(oversight.migrations(units), PAGE_SIZE).get_page(request.GET.get("page")),
        "left": [{"pair": _pair(source, target), "count": count} for source, target, count in pairs],
        "form": form if mended and pairs else None,
    }
    if form.is_bound and form.is_valid() and mended:
        source, target = next(
            (one, other) for one, other, _n in pairs if one.pk == form.cleaned_data["versions"]
        )
        try:
            context["trial"] = _tried(request, source, target, form.cleaned_data["renamed"], mended)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return render(request, "casework/system/migrations.html", context, status=status)


def _pair(source: Definition, target: Definition) -> str:
    process = _(PROCESSES.get(source.process_id, source.process_id))
    return f"{process} v{source.version} → v{target.version}"


def _tried(
    request: StaffRequest, source: Definition, target: Definition, renamed: dict[str, str], units: set[int]
) -> dict[str, Any]:
    plan = batch.plan(source, target, renamed, reason="", by=request.user, now=now())
    runs = oversight.under_version(source.pk, units)
    report = batch.try_all(
        plan, actor=request.user, now=now(), say=lambda number, of: None, runs=runs[:MOST_TRIED]
    )
    names = " ".join(f"--rename {shlex.quote(f'{here}={there}')}" for here, there in renamed.items())
    versions = f"{source.process_id} --from {source.version} --to {target.version}"
    return {
        "report": report,
        "differences": [_difference(one) for one in report.differences],
        "count": runs.count(),
        "tried": report.done + len(report.refused),
        "command": f'manage.py migrate_runs {versions} {names} --apply --reason "…"'.replace("  ", " "),
    }


def _difference(one: Any) -> dict[str, Any]:
    def lines(waits: Any) -> list[str]:
        return [" · ".join(filter(None, wait)) for wait in waits]

    return {"run": one.run, "before": lines(one.before), "after": lines(one.after)}


@staff("operator, chief or auditor of the bureau")
@require_safe
def migration(request: StaffRequest, number: int) -> HttpResponse:
    """One migration: plan, how far it came, what can still be undone."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    found = oversight.migrations(units).filter(pk=number).first()
    if found is None:
        raise NotFound
    journal.record("system_viewed", now=now(), actor=request.user, part="migration", migration=number)
    snapshots = found.snapshots.filter(run__unit_id__in=units).select_related("run").order_by("id")
    page = Paginator(snapshots, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs("migrations"),
        "migration": found,
        "pair": _pair(found.source, found.target),
        "renamed": [f"{here} → {there}" for here, there in found.renamed.items()],
        "left_count": oversight.under_version(found.source_id, units).count(),
        "page": page,
        "rows": [{"snapshot": one, "state": _state(one, found)} for one in page],
        "command": f"manage.py migrate_runs --undo {found.pk}",
    }
    return render(request, "casework/system/migration.html", context)


def _state(snapshot: RunSnapshot, of: RunMigration) -> tuple[str, str]:
    """Tone and words: undone, still to be undone, or too late for that."""
    if snapshot.undone_at is not None:
        return "void", _("put back")
    run = snapshot.run
    if run.revision == snapshot.revision and run.definition_id == of.target_id:
        return "done", _("carried over, can be put back")
    return "active", _("has moved on since")
