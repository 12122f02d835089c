"""Bytes to text: every label of the standard, what overrules what, and guesses."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.charsets import decode_as
from tui_news.text.decode import Decoded, Kind, declared_charset, decode, known_labels, label_to_charset

HANS = (
    "本社北京九月一日电（记者李明）据气象部门说，今天全国大部分地区晴转多云，朱镕基、陶喆说：“囧，这要€１。”"
)
HANT = "本報臺北一日電，氣象局表示，今天各地多雲到晴，記者在現場採訪，民眾對於這項政策有不同的看法。"
JA = "東京で一日、気象庁の発表によると、全国的に晴れるところが多く、気温は平年並みになる見込みです。"
KO = "서울에서 열린 회의에 참석한 기자들은 오늘 날씨가 맑을 것이라고 전했다. 정부는 새로운 정책을 발표했다."
RU = "Москва, первого сентября. Сегодня в столице ожидается ясная погода, сообщили метеорологи."
FR = "L’été dernier, près de la frontière, les élèves ont étudié à l’école ; das Mädchen fährt über Brücken."

SAMPLES = {
    "gb18030": (HANS, "gb18030"),
    "big5": (HANT, "big5hkscs"),
    "shift_jis": (JA, "cp932"),
    "euc-jp": (JA, "euc_jp"),
    "euc-kr": (KO, "cp949"),
    "windows-1251": (RU, "cp1251"),
    "koi8-r": (RU, "koi8-r"),
    "windows-1252": (FR, "cp1252"),
}


# --- labels ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", known_labels())
def test_every_label_decodes(label: str) -> None:
    """Each label means a charset whose decoder takes every byte, in any spelling the standard allows."""
    charset = label_to_charset(label)
    assert charset is not None
    assert label_to_charset(f"\t {label.upper()}\n") == charset
    everything = bytes(range(256)) * 2
    text = decode_as(charset, everything)
    assert isinstance(text, str)
    if charset not in ("replacement", "utf-16le", "utf-16be"):
        assert text.startswith("".join(map(chr, range(14))))
        result = decode(b"<p>plain</p>", http_charset=label)
        assert (result.text, result.charset) == ("<p>plain</p>", charset)


def test_there_are_as_many_labels_as_in_the_standard() -> None:
    assert len(known_labels()) >= 228
    assert len({label_to_charset(label) for label in known_labels()}) == 39  # 40, with gbk in gb18030


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("gb2312", "gb18030"), ("GBK", "gb18030"), ("x-gbk", "gb18030"), ("iso-8859-1", "windows-1252"),
        ("ascii", "windows-1252"), ("latin1", "windows-1252"), ("iso-8859-9", "windows-1254"),
        ("big5-hkscs", "big5"), ("sjis", "shift_jis"), ("windows-31j", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("tis-620", "windows-874"), ("utf-16", "utf-16le"), ("hz-gb-2312", "replacement"),
        ("zlib", None), ("hex", None), ("", None), ("charset=", None),
        ("utf-7", None), ("utf−8", None), ("\x00", None),
    ],
)  # fmt: skip
def test_labels(label: str, charset: str | None) -> None:
    assert label_to_charset(label) == charset


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("gb18030", b"\x80\xa2\xe3", "€€"),
        ("gb18030", b"\xa6\xd9\xa8\xbc\x81\x35\xf4\x37\xfe\x59\xa3\xa0", "\ufe10\u1e3f\ue7c7\u9fb4\u3000"),
        ("gb18030", b"\xd6\xec\xe9\x46\xbb\xf9\x87\xe5", "朱镕基囧"),
        ("gb18030", b"\x90\x30\x81\x30", "\U00010000"),
        ("big5", b"\xa1\x45\xa1\x4e\xa1\xe3\xa2\x46", "‧﹑～￠"),
        ("big5", b"\x87\xdf\xf9\xd6\xa3\xe1\x88\x62", "\u9fcb碁€\u00ca\u0304"),
        ("shift_jis", b"\x87\x40\x81\x60\x5c\xb1\xa0", "①～\\ｱ\ufffd"),
        ("euc-jp", b"\xad\xa1\xa1\xc1\xa1\xdd\x8e\xb1\x8f\xb0\xa1", "①～－ｱ丂"),
        ("euc-jp", b"\xfc\xe2\x8f\xa2\xb7", "髙～"),
        ("iso-2022-jp", b"a\x1b$BF|K\\-!\x1b(Bb\x1b(I1\x1b(J\\", "a日本①bｱ¥"),
        ("euc-kr", b"\xb0\xa1\x8cc", "가똠"),
        ("windows-1252", b"\x80\x81\x8d\x9d", "€\x81\x8d\x9d"),
        ("windows-1255", b"\xca\xd9", "\u05ba\ufffd"),
        ("windows-1253", b"\x81\xd2", "\x81\ufffd"),
        ("windows-874", b"\x81\xa1\xdb", "\x81ก\ufffd"),
        ("koi8-u", b"\xae\xbe", "ўЎ"),
        ("x-mac-cyrillic", b"\xa2\xb6\xff", "Ґґ€"),
        ("iso-8859-8-i", b"\xe0", "א"),
        ("x-user-defined", b"a\x80\xff", "a\uf780\uf7ff"),
        ("replacement", b"anything", "\ufffd"),
        ("utf-16le", b"a\x00\x2d\x4e", "a中"),
        ("big5", b"\xa1<b", "\ufffd<b"),
        ("gb18030", b"\xff<b", "\ufffd<b"),
        ("euc-kr", b"\xfe\xfe<", "\ufffd<"),
    ],
)
def test_the_standards_own_tables(charset: str, data: bytes, text: str) -> None:
    assert decode_as(charset, data) == text


def test_two_byte_tables_against_python_where_they_agree() -> None:
    """Nothing that Python's own codec reads is lost."""
    for charset, codec in (("gb18030", "gb18030"), ("big5", "big5hkscs"), ("shift_jis", "cp932"),
                           ("euc-kr", "cp949"), ("euc-jp", "euc_jp")):  # fmt: skip
        for lead in range(0xA1, 0xFC):
            row = [bytes((lead, trail)) for trail in range(0xA1, 0xFE)]
            for pair in row:
                try:
                    pair.decode(codec)
                except UnicodeDecodeError:
                    continue
                assert "\ufffd" not in decode_as(charset, pair) or charset == "shift_jis"


def test_a_name_that_the_standard_has_not() -> None:
    for name in ("zlib", "hex", "utf-7", "latin-1", ""):
        with pytest.raises(LookupError):
            decode_as(name, b"x")


# --- what overrules what ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "codec", "charset"),
    [(codecs.BOM_UTF8, "utf-8", "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16le"),
     (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16be")],
)  # fmt: skip
def test_a_mark_is_above_all(mark: bytes, codec: str, charset: str) -> None:
    data = mark + f"<meta charset=big5>{HANS}".encode(codec)
    result = decode(data, http_charset="gbk", override="shift_jis")
    assert result == Decoded(f"<meta charset=big5>{HANS}", charset)


def test_the_readers_choice_is_above_the_header() -> None:
    data = HANT.encode("big5")
    assert decode(data, http_charset="gbk", override="Big5") == Decoded(HANT, "big5")
    assert decode(HANS.encode(), override="windows-1252").charset == "windows-1252"


def test_the_header_is_above_the_document() -> None:
    data = b"<meta charset=koi8-r>" + RU.encode("cp1251")
    assert decode(data, http_charset="windows-1251").text.endswith(RU)
    data = b"<?xml version='1.0' encoding='koi8-r'?>" + RU.encode("cp1251")
    assert decode(data, http_charset="windows-1251", kind="xml").text.endswith(RU)


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        ('<meta charset="gb2312">', "gb2312"),
        ("<META content='text/html; charset=GBK' http-equiv=Content-Type />", "GBK"),
        ("<meta/charset=big5>", "big5"),
        ("<meta name=x content='charset=big5'><meta charset=gbk>", "gbk"),
        ("<!-- <meta charset=big5> --><meta charset=gbk>", "gbk"),
        ("<!-- never closed <meta charset=big5>", ""),
        ("<metadata charset=big5>", ""),
        ("<?xml version='1.0' encoding=\"euc-kr\"?><html>", "euc-kr"),
        ("<?xml version='1.0' encoding='euc-kr'?><meta charset=gbk>", "gbk"),
        ("x" * 3000 + "<meta charset=gbk>", "gbk"),
        ("x" * 5000 + "<meta charset=gbk>", ""),
        ("<meta charset=''>", ""),
    ],
)
def test_what_a_document_says_of_itself(markup: str, label: str) -> None:
    assert declared_charset(markup.encode()) == label


def test_xml_declarations() -> None:
    data = b"\n<?xml version='1.0' encoding = 'GB2312' standalone='yes'?><rss/>"
    assert declared_charset(data, "xml") == "GB2312"
    assert declared_charset(b"<rss><meta charset=gbk></rss>", "xml") == ""
    assert declared_charset(data, "text") == ""


@pytest.mark.parametrize("declared", ["utf-16", "utf-16be", "unicode"])
def test_a_declaration_that_cannot_be_right(declared: str) -> None:
    """In ASCII it says that it is in UTF-16: the standard reads UTF-8."""
    assert decode(f"<meta charset={declared}>{HANS}".encode()) == Decoded(
        f"<meta charset={declared}>{HANS}", "utf-8"
    )
    assert decode(f"<p>{HANS}".encode(), http_charset=declared).charset == "utf-8"


@pytest.mark.parametrize("charset", list(SAMPLES))
@pytest.mark.parametrize("said", ["iso-8859-1", "utf-8", "gb2312", "big5", "shift_jis", "euc-kr", "euc-jp"])
def test_a_header_that_the_bytes_contradict(charset: str, said: str) -> None:
    text, codec = SAMPLES[charset]
    data = f"<p>{text}</p>".encode(codec, "replace")
    result = decode(data, http_charset=said)
    assert result.text == data.decode(codec) or charset == "big5"
    assert result.charset == charset
    wrong = label_to_charset(said) != charset
    assert result.note == (f"This was said to be {said}, but its bytes are {charset}." if wrong else "")


@pytest.mark.parametrize(
    "said", ["iso-8859-1", "gbk", "big5", "shift_jis", "euc-kr", "koi8-r", "windows-1251", "iso-8859-2"]
)
@pytest.mark.parametrize("text", [HANS, HANT, JA, KO, RU, FR])
def test_utf8_under_another_name(text: str, said: str) -> None:
    result = decode(text.encode(), http_charset=said)
    assert (result.text, result.charset) == (text, "utf-8")
    assert said in result.note


@pytest.mark.parametrize(
    ("text", "codec", "said"),
    [
        ("模", "gbk", "gbk"), ("é", "cp1252", "iso-8859-1"),
        ("Wałęsa żył", "iso8859-2", "iso-8859-2"),
        ("Ωραία μέρα", "iso8859-7", "iso-8859-7"), ("שלום עולם", "cp1255", "windows-1255"),
        ("Кот", "koi8-r", "koi8-r"),
        ("日本", "euc_jp", "euc-jp"), ("氣", "big5", "big5"), ("古之學者必有師", "gb18030", "gb18030"),
        ("ｱｲｳ", "cp932", "sjis"),
        ("ก ข", "cp874", "tis-620"), (HANT, "gb18030", "gb2312"),
    ],
)  # fmt: skip
def test_what_may_be_right_is_believed(text: str, codec: str, said: str) -> None:
    assert decode(text.encode(codec), http_charset=said) == Decoded(text, label_to_charset(said) or "")


def test_the_document_helps_where_the_header_is_wrong() -> None:
    data = b"<meta charset=gb2312>" + HANS.encode("gb18030")
    result = decode(data, http_charset="utf-8")
    assert result.text.endswith(HANS)
    assert "utf-8" in result.note


# --- guesses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [4, 8, 20, 200])
@pytest.mark.parametrize("charset", [name for name in SAMPLES if name != "windows-1252"])
def test_guesses(charset: str, length: int) -> None:
    text, codec = SAMPLES[charset]
    data = text[:length].encode(codec, "replace")
    result = decode(data, kind="text")
    assert (result.charset, result.note) == (charset, "")


def test_guesses_of_western_text_and_utf8() -> None:
    assert decode(FR.encode("cp1252")) == Decoded(FR, "windows-1252")
    for text in (HANS, HANT, JA, KO, RU, FR, "é", "plain"):
        assert decode(text.encode()) == Decoded(text, "utf-8")
    assert decode(JA.encode("iso2022_jp")) == Decoded(JA, "iso-2022-jp")
    assert decode(f"<html><head><title>{HANS}</title><p>{HANS}".encode("utf-16-le")).charset == "utf-16le"
    assert decode(f"<?xml?><p>{'a' * 40}".encode("utf-16-be"), kind="xml").charset == "utf-16be"


@pytest.mark.parametrize(
    ("language", "text", "codec"),
    [("pl", "Wałęsa żył w Gdańsku", "iso8859-2"), ("el", "Ωραία μέρα σήμερα", "iso8859-7"),
     ("zh-TW", "氣", "big5"),
     ("th", "สวัสดี", "cp874"), ("ar", "مرحبا بالعالم", "cp1256")],
)  # fmt: skip
def test_a_language_helps(language: str, text: str, codec: str) -> None:
    assert decode(text.encode(codec), language=language).text == text


def test_some_bytes_that_cannot_be_read() -> None:
    data = HANS.encode() + b"\xff\xfe" + HANS.encode()
    result = decode(data, http_charset="utf-8")
    assert result.charset == "utf-8"
    assert result.text == f"{HANS}\ufffd\ufffd{HANS}"
    assert result.note == "As utf-8, it cannot be read in 2 places."
    assert decode(data).charset == "utf-8"
    assert decode("a\ufffdé".encode()).note == "", "a replacement character of the author's own is no loss"
    cut = HANS.encode()[:-1]
    assert decode(cut, http_charset="utf-8").charset == decode(cut).charset == "utf-8"
    assert decode(b"<p>caf\xe9</p>", http_charset="utf-8").text == "<p>caf\ufffd</p>"


@pytest.mark.parametrize(
    "name", ["zlib", "hex", "rot13", "charset=", "utf-7", "idna", "punycode", "\udc80", "\0", "x" * 9999]
)
def test_odd_names_are_said_to_be_unknown(name: str) -> None:
    for result in (decode(HANS.encode(), http_charset=name), decode(HANS.encode(), override=name)):
        assert (result.text, result.charset) == (HANS, "utf-8")
        assert "not known" in result.note
        assert len(result.note) < 150
    assert decode(f"<meta charset=big5>{HANT}".encode("big5"), http_charset=name).charset == "big5"


def test_nothing_at_all() -> None:
    assert decode(b"") == Decoded("", "utf-8")
    assert decode(b"", http_charset="gbk", kind="xml") == Decoded("", "gb18030")
    assert decode(b"\xef\xbb\xbf") == Decoded("", "utf-8")


@given(
    st.binary(max_size=400),
    st.none() | st.text(max_size=20) | st.sampled_from(known_labels()),
    st.none() | st.text(max_size=20) | st.sampled_from(known_labels()),
    st.sampled_from(["html", "xml", "text"]),
    st.text(max_size=6),
)
def test_it_never_raises(
    data: bytes, http: str | None, override: str | None, kind: Kind, language: str
) -> None:
    result = decode(data, http_charset=http, override=override, kind=kind, language=language)
    assert label_to_charset(result.charset) == result.charset
    assert "\n" not in result.note
    result.text.encode("utf-8")


@given(st.text(min_size=1), st.sampled_from(["html", "xml", "text"]))
def test_utf8_comes_back(text: str, kind: Kind) -> None:
    data = text.encode("utf-8", "ignore")
    if b"\0" in data or data.startswith(b"\xef\xbb\xbf") or data.isascii():
        return
    result = decode(data, http_charset="utf-8", kind=kind)
    assert (result.text, result.charset, result.note) == (data.decode(), "utf-8", "")
