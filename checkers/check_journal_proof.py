#!/usr/bin/env python3
"""Check a proof of journal entries without the product: Python 3.10 or later and the package `cryptography`.

    python check_journal_proof.py PROOF --key PUBLIC_KEY [--head HEAD]...

PROOF is what `prove_entry` or `prove_matter` wrote. PUBLIC_KEY is the key of the bureau's journal, 64 hex digits, got
from somebody you trust and not from the proof. HEAD is a published head of a day, as the superior bureau got it by
mail; with it the proof must lead to that very head. Exit status 0: every entry is proved; 1: one is not.

How it works: docs/journal.md. This file stands alone on purpose, so that it can be read in ten minutes.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    """The proof does not hold; the message says where."""


def leaf_hash(words: bytes) -> bytes:
    """The hash of a leaf (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + words).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_by_path(leaf: bytes, position: int, size: int, path: list[str]) -> bytes | None:
    """The root to which an audit path leads (RFC 9162, 2.1.3.2); nothing when it does not fit the size."""
    if not 0 <= position < size:
        return None
    found, last, steps = leaf, size - 1, [bytes.fromhex(step) for step in path]
    while last:
        if position % 2 or position < last:
            if not steps:
                return None
            step = steps.pop(0)
            found = node_hash(step, found) if position % 2 else node_hash(found, step)
        position, last = position // 2, last // 2
    return None if steps else found


def require_signature(words: str, signature: str, keys: dict[str, bytes], what: str) -> None:
    """Refuse words that none of the given keys signed, or that name another key than the one that did."""
    name = json.loads(words)["key"]
    if name not in keys:
        raise Wrong(f"{what} is signed by key {name}, which was not given with --key")
    try:
        Ed25519PublicKey.from_public_bytes(keys[name]).verify(bytes.fromhex(signature), words.encode())
    except InvalidSignature:
        raise Wrong(f"the signature of {what} is wrong") from None


def check_entry(
    shown: dict[str, Any], proof: dict[str, Any], keys: dict[str, bytes], heads: dict[str, str]
) -> str:
    """Follow one entry to its batch and to the head of the day; returns a sentence for people."""
    entry = json.loads(shown["entry"])
    batch = proof["batches"][str(shown["batch"])]
    header = json.loads(batch["header"])
    if (entry["kind"], header["kind"], header["number"]) != ("entry", "batch", shown["batch"]):
        raise Wrong("the parts of the proof are of the wrong kind")
    leaf = leaf_hash(bytes.fromhex(shown["salt"]) + shown["entry"].encode())
    found = root_by_path(leaf, shown["position"], header["size"], shown["path"])
    if found is None or found.hex() != header["root"]:
        raise Wrong(f"entry {entry['id']} does not lead to the root of batch {header['number']}")
    require_signature(batch["header"], batch["signature"], keys, f"batch {header['number']}")
    words = f"entry {entry['id']} ({entry['at']}, {entry['act']}): sealed {header['sealed_at']}"
    if batch["head"] is None:
        if heads:
            raise Wrong(
                f"entry {entry['id']} lies under no head yet, only in the signed batch {header['number']}"
            )
        return f"{words}, in signed batch {header['number']}; the head of that day is not out yet"
    return f"{words}, under the head of {check_head(batch, header, proof, keys, heads)}"


def check_head(
    batch: dict[str, Any],
    header: dict[str, Any],
    proof: dict[str, Any],
    keys: dict[str, bytes],
    heads: dict[str, str],
) -> str:
    """Follow a batch to the head of its day; returns the day."""
    shown = proof["heads"][batch["head"]]
    head = json.loads(shown["head"])
    day, size = head["day"], head["last_batch"] - head["first_batch"] + 1
    if (head["kind"], day, header["number"]) != (
        "head",
        header["day"],
        head["first_batch"] + batch["position"],
    ):
        raise Wrong(f"batch {header['number']} does not belong to the head of {day}")
    leaf = leaf_hash(hashlib.sha256(batch["header"].encode()).digest())
    found = root_by_path(leaf, batch["position"], size, batch["path"])
    if found is None or found.hex() != head["root"]:
        raise Wrong(f"batch {header['number']} does not lead to the root of the head of {day}")
    require_signature(shown["head"], shown["signature"], keys, f"the head of {day}")
    if heads and day not in heads:
        raise Wrong(f"the head of {day} was not given with --head")
    if heads and heads[day] != shown["head"]:
        raise Wrong(f"the head of {day} in the proof is not the published one")
    return f"{day}, which is the published one" if heads else str(day)


def published_heads(files: list[Path]) -> dict[str, str]:
    """Published heads by day."""
    heads = [json.loads(file.read_text(encoding="utf-8"))["head"] for file in files]
    return {json.loads(words)["day"]: words for words in heads}


def check(proof: dict[str, Any], keys: dict[str, bytes], heads: dict[str, str]) -> list[str]:
    """One sentence for each entry. Raises: Wrong for the first that is not proved."""
    if proof["format"] != "fundguard-journal-proof-1":
        raise Wrong(f"this checker does not know the format {proof['format']}")
    if not proof["entries"]:
        raise Wrong("the proof holds no entry")
    return [check_entry(shown, proof, keys, heads) for shown in proof["entries"]]


def main() -> int:
    """Check the file named on the command line."""
    parser = argparse.ArgumentParser(description="Check a proof of journal entries.")
    parser.add_argument("proof", type=Path)
    parser.add_argument(
        "--key", action="append", required=True, help="public key of the journal, 64 hex digits"
    )
    parser.add_argument("--head", action="append", type=Path, default=[], help="published head of a day")
    given = parser.parse_args()
    try:
        public = [bytes.fromhex(key) for key in given.key]
        keys = {hashlib.sha256(key).hexdigest()[:16]: key for key in public}
        proof = json.loads(given.proof.read_text(encoding="utf-8"))
        lines = check(proof, keys, published_heads(given.head))
    except Wrong as wrong:
        sys.stdout.write(f"NOT PROVED: {wrong}\n")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stdout.write(f"NOT PROVED: the files cannot be read: {type(error).__name__}: {error}\n")
        return 1
    sys.stdout.write("\n".join(lines) + f"\nProved. Entries: {len(lines)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
