"""The file for the bank and its answers: exact, neutral, and refused as a whole when one line is wrong."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tips.rules.bank_file import Answer, BadAnswers, BadTransfer, Transfer, answers, layouts, written

ONE = Transfer(1, "DF2025-000001-001", "周收款", "6222000111112222", "云河银行滨江支行", Decimal("5750.00"))
TWO = Transfer(2, "DF2025-000001-002", '李"四,五', "6222000511113333", "云河银行", Decimal("0.05"))


def rows(layout: str) -> list[list[str]]:
    found = layouts()[layout]
    text = written(found, [ONE, TWO]).decode(found.encoding)
    return list(csv.reader(io.StringIO(text), delimiter=found.separator))


def test_the_plain_file_has_heading_payments_and_totals() -> None:
    assert rows("plain") == [
        ["序号", "业务参考号", "收款人", "收款账号", "开户行", "金额", "附言"],
        ["1", ONE.reference, "周收款", ONE.account, ONE.bank, "5750.00", "代发款项"],
        ["2", TWO.reference, '李"四,五', TWO.account, TWO.bank, "0.05", "代发款项"],
        ["合计", "2笔", "", "", "", "5750.05", ""],
    ]


def test_no_layout_has_a_word_of_tips_or_rewards() -> None:
    for key, layout in layouts().items():
        content = written(layout, [ONE]).decode(layout.encoding)
        assert not [word for word in ("举报", "奖", "案", "医保") if word in content], key


@pytest.mark.parametrize("field", ["name", "account", "bank"])
@pytest.mark.parametrize(
    "value", ['=HYPERLINK("x")', "+86", " -1", "@a", "周\n收款", "周\u2028收款", "周\x00"]
)
def test_no_payment_carries_a_formula_or_breaks_a_line(field: str, value: str) -> None:
    harmful = replace(TWO, **{field: value})

    for layout in layouts().values():
        with pytest.raises(BadTransfer) as refused:
            written(layout, [ONE, harmful])
        assert TWO.reference in str(refused.value)


def test_answers_are_read_in_both_encodings_and_with_a_heading() -> None:
    text = "参考号,结果,日期,凭证,原因\r\nDF-1,已付,2025-05-22,V1\r\nDF-2,退回,2025/05/23,V2,name\r\n"
    wanted = [
        Answer("DF-1", "paid", date(2025, 5, 22), "V1"),
        Answer("DF-2", "returned", date(2025, 5, 23), "V2", "name"),
    ]

    assert [answers(text.encode(code)) for code in ("utf-8-sig", "gb18030")] == [wanted, wanted]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no answer"),
        (b"\xff\xff\xff", "no text"),
        (b"DF-1,paid,2025-05-22,V1\nDF-2,perhaps,2025-05-22,V2", "Line 2"),
        (b"DF-1,paid,22.5.2025,V1", "Line 1"),
        (b"DF-1,paid,2025-05-22,", "Line 1"),
        (b"DF-1,paid,2025-05-22,V1\nDF-1,paid,2025-05-22,V2", "twice"),
        (b"DF-1,paid,2025-05-22,V1\nDF-2,paid,2025-05-22,V1", "voucher V1"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(content: bytes, words: str) -> None:
    with pytest.raises(BadAnswers) as refused:
        answers(content)

    assert words in refused.value.text.render(str)
