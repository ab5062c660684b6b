"""A line that anybody can cause does not fill the log."""

from __future__ import annotations

import logging

import pytest

from bot.channels.seldom import Seldom


def test_a_line_comes_once_a_minute_with_the_count_of_the_others(caplog: pytest.LogCaptureFixture) -> None:
    at = [0.0]
    seldom = Seldom(logging.getLogger("test"), lambda: at[0])
    with caplog.at_level(logging.WARNING):
        for second in (0, 1, 59, 60, 61):
            at[0] = float(second)
            seldom.warn("signature")
        seldom.warn("nonce")
    assert caplog.messages == [
        "signature (0 more since the last line)",
        "signature (2 more since the last line)",
        "nonce (0 more since the last line)",
    ]
