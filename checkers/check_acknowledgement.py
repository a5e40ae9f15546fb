#!/usr/bin/env python3
"""Check a signed acknowledgement of a report without the product: Python 3.10 or later and nothing else.

    python check_acknowledgement.py ACKNOWLEDGEMENT --key PUBLIC_KEY [--proof PROOF] [--file FILE]...

ACKNOWLEDGEMENT is acknowledgement.json, or a text file with the check code of the paper. PUBLIC_KEY is the bureau's key
for acknowledgements, 64 hex digits, got from somebody you trust and not from the acknowledgement. PROOF is the
tipster's proof-of-content.json: with it the program shows what was filed. FILE is a file that is said to have been
filed. Exit status 0: everything that was asked is proved; 1: something is not.

The signature is Ed25519 (RFC 8032), verified here in plain integers: slow, short, and to be read in ten minutes.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)
PREFIX = b"fundguard acknowledgement 1\0"
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


class Wrong(Exception):
    """Something is not proved; the message says what."""


def added(one: Point, other: Point) -> Point:
    """The sum of two points in extended coordinates (RFC 8032, 5.1.4)."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % FIELD
    b = (one[1] + one[0]) * (other[1] + other[0]) % FIELD
    c = 2 * one[3] * other[3] * CURVE % FIELD
    d = 2 * one[2] * other[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def times(factor: int, point: Point) -> Point:
    """A multiple of a point."""
    found = NEUTRAL
    while factor:
        if factor & 1:
            found = added(found, point)
        point, factor = added(point, point), factor >> 1
    return found


def x_of(y: int, sign: int) -> int:
    """The x of a point on the curve (RFC 8032, 5.1.3)."""
    if y >= FIELD:
        raise Wrong("the public key is none")
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (x * x - square) % FIELD or (not x and sign):
        raise Wrong("the public key is none")
    return FIELD - x if x % 2 != sign else x


def point_of(written: bytes) -> Point:
    """A point from its 32 bytes."""
    number = int.from_bytes(written, "little")
    y = number & (2**255 - 1)
    x = x_of(y, number >> 255)
    return x, y, 1, x * y % FIELD


def bytes_of(point: Point) -> bytes:
    """The 32 bytes of a point."""
    inverse = pow(point[2], -1, FIELD)
    x, y = point[0] * inverse % FIELD, point[1] * inverse % FIELD
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE_Y = 4 * pow(5, -1, FIELD) % FIELD
BASE = point_of(BASE_Y.to_bytes(32, "little"))


def is_signed(words: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the key signed the words (RFC 8032, 5.1.7)."""
    if len(signature) != 64 or len(public) != 32:
        return False
    factor = int.from_bytes(signature[32:], "little")
    if factor >= ORDER:
        return False
    x, y, z, t = point_of(public)
    digest = int.from_bytes(hashlib.sha512(signature[:32] + public + words).digest(), "little") % ORDER
    found = added(times(factor, BASE), times(digest, (FIELD - x, y, z, FIELD - t)))
    return bytes_of(found) == signature[:32]


def read(path: str) -> dict[str, Any]:
    """An acknowledgement from its file or from the check code of the paper."""
    text = Path(path).read_text(encoding="utf-8").strip()
    if not text.startswith("{"):
        text = base64.urlsafe_b64decode("".join(text.split())).decode()
    shown = json.loads(text)
    if not isinstance(shown, dict) or shown.get("format") != "fundguard-acknowledgement-1":
        raise Wrong("this is no acknowledgement")
    return shown


def check_statement(shown: dict[str, Any], key: str) -> dict[str, Any]:
    """The facts of an acknowledgement that the key signed."""
    if not is_signed(shown["statement"].encode(), bytes.fromhex(shown["signature"]), bytes.fromhex(key)):
        raise Wrong("the key did not sign this acknowledgement")
    facts = json.loads(shown["statement"])
    if (facts["kind"], facts["version"]) != ("acknowledgement", 1):
        raise Wrong("the key signed something else")
    return dict(facts)


def check_content(facts: dict[str, Any], proof: dict[str, Any], files: list[str]) -> dict[str, Any]:
    """What was filed, once the proof opens the commitment and every file is among those filed."""
    found = hashlib.sha256(PREFIX + bytes.fromhex(proof["salt"]) + proof["content"].encode()).hexdigest()
    if found != facts["commitment"]:
        raise Wrong("the proof does not belong to this acknowledgement, or was altered")
    content = json.loads(proof["content"])
    for name in files:
        if hashlib.sha256(Path(name).read_bytes()).hexdigest() not in content["files"]:
            raise Wrong(f"{name} was not among the files")
    return dict(content)


def proved(given: argparse.Namespace) -> list[str]:
    """What is proved, line by line. Raises: Wrong."""
    facts = check_statement(read(given.acknowledgement), given.key)
    lines = [
        f"Proved: {facts['bureau']} held report {facts['number']} on {facts['issued_at']}.",
        f"It was received at {facts['received_at']}.",
    ]
    if given.proof:
        proof = json.loads(Path(given.proof).read_text(encoding="utf-8"))
        content = check_content(facts, proof, given.file)
        lines += ["Proved: this was filed:", json.dumps(content, ensure_ascii=False, indent=2)]
    return lines


def main() -> int:
    """Read the arguments, check, and say what is proved."""
    parser = argparse.ArgumentParser(description="Check a signed acknowledgement of a report.")
    parser.add_argument("acknowledgement")
    parser.add_argument("--key", required=True, help="public key, 64 hex digits, from somebody you trust")
    parser.add_argument("--proof", help="the tipster's proof-of-content.json")
    parser.add_argument("--file", action="append", default=[], help="a file that is said to have been filed")
    given = parser.parse_args()
    if given.file and not given.proof:
        parser.error("--file needs --proof")
    try:
        lines = proved(given)
    except Wrong as reason:
        sys.stdout.write(f"NOT PROVED: {reason}\n")
        return 1
    except (KeyError, TypeError, ValueError, OSError) as error:
        sys.stdout.write(f"NOT PROVED: a part is missing or unreadable: {type(error).__name__}: {error}\n")
        return 1
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
