"""The receipt as a sheet of paper: code in groups, spelled, as a picture, and how to come back.

It is drawn for one answer and kept nowhere: no row, no object, no file.
"""

import threading
from datetime import datetime
from io import BytesIO
from pathlib import Path

import qrcode
from django.conf import settings
from django.utils.timezone import localtime
from django.views.decorators.debug import sensitive_variables
from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from casework.documents import faces
from casework.documents.text import Span, Style, Text, glyphs
from tips.models import Tip
from tips.receipts import receipt_code
from tips.rules.spelling import CHINESE

MARGIN = 14 * mm
QR_SIDE = 38 * mm
TITLE = Style(size=16, leading=26, align="center", bold=True)
CODE = Style(size=15, leading=24, align="center", bold=True)
SPELLED = Style(size=9.5, leading=15, align="left")
BODY = Style(size=10.5, leading=17, align="left")
HOW_BACK = (
    "一、这是查询凭证，只交给您一次。本局不留底，遗失无法补办。",
    "二、凭此码可以查看办理进度、回答询问、补充材料、申领奖励，无需说明您是谁。",
    "三、请打开本局举报网页，选择“查询我的举报”，输入上面的查询码；短横线和大小写不影响查询。",
    "四、谁持有此码，谁就能查看您的举报。请妥善保管，不要拍照外传。",
)
# ReportLab's fonts are shared by all threads and must not serve two sheets at once.
_drawing = threading.Lock()


@sensitive_variables()
def paper(tip: Tip, code: str, *, printed_at: datetime) -> bytes:
    """The sheet as a PDF of one A5 page, in Chinese."""
    faces.register(Path(settings.FONTS))
    target = BytesIO()
    with _drawing:
        canvas = Canvas(target, pagesize=A5, initialFontName=faces.REGULAR, lang="zh-CN")
        canvas.setTitle("举报查询凭证")
        sheet = _Sheet(canvas)
        sheet.write(f"{tip.bureau.name}", Style(size=11, leading=18, align="center"))
        sheet.write("举报查询凭证", TITLE)
        sheet.write(
            f"收到日期：{localtime(tip.received_at):%Y-%m-%d}　打印：{localtime(printed_at):%Y-%m-%d %H:%M}",
            BODY,
        )
        sheet.gap(6)
        groups = receipt_code.grouped(code).split("-")
        sheet.write("-".join(groups[:3]) + "-", CODE)
        sheet.write("-".join(groups[3:]), CODE)
        sheet.gap(4)
        for group in groups:
            words = "，".join(f"{character}（{CHINESE[character]}）" for character in group)
            sheet.write(f"{group}：{words}", SPELLED)
        sheet.gap(6)
        sheet.picture(receipt_code.grouped(code))
        sheet.gap(6)
        for line in HOW_BACK:
            sheet.write(line, BODY)
        canvas.showPage()
        canvas.save()
    return target.getvalue()


class _Sheet:
    """Writes downwards."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = A5[1] - MARGIN
        self._width = A5[0] - 2 * MARGIN

    def write(self, words: str, style: Style) -> None:
        """One paragraph."""
        text = Text(glyphs([Span(words)], bold=style.bold, missing=[]), style)
        _width, height = text.wrapOn(self._canvas, self._width, A5[1])
        self._y -= height
        text.drawOn(self._canvas, MARGIN, self._y)

    def gap(self, points: float) -> None:
        """Empty room."""
        self._y -= points

    def picture(self, words: str) -> None:
        """The words as a QR picture, in the middle."""
        code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(words)
        rows = code.get_matrix()
        side = QR_SIDE / len(rows)
        left, top = (A5[0] - QR_SIDE) / 2, self._y
        for y, row in enumerate(rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    self._canvas.rect(left + x * side, top - (y + 1) * side, side, side, stroke=0, fill=1)
        self._y -= QR_SIDE
