"""The receipt code as a QR picture: the code alone, no address, so that a scan leads nowhere by itself."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""Empty modules around the code, as the standard asks for."""

MASK = 0
"""Every mask can be read; trying all eight for the most even one cost more than sealing the report."""


def svg(text: str) -> SafeString:
    """An SVG element to stand in the page; the picture is never a file with an address."""
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=MASK)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    path = "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
    side = len(rows)
    drawing = (
        '<svg viewBox="0 0 {0} {0}" shape-rendering="crispEdges" aria-hidden="true"><path d="{1}"/></svg>'
    )
    return format_html(drawing, side, path)
