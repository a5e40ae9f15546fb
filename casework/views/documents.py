"""Documents: opening the PDF of one."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.models import Account, Case, Document, ProvinceReport
from casework.permissions import Permission, require
from casework.selectors import visible_reports
from casework.services.read_document import read_document
from workflows.now import now


@staff("view_case of the document's case, or the report's receiver")
@require_safe
def download(request: StaffRequest, document_id: int) -> HttpResponse:
    """The PDF of a document of a case; every download is in the journal."""
    document = Document.objects.filter(pk=document_id, subject_kind="case").select_related("bureau").first()
    if document is None:
        raise NotFound
    _require_reader(request.user, document)
    return HttpResponseRedirect(read_document(actor=request.user, document=document, now=now()))


def _require_reader(account: Account, document: Document) -> None:
    """The case's own people, or the superior bureau for the report it received. Raises: NotFound."""
    report = ProvinceReport.objects.filter(document=document)
    if visible_reports(account, now()).filter(pk__in=report).exists():
        return
    require(account, Case.objects.get(pk=document.subject_id), Permission.VIEW, now=now())
