"""Which feeds the newsroom publishes."""

from __future__ import annotations

from tests.newsroom.feeds import Feed

_ENGLISH = (
    Feed("/feeds/world.rss", "Elder Courier World", "rss2", "en", ("World", "Europe"), rich=True),
    Feed(
        "/feeds/briefs.rss", "Elder Courier Briefs", "stub", "en", ("World", "Asia"), paragraphs=8, rich=True
    ),
    Feed("/feeds/bulletin-091.rss", "Harbour Bulletin", "rss091", "en", ("World", "Archive")),
    Feed("/feeds/bulletin-092.rss", "Tramway Bulletin", "rss092", "en", ("World", "Archive")),
    Feed("/feeds/science.rdf", "Glass Observatory", "rss1", "en", ("Science",)),
    Feed(
        "/feeds/essays.atom", "Long Tide Essays", "atom", "en", ("Culture", "Books"), paragraphs=9, rich=True
    ),
    Feed("/feeds/archive.atom", "Old Letters", "atom03", "en", ("Culture", "Archive")),
    Feed("/feeds/notes.json", "Repair Notes", "json", "en", ("Technology", "Open source")),
    Feed("/feeds/notes-1.0.json", "Repair Notes, the first year", "json10", "en", ("Technology", "Archive")),
    Feed("/feeds/podcast.rss", "Tide Tables, spoken", "podcast", "en", ("Leisure", "Audio"), 12),
    Feed("/feeds/micro.rss", "Heron on the Line", "micro", "en", ("Blogs",), 30),
)

_LANGUAGES = (
    Feed("/feeds/zh/yaowen.rss", "晨星网 · 国内要闻", "rss2", "zh", ("中文", "国内", "要闻"), rich=True),
    Feed("/feeds/zh/keji.atom", "晨星网 · 科技", "atom", "zh", ("中文", "科技")),
    Feed("/feeds/zh/boke.json", "星友博客", "json", "zh", ("中文", "博客")),
    Feed("/feeds/zh-TW/news.rss", "晨星日報", "stub", "zh-TW", ("中文", "臺灣")),
    Feed("/feeds/ja/news.rdf", "北辰新報", "rss1", "ja", ("日本語", "社会")),
    Feed("/feeds/ja/kurashi.atom", "北辰新報・暮らし", "atom", "ja", ("日本語", "暮らし"), rich=True),
    Feed("/feeds/ko/news.rss", "새벽일보", "rss2", "ko", ("한국어", "사회")),
    Feed("/feeds/de/nachrichten.atom", "Nordpost", "atom", "de", ("Deutsch", "Politik")),
    Feed("/feeds/fr/une.rss", "La Dépêche du Quai", "rss2", "fr", ("Français", "Monde"), 16),
    Feed("/feeds/es/portada.rss", "El Correo del Muelle", "rss2", "es", ("Español", "Mundo"), 16),
)


def _legacy(
    name: str, title: str, language: str, codec: str, label: str = "", header: str | None = None
) -> Feed:
    return Feed(f"/feeds/legacy/{name}.rss", title, "rss2", language, ("Legacy",), 16, codec, label, header)


_LEGACY = (
    _legacy("gb2312", "晨星网（GB2312）", "zh", "gb18030", "gb2312"),
    _legacy("gb18030", "晨星网（GB18030）", "zh", "gb18030"),
    _legacy("gb2312-prolog", "晨星网（只有序言）", "zh", "gb18030", "gb2312", ""),
    _legacy("gb2312-lies", "晨星网（头信息有误）", "zh", "gb18030", "gb2312", "iso-8859-1"),
    _legacy("big5", "晨星日報（Big5）", "zh-TW", "big5hkscs", "big5"),
    _legacy("shift_jis", "北辰新報（Shift_JIS）", "ja", "cp932", "shift_jis"),
    _legacy("euc-jp", "北辰新報（EUC-JP）", "ja", "euc_jp", "euc-jp"),
    _legacy("euc-kr", "새벽일보 (EUC-KR)", "ko", "cp949", "euc-kr"),
    _legacy("windows-1252", "Nordpost (Windows)", "de", "cp1252", "iso-8859-1"),
)

FEEDS: tuple[Feed, ...] = _ENGLISH + _LANGUAGES + _LEGACY
