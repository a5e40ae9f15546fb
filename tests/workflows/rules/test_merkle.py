"""Merkle trees: the values that Certificate Transparency's authors published, and what must hold for every tree."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.rules.merkle import EMPTY_ROOT, audit_path, leaf_hash, node_hash, root_by_path, root_of

# Test data of the reference implementation of RFC 6962, whose hashing RFC 9162 keeps.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATH_OF_THE_FIRST_OF_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]

entries = st.lists(st.binary(max_size=8), min_size=1, max_size=70, unique=True)


def hashes(of: list[bytes]) -> list[bytes]:
    return [leaf_hash(entry) for entry in of]


def by_the_words_of_the_rfc(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, as it is written: split at the largest power of two below the size."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(by_the_words_of_the_rfc(leaves[:split]), by_the_words_of_the_rfc(leaves[split:]))


def test_roots_are_those_that_were_published() -> None:
    leaves = hashes([bytes.fromhex(words) for words in INPUTS])

    assert [root_of(leaves[:size]).hex() for size in range(1, 9)] == ROOTS
    assert [step.hex() for step in audit_path(leaves, 0)] == PATH_OF_THE_FIRST_OF_EIGHT
    assert root_of([]) == EMPTY_ROOT


@settings(deadline=None)
@given(entries)
def test_the_root_is_that_of_the_rfc(of: list[bytes]) -> None:
    assert root_of(hashes(of)) == by_the_words_of_the_rfc(hashes(of))


@settings(deadline=None)
@given(entries, st.data())
def test_a_path_leads_to_the_root_from_its_own_place_only(of: list[bytes], data: st.DataObject) -> None:
    leaves = hashes(of)
    position = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.integers(-1, len(leaves) + 1).filter(lambda place: place != position))
    path = audit_path(leaves, position)

    assert root_by_path(leaves[position], position, len(leaves), path) == root_of(leaves)
    assert root_by_path(leaves[position], other, len(leaves), path) != root_of(leaves)
    assert root_by_path(leaf_hash(b"another entry"), position, len(leaves), path) != root_of(leaves)


@settings(deadline=None)
@given(entries.filter(lambda of: len(of) > 1), st.data())
def test_a_path_that_is_cut_lengthened_or_altered_does_not_lead_there(
    of: list[bytes], data: st.DataObject
) -> None:
    leaves = hashes(of)
    position = data.draw(st.integers(0, len(leaves) - 1))
    path = audit_path(leaves, position)
    step = data.draw(st.integers(0, len(path) - 1))
    altered = [*path[:step], bytes(32), *path[step + 1 :]]

    for wrong in (path[:-1], [*path, bytes(32)], altered):
        assert root_by_path(leaves[position], position, len(leaves), wrong) != root_of(leaves)


def test_a_place_outside_the_tree_has_no_path() -> None:
    leaves = hashes([b"a", b"b"])
    for place in (-1, 2):
        try:
            audit_path(leaves, place)
        except IndexError:
            continue
        raise AssertionError(place)
