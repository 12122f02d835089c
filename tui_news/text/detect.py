"""Guess a charset from bytes: how much each candidate's text looks like text of its language.

A candidate scores by the share of characters that its language uses most, and of its common characters,
less what cannot be read at all. The frequent ones decide: Korean bytes read as Chinese give common
characters too, but hardly ever 的 or 是.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from tui_news.text.charsets import REPLACEMENT, decode_as

_SAMPLE: Final = 8_000
"""Bytes that are looked at; all of them beyond ASCII or the one after such a byte."""

_HANS = (
    "的一是了不在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用"
    "道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军"
    "者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见"
    "被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真"
    "论处走义各入几口认条平系气题活更别打女变四总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资"
    "命山金指克许统区保至队形社便空决治展马科司五基书非则听白却界达光放强即像难且权思王象完设式色路记南品住"
    "告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运京闻网责编辑"
)
_HANT = (
    "的一是了不在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用"
    "道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍"
    "者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見"
    "被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真"
    "論處走義各入幾口認條平系氣題活更別打女變四總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資"
    "命山金指克許統區保至隊形社便空決治展馬科司五基書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住"
    "告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運灣聞網港臺台"
)
_KANA = "".join(map(chr, range(0x3041, 0x3094))) + "".join(map(chr, range(0x30A1, 0x30F7))) + "ー"
_JAPANESE = _KANA + (
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先"
    "名川千水半男西電校語土木聞食車何南万毎白天火会社政者同事自発地的業動対部議合場員立開手力問代明京目"
    "通言理体田主題意不作用度強公野以世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住"
)
_KOREAN = (
    "이다는의에가을를고하은지로사기도한어자리인대해시정그나라일서전수부들과있보으장조주제만스여구상원동것국치"
    "성아유신공세경우비화관했안위면된게법연미개방선모문계통러와적학소까거체터생오단행진중되당발양년월산용실무"
    "물회내입민간습니요않때마할재차두영금식현난분교"
)
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщ"
_LATIN = "éèêëàâäáãåæçíìîïñóòôöõøœúùûüýÿßÉÈÀÂÄÁÅÆÇÍÎÑÓÖØÚÜŠšžŽ“”‘’„–—…«»€£§°·¿¡©®™ªº\xa0¼½¾±²³µ×"
_HIGH = re.compile("[^\x00-\x7f]+")
_MIDDLE = re.compile("[\u2010-\u2027\u2030-\u205e\u3000-\u301f\uff01-\uff5e\xb7]")


@dataclass(frozen=True, slots=True)
class _Script:
    """What a candidate's text looks like: its most frequent characters, and codes of its common ones."""

    frequent: frozenset[str]
    common: tuple[int, int, int, int] | None
    """First and last lead byte, first and last trail byte, in the candidate's own code."""
    languages: tuple[str, ...]


_SCRIPTS: Final[dict[str, _Script]] = {
    "gb18030": _Script(frozenset(_HANS + _HANT), (0xB0, 0xD7, 0xA1, 0xFE), ("zh",)),
    "big5": _Script(frozenset(_HANT), (0xA4, 0xC6, 0x40, 0xFE), ("zh",)),
    "shift_jis": _Script(frozenset(_JAPANESE), (0x88, 0x98, 0x40, 0xFC), ("ja",)),
    "euc-jp": _Script(frozenset(_JAPANESE), (0xB0, 0xCF, 0xA1, 0xFE), ("ja",)),
    "euc-kr": _Script(frozenset(_KOREAN), (0xB0, 0xC8, 0xA1, 0xFE), ("ko",)),
    "windows-1251": _Script(frozenset(_CYRILLIC), None, ("ru", "uk", "be", "bg", "sr", "mk")),
    "koi8-r": _Script(frozenset(_CYRILLIC), None, ("ru",)),
    "windows-1252": _Script(frozenset(_LATIN), None, ()),
}
_SINGLE: Final = frozenset({"windows-1251", "koi8-r"})
CANDIDATES: Final = tuple(_SCRIPTS)

# The HTML standard's suggestions of what a page in a language is in when nothing says so.
_BY_LANGUAGE: Final = {
    "ar": "windows-1256", "bg": "windows-1251", "be": "windows-1251", "cs": "windows-1250",
    "el": "iso-8859-7", "et": "windows-1257", "fa": "windows-1256", "he": "windows-1255",
    "hr": "windows-1250", "hu": "iso-8859-2", "ja": "shift_jis", "ko": "euc-kr", "lt": "windows-1257",
    "lv": "windows-1257", "mk": "windows-1251", "pl": "iso-8859-2", "ru": "windows-1251",
    "sk": "windows-1250", "sl": "iso-8859-2", "sr": "windows-1251", "th": "windows-874",
    "tr": "windows-1254", "uk": "windows-1251", "vi": "windows-1258", "zh": "gb18030",
}  # fmt: skip


def language_default(language: str) -> str:
    """The legacy charset of a language (BCP 47 tag), `windows-1252` when there is nothing to go by."""
    tag = language.lower().replace("_", "-")
    if tag.startswith("zh") and any(part in tag.split("-") for part in ("hant", "tw", "hk", "mo")):
        return "big5"
    return _BY_LANGUAGE.get(tag.split("-")[0], "windows-1252")


@cache
def _common(charset: str) -> frozenset[str]:
    block = _SCRIPTS[charset].common
    if block is None:
        return frozenset()
    first, last, low, high = block
    text = "".join(
        decode_as(charset, bytes((lead, trail)))
        for lead in range(first, last + 1)
        for trail in range(low, high + 1)
        if trail != 0x7F
    )
    return frozenset(char for char in text if char > "\u2e80" and char != REPLACEMENT)


_RUN = re.compile(rb"(?:[\x80-\xff][\x00-\x7f]?)+")


def sample(data: bytes) -> bytes:
    """The parts of data beyond ASCII, from their lead bytes on, apart from each other; at most 8 kB."""
    parts: list[bytes] = []
    size = 0
    for match in _RUN.finditer(data):
        # Cut only between runs: in the middle of one it is not known where a character begins.
        parts.append(match[0][:_SAMPLE])
        size += len(parts[-1])
        if size > _SAMPLE:
            break
    return b"\n".join(parts)


def score(charset: str, part: bytes) -> tuple[float, int]:
    """How much a sample looks like text in a candidate charset, about 0 to 1, and of how many characters."""
    script = _SCRIPTS[charset]
    decoded = decode_as(charset, part)
    text = [char for char in decoded if char > "\x7f"]
    if not text:
        return 0.0, 0
    if charset == "windows-1252":
        return _latin_score(part), len(text)
    frequent, common = script.frequent, _common(charset)
    if charset in _SINGLE:
        # Words of letters beyond ASCII only; a letter on its own is another alphabet's accent.
        words = [run for run in _HIGH.findall(decoded) if len(run) > 1]
        return sum(sum(map(frequent.__contains__, word)) for word in words) / len(text), len(text)
    hits = sum(map(frequent.__contains__, text))
    shared = sum(map(common.__contains__, text))
    middle = sum(1 for char in text if _MIDDLE.match(char))
    bad = sum(
        1
        for char in text
        if char == REPLACEMENT or "\ue000" <= char <= "\uf8ff" or "\uff61" <= char <= "\uff9f"
    )
    # A little text may hold none of the frequent characters by chance, but hardly none of the common.
    return (hits + 0.3 * shared + 0.3 * middle - 2.0 * bad) / len(text), len(text)


def _latin_score(part: bytes) -> float:
    """Western European text has its accents one by one, or two at most, between ASCII letters."""
    good = high = 0
    for run in _HIGH.findall(decode_as("windows-1252", part)):
        high += len(run)
        if len(run) <= 2:
            good += sum(map(_SCRIPTS["windows-1252"].frequent.__contains__, run))
    return 0.9 * good / high if high else 0.0


def best(part: bytes, language: str = "", hints: Iterable[str] = ()) -> tuple[str, float, int]:
    """The likeliest candidate for a sample, its score and its number of characters. A language, and what
    other places said (`hints`), weigh in where the bytes alone are not clear."""
    tag = language.lower().split("-")[0]
    hinted = frozenset(hints)
    found = ("windows-1252", 0.0, 0)
    for charset, script in _SCRIPTS.items():
        points, count = score(charset, part)
        if tag and tag in script.languages:
            points += 0.1
        if charset in hinted:
            points += 0.15
        if points > found[1]:
            found = (charset, points, count)
    return found


def utf16(data: bytes) -> str:
    """`utf-16le` or `utf-16be` when noughts stand at every other byte only, as markup has them; else ''."""
    head = data[:512]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # No other text holds noughts, so a tenth is enough: a Chinese page may have little markup.
    enough = len(head) // 20
    if odd >= max(2, enough) and even * 8 <= odd:
        return "utf-16le"
    if even >= max(2, enough) and odd * 8 <= even:
        return "utf-16be"
    return ""
