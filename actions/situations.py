"""Where a conversation is, by name: the states of the dialogue's table (`table.csv`, drawn in docs/dialogue.md)."""

from __future__ import annotations

from collections.abc import Mapping

from actions.state import State

# Name → what it means, as the drawing shows it.
SITUATIONS: Mapping[str, str] = {
    "new": "地区未知，什么都没说",
    "asked_region": "问了地区，记着要办的事",
    "idle": "地区已知，还没说要办什么",
    "asked_audience": "个人和企业两种都给了，问是哪一种",
    "chain_asking": "给了事项链，问着一个条件",
    "chain": "给了事项链，没有要问的",
    "step": "在事项链的某一步上",
    "matter": "在说一个事项",
    "matters": "在说几个事项",
    "list": "给了清单的一页",
}


def situation(state: State) -> str:
    """The name of the situation that a state is in; every state is in exactly one."""
    thread = state.thread
    if state.asking in ("region", "audience"):
        return f"asked_{state.asking}"
    if state.region is None:
        return "new"
    if thread is None:
        return "idle"
    if state.page:
        return "list"
    if thread.chosen and len(thread.matters) > 1:
        return "step"
    if thread.scenario:
        return "chain_asking" if state.asking else "chain"
    return "matter" if len(thread.matters) == 1 else "matters"
