"""Resumable uploads: the tus protocol 1.0 (core, creation, expiration, checksum, termination), spoken by tus-js-client.

Who may go on is told by the basket of the form in a header, or by the look-up's cookie: neither is in an address. Each
request but the last carries exactly one part; a part that arrives broken leaves nothing behind.
"""

from base64 import b64decode
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework.access import public
from tips.coming_back import tipster_session
from tips.files.baskets import Owner, owner_of_basket
from tips.models import TipUpload
from tips.sealing import file_seals
from tips.services.receive_upload import (
    LARGEST_UPLOAD,
    PART,
    begin_upload,
    give_up_upload,
    matches,
    receive_part,
    upload_of,
)
from tips.services.take_uploads import adopt
from workflows.errors import Refusal
from workflows.now import now

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
OWNER_HEADER = "X-Upload-Basket"
OFFSETS = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
"""The protocol's own status for a part that is not what its checksum says."""
RETRY_SECONDS = 10

View = Callable[..., HttpResponse]


def _spoken(view: View) -> View:
    """The manners of the protocol: versions, owner, refusals as plain sentences."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: UUID, **kwargs: UUID) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def _answer(view: View, request: HttpRequest, *args: UUID, **kwargs: UUID) -> HttpResponse:
    if request.method == "OPTIONS":
        return _abilities()
    if request.method != "GET" and request.headers.get("Tus-Resumable", VERSION) != VERSION:
        response = HttpResponse(status=412)
        response["Tus-Version"] = VERSION
        return response
    try:
        owner = _owner(request)
        if owner is None:
            return HttpResponse(status=404)
        return view(request, owner, *args, **kwargs)
    except Refusal as refusal:
        response = HttpResponse(str(refusal), status=refusal.status, content_type="text/plain; charset=utf-8")
        if refusal.status in (503, 423):
            response["Retry-After"] = str(RETRY_SECONDS)
        return response


@public("the basket of a form or a receipt code opens it")
@require_http_methods(["GET", "POST", "OPTIONS"])
@_spoken
def uploads(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Begin an upload, or list those that are under way."""
    if request.method == "GET":
        return JsonResponse({"uploads": [_face(one, owner) for one in owner.uploads()]})
    length = request.headers.get("Upload-Length", "")
    if not length.isascii() or not length.isdigit() or len(length) > 15:
        return HttpResponse(status=400)
    made = begin_upload(owner, name=_name(request), size=int(length), now=now())
    response = HttpResponse(status=201)
    response["Location"] = reverse("tips:upload", args=[made.pk])
    return _with_place(response, made)


@public("the basket of a form or a receipt code opens it")
@require_http_methods(["HEAD", "PATCH", "DELETE", "OPTIONS"])
@_spoken
def upload(request: HttpRequest, owner: Owner, upload_id: UUID) -> HttpResponse:
    """Ask how far an upload is, go on with it, or give it up."""
    if request.method == "HEAD":
        return _place(owner, upload_id)
    if request.method == "DELETE":
        give_up_upload(owner, upload_id)
        return HttpResponse(status=204)
    offset = request.headers.get("Upload-Offset", "")
    if request.content_type != OFFSETS or not offset.isascii() or not offset.isdigit():
        return HttpResponse(status=415 if request.content_type != OFFSETS else 400)
    part = request.read(PART + 1)
    if len(part) > PART:
        return HttpResponse(status=413)
    if not matches(part, request.headers.get("Upload-Checksum", "")):
        return HttpResponse(status=CHECKSUM_MISMATCH)
    received = receive_part(owner, upload_id, offset=int(offset), part=part, now=now())
    if received.is_whole:
        adopt(received, now=now())
    return _with_place(HttpResponse(status=204), received)


def _owner(request: HttpRequest) -> Owner | None:
    basket = request.headers.get(OWNER_HEADER, "")
    if basket:
        return owner_of_basket(basket)
    session = tipster_session.current(request)
    return Owner(session.content_key, tip=session.tip) if session else None


def _abilities() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Max-Size"] = str(LARGEST_UPLOAD)
    response["Tus-Checksum-Algorithm"] = "sha256"
    return response


def _place(owner: Owner, upload_id: UUID) -> HttpResponse:
    """How far it is; the end when the last answer was lost and the file is there already."""
    file = owner.tip.files.filter(pk=upload_id).first() if owner.tip else None
    if file is None:
        return _with_place(HttpResponse(), upload_of(owner, upload_id))
    response = HttpResponse()
    response["Upload-Offset"] = response["Upload-Length"] = str(file.size)
    return response


def _with_place(response: HttpResponse, upload: TipUpload) -> HttpResponse:
    response["Upload-Offset"] = str(upload.arrived)
    response["Upload-Length"] = str(upload.size)
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _name(request: HttpRequest) -> str:
    """The name in `Upload-Metadata: filename <base64>,…`."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return b64decode(value, validate=True).decode()
            except ValueError:
                return ""
    return ""


def _face(upload: TipUpload, owner: Owner) -> dict[str, object]:
    key = file_seals.unwrap_key(owner.wrapping_key, upload.pk, upload.wrapped_key)
    return {
        "url": reverse("tips:upload", args=[upload.pk]),
        "name": file_seals.open_name(key, upload.pk, upload.sealed_name),
        "size": upload.size,
        "arrived": upload.arrived,
        "is_whole": upload.is_whole,
    }
