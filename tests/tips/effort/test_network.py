"""Which addresses count as one network."""

import pytest

from tips.effort.network import coarse_network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("", "0.0.0.0/24"),
        ("a socket", "0.0.0.0/24"),
    ],
)
def test_a_network_is_as_wide_as_its_kind(address: str, network: str) -> None:
    assert coarse_network(address) == network
