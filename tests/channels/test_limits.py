"""Limits: one session or one address too often is asked for patience; others go on."""

from __future__ import annotations

import gc

import pytest
from limits import parse_many

from bot.channels.limits import Limits, network
from bot.channels.refusal import Refused


def limits(session: str = "3/minute", address: str = "5/minute") -> Limits:
    return Limits(parse_many(session), parse_many(address))


def test_a_session_that_is_too_fast_is_told_when_to_come_back() -> None:
    found = limits()
    for _ in range(3):
        found.count_session("a")
    with pytest.raises(Refused) as refused:
        found.count_session("a")
    assert refused.value.status == 429
    assert 1 <= (refused.value.retry_after or 0) <= 60
    assert str(refused.value.retry_after) in str(refused.value)
    found.count_session("b")


def test_the_strictest_of_several_rates_holds() -> None:
    found = limits("100/minute;2/hour")
    found.count_session("a")
    found.count_session("a")
    with pytest.raises(Refused) as refused:
        found.count_session("a")
    assert (refused.value.retry_after or 0) > 60


def test_a_collection_of_garbage_forgets_nobody() -> None:
    found = limits("1/minute")
    gc.collect()
    found.count_session("a")
    gc.collect()
    with pytest.raises(Refused):
        found.count_session("a")


def test_an_address_is_counted_whatever_its_session() -> None:
    found = limits()
    for _ in range(5):
        found.count_address("192.0.2.1")
    with pytest.raises(Refused):
        found.count_address("192.0.2.1")
    found.count_address("192.0.2.2")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
)
def test_an_ipv6_household_counts_as_one_address(address: str, counted: str) -> None:
    assert network(address) == counted
