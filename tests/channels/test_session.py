"""Sessions: only what this server signed opens a conversation, and the conversation's name opens nothing."""

from __future__ import annotations

import pytest

from bot.channels import session as sessions_module
from bot.channels.incoming import read
from bot.channels.session import Sessions

SESSIONS = Sessions(b"a secret of the tests")


def test_a_token_opens_the_same_conversation_again() -> None:
    session = SESSIONS.new("cookie")
    assert SESSIONS.read(SESSIONS.token(session), "cookie") == session


def test_every_session_is_another_and_long_enough_to_be_unguessable() -> None:
    made = [SESSIONS.new("bearer") for _ in range(100)]
    assert len({s.id for s in made}) == len({s.conversation for s in made}) == 100
    assert all(len(s.id) * 6 >= 128 for s in made)


def test_the_conversations_name_tells_nothing_of_the_token() -> None:
    session = SESSIONS.new("cookie")
    assert session.id not in session.conversation and session.id[:8] not in session.conversation


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "IjEi.aaaa.bbbb", "💣", "a" * 5000])
def test_what_was_not_signed_here_opens_nothing(token: str) -> None:
    assert SESSIONS.read(token, "cookie") is None


def test_another_servers_token_opens_nothing() -> None:
    other = Sessions(b"another secret, another server")
    assert SESSIONS.read(other.token(other.new("cookie")), "cookie") is None


def test_a_cookie_is_no_bearer_token_and_the_other_way_round() -> None:
    assert SESSIONS.read(SESSIONS.token(SESSIONS.new("cookie")), "bearer") is None
    assert SESSIONS.read(SESSIONS.token(SESSIONS.new("bearer")), "cookie") is None


def test_an_old_token_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    token = SESSIONS.token(SESSIONS.new("cookie"))
    monkeypatch.setattr(sessions_module, "LIFE_SECONDS", -1)
    assert SESSIONS.read(token, "cookie") is None


def test_a_form_belongs_to_one_session() -> None:
    mine, other = SESSIONS.new("cookie"), SESSIONS.new("cookie")
    token = SESSIONS.form_token(mine)
    assert SESSIONS.is_form_token(mine, token)
    assert not SESSIONS.is_form_token(other, token)
    assert not SESSIONS.is_form_token(mine, "") and not SESSIONS.is_form_token(mine, "ü")


def test_who_knows_a_conversations_name_cannot_speak_in_it_over_rest() -> None:
    name = SESSIONS.new("cookie").conversation
    incoming = read(f'{{"sender": "{name}", "message": "你好"}}'.encode())
    assert incoming.conversation != name


def test_a_changed_token_opens_nothing() -> None:
    token = SESSIONS.token(SESSIONS.new("cookie"))
    for at in (0, len(token) // 2, len(token) - 2):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert SESSIONS.read(changed, "cookie") is None
