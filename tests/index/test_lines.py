"""Reading training lines: two targets, lines that stand after others, and files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.lines import LineError, after, read_lines


def write(folder: Path, text: str) -> Path:
    (folder / "some.tsv").write_text(text, encoding="utf-8")
    return folder


def test_a_line_with_two_targets_comes_once_for_each(tmp_path: Path) -> None:
    lines = read_lines(write(tmp_path, "id-card+temporary-id-card\tcitizen\t包丢了后天坐高铁\n"))
    assert [(line.target, line.text) for line in lines] == [
        ("id-card", "包丢了后天坐高铁"),
        ("temporary-id-card", "包丢了后天坐高铁"),
    ]


def test_kinds_of_out_of_scope_become_one_target(tmp_path: Path) -> None:
    (line,) = read_lines(write(tmp_path, "near_miss\tcitizen\t罚单在哪交\n"))
    assert (line.target, line.kind) == ("out_of_scope", "near_miss")


def test_a_line_after_another_does_not_stand_alone(tmp_path: Path) -> None:
    lines = read_lines(write(tmp_path, "a\tcitizen\t残疾证怎么办|归哪个局\nb\tcitizen\t残疾证怎么办\n"))
    assert [line.stands_alone for line in lines] == [False, True]


def test_earlier_words_are_cut_from_the_front_and_hold_no_mark_of_their_own() -> None:
    assert after("甲|乙", "那去哪办") == "甲 乙|那去哪办"
    assert after("长" * 100 + "尾", "那去哪办") == "长" * 39 + "尾|那去哪办"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\tcitizen\n", "第1行：应为"),
        ("a\tcitizen\tx\n\nb\tking\ty\n", "第3行：说话人“king”"),
        ("a\tcitizen\t \n", "第1行：应为"),
    ],
)
def test_a_wrong_file_is_told_by_name_and_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LineError, match=f"some.tsv {told}"):
        read_lines(write(tmp_path, text))
