"""WeChat's API: one token for all workers, another try where that helps, the operator told where it does not."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import time
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.open_wechat import Wechat
from tests.wechat.conftest import Clock
from tests.wechat.twin import MINIPROGRAM, OFFICIAL, Twin, environment
from wechat.errors import ApiError
from wechat.passive import Link
from wechat.tokens import LEASE_SECONDS, Tokens

SEND = "/cgi-bin/message/custom/send"
TOKENS = "/cgi-bin/stable_token"


def run(work: Awaitable[Any]) -> Any:
    async def main() -> Any:
        return await work

    return asyncio.run(main())


def failure(work: Awaitable[Any]) -> int:
    with pytest.raises(ApiError) as found:
        run(work)
    return found.value.code


def test_a_text_arrives_as_it_was_written(wechat: Wechat, twin: Twin) -> None:
    twin.may_send("o1")
    run(wechat.clients["official"].send_text("o1", "“好”\n😀𠀀"))
    assert twin.sent == [{"touser": "o1", "msgtype": "text", "text": {"content": "“好”\n😀𠀀"}}]


def test_a_link_arrives_as_a_news_card(wechat: Wechat, twin: Twin) -> None:
    twin.may_send("o1")
    run(wechat.clients["official"].send_link("o1", Link("告知单", "打开看", "https://a.example/notice")))
    [article] = twin.sent[0]["news"]["articles"]
    assert (twin.sent[0]["msgtype"], article["url"]) == ("news", "https://a.example/notice")


def test_one_token_serves_many_calls_at_once(wechat: Wechat, twin: Twin) -> None:
    client = wechat.clients["official"]
    twin.may_send("o1", quota=20)

    async def all_at_once() -> None:
        await asyncio.gather(*(client.send_text("o1", str(n)) for n in range(20)))

    run(all_at_once())
    assert len(twin.sent) == 20
    assert twin.calls[TOKENS] == 1


WORKER = """
import asyncio, sys
from bot.channels.open_wechat import Wechat
from desk.key import Key
from wechat.settings import Settings
wechat = Wechat.open(Settings.from_environment(), Key(b"key-of-the-tests"))
sys.stdin.readline()
print(asyncio.run(wechat.clients["official"].token()))
"""


def test_two_workers_share_one_token(wechat: Wechat, twin: Twin) -> None:
    given = {**os.environ, **environment(twin), "YILIANBAN_WECHAT_STORE": str(wechat.settings.store)}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env=given,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    with ThreadPoolExecutor(2) as pool:
        tokens = list(pool.map(lambda worker: worker.communicate("go\n", timeout=60)[0].strip(), workers))
    assert tokens == [twin.tokens[OFFICIAL]] * 2
    assert twin.calls[TOKENS] == 1
    assert run(wechat.clients["official"].token()) == tokens[0]
    assert twin.calls[TOKENS] == 1


def test_accounts_have_tokens_of_their_own(wechat: Wechat, twin: Twin) -> None:
    tokens = [run(client.token()) for client in wechat.clients.values()]
    assert tokens == [twin.tokens[OFFICIAL], twin.tokens[MINIPROGRAM]]


def test_a_token_is_renewed_before_it_runs_out(wechat: Wechat, twin: Twin, clock: Clock) -> None:
    client = wechat.clients["official"]
    run(client.token())
    clock.ahead = 7200 - 310
    run(client.token())
    assert twin.calls[TOKENS] == 1
    clock.ahead = 7200 - 290
    run(client.token())
    assert twin.calls[TOKENS] == 2


def test_a_token_that_wechat_replaced_is_replaced_here(wechat: Wechat, twin: Twin) -> None:
    client = wechat.clients["official"]
    twin.may_send("o1")
    run(client.token())
    twin.tokens[OFFICIAL] = "another"
    run(client.send_text("o1", "好"))
    assert len(twin.sent) == 1
    assert twin.calls[TOKENS] == 2


def test_an_expired_token_is_replaced(wechat: Wechat, twin: Twin) -> None:
    client = wechat.clients["official"]
    twin.may_send("o1")
    run(client.token())
    twin.until[OFFICIAL] = time.time() - 1
    run(client.send_text("o1", "好"))
    assert len(twin.sent) == 1


def test_a_stable_token_that_is_refused_is_forced_out(wechat: Wechat, twin: Twin) -> None:
    client = wechat.clients["official"]
    twin.may_send("o1")
    twin.refused.add(run(client.token()))
    run(client.send_text("o1", "好"))
    assert len(twin.sent) == 1
    # The first, the same again, and the forced one.
    assert twin.calls[TOKENS] == 3


def test_a_token_is_not_asked_for_without_end(wechat: Wechat, twin: Twin) -> None:
    twin.may_send("o1")
    client = wechat.clients["official"]
    run(client.token())
    twin.secret = "changed"
    twin.tokens.clear()
    assert failure(client.send_text("o1", "好")) == 40125
    assert twin.calls[TOKENS] == 2


def test_while_wechat_is_busy_it_is_asked_again_with_pauses(wechat: Wechat, twin: Twin) -> None:
    twin.may_send("o1")
    run(wechat.clients["official"].token())
    twin.busy, began = 2, time.monotonic()
    run(wechat.clients["official"].send_text("o1", "好"))
    assert len(twin.sent) == 1
    assert twin.calls[SEND] == 3
    assert time.monotonic() - began >= 0.7


def test_a_system_that_stays_busy_is_given_up(wechat: Wechat, twin: Twin) -> None:
    run(wechat.clients["official"].token())
    twin.busy = 100
    assert failure(wechat.clients["official"].send_text("o1", "好")) == -1
    assert twin.calls[SEND] == 4


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"listed": False}, 40164),
        ({"token_calls_left": 0}, 45009),
        ({"secret": "another"}, 40125),
        ({"verified": False}, 48001),
        ({"leave": {"o1": (2e9, 0)}}, 45047),
    ],
)
def test_what_only_the_operator_can_mend_is_told_once(
    wechat: Wechat, twin: Twin, caplog: pytest.LogCaptureFixture, wrong: dict[str, Any], code: int
) -> None:
    twin.may_send("o1")
    for name, value in wrong.items():
        setattr(twin, name, value)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert failure(wechat.clients["official"].send_text("o1", "好")) == code
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1 and str(code) in lines[0]
    assert "o1" not in lines[0].replace(OFFICIAL, "") and "好" not in lines[0]
    assert [trouble["code"] for trouble in wechat.troubles.shown(wechat.now())] == [code]


def test_a_trouble_is_told_again_after_an_hour_and_gone_after_another(
    wechat: Wechat, twin: Twin, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    twin.listed = False
    with caplog.at_level(logging.ERROR):
        failure(wechat.clients["official"].call("/cgi-bin/menu/delete"))
        clock.ahead = 3700
        failure(wechat.clients["official"].call("/cgi-bin/menu/delete"))
    assert len(caplog.records) == 2
    clock.ahead = 7400
    assert wechat.troubles.shown(wechat.now()) == []


@pytest.mark.parametrize("code", [45015, 40003])
def test_what_is_between_wechat_and_one_person_is_no_trouble(wechat: Wechat, twin: Twin, code: int) -> None:
    if code == 45015:
        twin.may_send("o1", seconds=-1)
    assert failure(wechat.clients["official"].send_text("o1", "好")) == code
    assert wechat.troubles.shown(wechat.now()) == []


def test_nobody_there_is_an_error_without_an_address(wechat: Wechat) -> None:
    nowhere = Wechat(replace(wechat.settings, api="http://127.0.0.1:1"), wechat.key, wechat.database)
    with pytest.raises(ApiError) as found:
        run(nowhere.clients["official"].token())
    assert found.value.code == ApiError.UNREACHABLE
    # Whatever the HTTP library said, with the address and so the secret in it, is not shown with the error.
    assert found.value.__suppress_context__ and found.value.__cause__ is None
    assert "127.0.0.1" not in str(found.value)


def test_after_a_failed_refresh_the_next_may_try_at_once(wechat: Wechat, twin: Twin) -> None:
    twin.listed = False
    assert failure(wechat.clients["official"].token()) == 40164
    twin.listed = True
    assert run(wechat.clients["official"].token()) == twin.tokens[OFFICIAL]


def test_a_worker_that_died_while_refreshing_holds_nobody_up_for_long(wechat: Wechat, twin: Twin) -> None:
    tokens = Tokens(wechat.database)
    assert tokens.hold(OFFICIAL, wechat.now()).mine
    assert not tokens.hold(OFFICIAL, wechat.now() + LEASE_SECONDS - 1).mine
    assert tokens.hold(OFFICIAL, wechat.now() + LEASE_SECONDS + 1).mine


def test_a_code_of_the_mini_program_becomes_an_openid_and_nothing_more(wechat: Wechat, twin: Twin) -> None:
    twin.codes["c0de"] = "o1"
    assert run(wechat.clients["miniprogram"].session("c0de")) == "o1"
    assert failure(wechat.clients["miniprogram"].session("c0de")) == 40163
    assert failure(wechat.clients["miniprogram"].session("another")) == 40029
