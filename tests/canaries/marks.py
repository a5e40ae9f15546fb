"""Marks and the forms in which they could lie about."""

import json
import secrets
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import quote

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tips.receipts.receipt_code import grouped

WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def _word(kind: str) -> str:
    # Random in every test: what an earlier one left on the disk is not found again.
    return f"CANARY{kind}{secrets.token_hex(5)}"


def _number(digits: int) -> str:
    return "".join(str(secrets.randbelow(10)) for _ in range(digits))


def an_identity_number() -> str:
    """A well-formed number of nobody."""
    body = (
        f"110105{1950 + secrets.randbelow(50)}0{1 + secrets.randbelow(9)}1{secrets.randbelow(9)}{_number(3)}"
    )
    return body + CHECKS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def a_picture(words: str) -> bytes:
    """A whole picture in whose data the words stand as they are."""
    about, made = PngInfo(), BytesIO()
    about.add_text("Comment", words)
    Image.new("RGB", (8, 8)).save(made, "PNG", pnginfo=about)
    return made.getvalue()


@dataclass
class Marks:
    """What one tipster tells: each value is recognised wherever it turns up."""

    # The store writes whole seconds. What is older cannot hold words that were drawn at random now.
    since: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(seconds=2))
    story: str = field(default_factory=lambda: f"{_word('story')} 患者已经出院")
    place: str = field(default_factory=lambda: _word("place"))
    name: str = field(default_factory=lambda: _word("name"))
    telephone: str = field(default_factory=lambda: f"139{_number(8)}")
    email: str = field(default_factory=lambda: f"{_word('mail').lower()}@example.org")
    file_name: str = field(default_factory=lambda: f"{_word('file')}.png")
    file_words: str = field(default_factory=lambda: _word("bytes"))
    message: str = field(default_factory=lambda: _word("message"))
    payee: str = field(default_factory=lambda: _word("payee"))
    identity_number: str = field(default_factory=an_identity_number)
    account: str = field(default_factory=lambda: f"8022{_number(15)}")
    pin: str = field(default_factory=lambda: f"4{_number(10)}7")
    wrong_pin: str = field(default_factory=lambda: f"5{_number(10)}8")
    next_pin: str = field(default_factory=lambda: _word("phrase"))
    upload_name: str = field(default_factory=lambda: f"{_word('upload')}.mp4")
    upload_words: str = field(default_factory=lambda: _word("frames"))
    part_name: str = field(default_factory=lambda: f"{_word('part')}.mp4")
    part_words: str = field(default_factory=lambda: _word("partly"))
    letter: str = field(default_factory=lambda: _word("letter"))
    letter_name: str = field(default_factory=lambda: f"{_word('enclosed')}.png")
    letter_words: str = field(default_factory=lambda: _word("enclosure"))
    asked: str = field(default_factory=lambda: _word("asked"))
    answer: str = field(default_factory=lambda: _word("answer"))
    answer_name: str = field(default_factory=lambda: f"{_word('annex')}.png")
    late_answer: str = field(default_factory=lambda: _word("late"))
    second_payee: str = field(default_factory=lambda: _word("second"))
    second_identity_number: str = field(default_factory=an_identity_number)
    second_account: str = field(default_factory=lambda: f"8017{_number(15)}")
    unsent: str = field(default_factory=lambda: _word("unsent"))
    wrong_code: str = ""
    token: str = ""
    codes: list[str] = field(default_factory=list)
    address: str = field(default_factory=lambda: f"203.0.113.{100 + secrets.randbelow(150)}")

    def told(self) -> dict[str, str]:
        """Every mark by what it is; codes as they are kept and as they are written."""
        values = {name: value for name, value in vars(self).items() if isinstance(value, str) and value}
        for place, code in enumerate(self.codes):
            values[f"code {place}"], values[f"code {place} grouped"] = code, grouped(code)
        return values

    def needles(self) -> Iterator[tuple[str, bytes]]:
        """What to search for: each mark in each form in which programs write text."""
        for name, value in self.told().items():
            for form in forms_of(value):
                yield name, form


def forms_of(value: str) -> set[bytes]:
    """A text as UTF-8, UTF-16, hex, base64 at any offset, in an address and in JSON."""
    plain = value.encode()
    found = {plain, value.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode()}
    found |= {quote(value).encode(), json.dumps(value)[1:-1].encode()}
    for offset in range(3):
        whole = b64encode(b"\0" * offset + plain)
        # The first and last characters depend on what stands beside.
        found.add(whole[-(-offset * 8 // 6) : len(whole) - 4 if len(plain) > 6 else len(whole)])
    return {form for form in found if len(form) >= 8}
