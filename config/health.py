"""Whether this process can serve: for load balancers and for the demo that waits for its web server."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from config.error_pages import without_fault


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503; says nothing else to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return without_fault(request, HttpResponse("unavailable\n", status=503, content_type="text/plain"))
    return HttpResponse("ok\n", content_type="text/plain")
