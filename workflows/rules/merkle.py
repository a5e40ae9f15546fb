"""Merkle trees as RFC 9162 §2.1 hashes them: root, audit path of one leaf, and the check of a path.

Source: RFC 9162 (Certificate Transparency 2.0), 2.1.1 to 2.1.3.
"""

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf. Its prefix differs from that of a node, so that no node passes for a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes in their order."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def audit_path(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """The hashes that lead from the leaf at a position to the root, from below.

    Raises: IndexError for a position outside the tree.
    """
    if not 0 <= position < len(leaves):
        raise IndexError(position)
    path, level = [], list(leaves)
    while len(level) > 1:
        neighbour = position ^ 1
        if neighbour < len(level):
            path.append(level[neighbour])
        level, position = _next_level(level), position // 2
    return path


def root_by_path(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which a path leads; nothing when the path does not fit a tree of that size."""
    if not 0 <= position < size:
        return None
    found, last, steps = leaf, size - 1, list(path)
    while last:
        if position % 2 or position < last:
            if not steps:
                return None
            step = steps.pop(0)
            found = node_hash(step, found) if position % 2 else node_hash(found, step)
        position, last = position // 2, last // 2
    return None if steps else found


def _next_level(level: list[bytes]) -> list[bytes]:
    """Pair the nodes; the last one of an odd level goes up as it is.

    This gives the tree of the RFC, whose left part is the largest power of two: pairing from the left
    fills complete subtrees first.
    """
    paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return paired + level[len(paired) * 2 :]
