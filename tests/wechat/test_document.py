"""XML and JSON of WeChat: what is written reads the same, what is no flat document is refused."""

from __future__ import annotations

import json

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from wechat.document import Format, read, write
from wechat.errors import Refused
from wechat.message import from_fields

# What XML can hold, except the carriage return that every XML reader turns into a line feed.
texts = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t"
    )
)
names = st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True)
SPLITS = ["]]>", "a]]>b]]>c", "<![CDATA[x]]>", "&amp;<b>", "]]", "]]]]>"]


@pytest.mark.parametrize("format", ["xml", "json"])
@given(fields=st.dictionaries(names, texts, min_size=1, max_size=8))
def test_what_is_written_reads_the_same(format: Format, fields: dict[str, str]) -> None:
    found = read(write(fields, format).encode())
    assert (found.fields, found.format) == (fields, format)


@pytest.mark.parametrize("text", SPLITS)
def test_markup_in_a_text_stays_text(text: str) -> None:
    assert read(write({"Content": text}, "xml").encode()).fields == {"Content": text}


@given(texts)
def test_another_reader_reads_it_too(text: str) -> None:
    found = xmltodict.parse(write({"Content": text}, "xml"), strip_whitespace=False)["xml"]["Content"]
    assert (found or "") == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_that_xml_cannot_hold_does_not_spoil_the_document(text: str) -> None:
    assert set(read(write({"Content": text}, "xml").encode()).fields) == {"Content"}


def test_items_of_a_list_stand_in_item_elements() -> None:
    written = write({"Articles": [{"Title": "一"}, {"Title": "二"}], "ArticleCount": 2}, "xml")
    found = xmltodict.parse(written)["xml"]
    assert found["Articles"]["item"] == [{"Title": "一"}, {"Title": "二"}]
    assert found["ArticleCount"] == "2"


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(body: bytes) -> None:
    for data in (body, b"<xml>" + body + b"</xml>", b"{" + body):
        try:
            found = read(data)
        except Refused as refused:
            assert refused.reason == "malformed"
        else:
            assert all(isinstance(value, str) for value in found.fields.values())


def test_fields_with_fields_inside_are_left_out() -> None:
    assert read(b"<xml><a>1</a><b><c>2</c></b></xml>").fields == {"a": "1"}
    assert read(json.dumps({"a": 1, "b": {"c": 2}, "d": None, "e": True}).encode()).fields == {"a": "1"}


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(Refused):
        read(json.dumps({str(n): n for n in range(65)}).encode())
    with pytest.raises(Refused):
        read(write({f"a{n}": n for n in range(65)}, "xml").encode())


def test_an_overlong_field_is_refused() -> None:
    fields = {"FromUserName": "o", "ToUserName": "gh", "CreateTime": "1", "MsgType": "text"}
    assert from_fields({**fields, "Content": "字" * 8192}).text == "字" * 8192
    with pytest.raises(Refused, match="too large"):
        from_fields({**fields, "Content": "字" * 8193})
