"""Personal numbers never get past the door; other numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import MASKS, is_luhn, mask

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
words = st.text(alphabet="我的身份证是电话号码，。 查一下公积金宝宝出生", max_size=12)


def id_card(region: int, day: str, serial: int) -> str:
    body = f"{region:06d}{day}{serial:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def luhn(body: str) -> str:
    return next(body + str(digit) for digit in range(10) if is_luhn(body + str(digit)))


days = st.dates().filter(lambda d: 1900 <= d.year <= 2030).map(lambda d: d.strftime("%Y%m%d"))
id_cards = st.builds(id_card, st.integers(110000, 659999), days, st.integers(0, 999))
bank_cards = st.integers(10**13, 10**17 - 1).map(lambda n: luhn(f"6{n}"))
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
gaps = st.sampled_from(["", " ", "-"])


@given(words, id_cards, words)
def test_identity_cards_are_masked(before: str, number: str, after: str) -> None:
    masked = mask(f"{before}{number}{after}")
    assert masked.text == f"{before}{MASKS['id_card']}{after}"
    assert masked.kinds == ("id_card",)


@given(words, bank_cards, words)
def test_bank_cards_are_masked(before: str, number: str, after: str) -> None:
    masked = mask(f"{before}{number}{after}")
    assert number not in masked.text
    assert masked.kinds in (("bank_card",), ("id_card",))


@given(words, mobiles, gaps, words)
def test_mobiles_are_masked_however_grouped(before: str, number: str, gap: str, after: str) -> None:
    typed = gap.join((number[:3], number[3:7], number[7:]))
    assert mask(f"{before}{typed}{after}").text == f"{before}{MASKS['mobile']}{after}"


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text


@given(st.lists(st.one_of(id_cards, bank_cards, mobiles, words), max_size=6).map("，".join))
def test_nothing_personal_is_left_in_a_list_of_numbers(text: str) -> None:
    assert mask(mask(text).text).kinds == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话0533-2801234转3", "电话［电话］转3"),
        ("打(0631)5201234-12问", "打［电话］问"),
        ("我电话是 2801234", "我电话是 ［电话］"),
        ("+86 138 0013 8000", "［手机号］"),
        ("１３８００１３８０００", "［手机号］"),
        ("一三八零零一三八零零零", "［手机号］"),
        ("370306-19900101-1234", "［身份证号］"),
        ("37030619900101123x", "［身份证号］"),
        ("370306900101123是老身份证", "［身份证号］是老身份证"),
        ("4111 1111 1111 1111", "［银行卡号］"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "周村57号事项怎么办",
        "打12345还是110",
        "2024年10月1日出生，20241001",
        "房子1200000元，130平米",
        "zhoucun.individual.57",
        "邮编255300",
        "订单123456789012345678",
        "一二三四五六七",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text).text == text
    assert mask(text).kinds == ()


def test_every_kind_is_named_once_in_the_order_of_the_rules() -> None:
    text = "13800138000，37030619900101123X，4111111111111111，13900139000，0533-2801234"
    assert mask(text).kinds == ("id_card", "bank_card", "mobile", "phone")
