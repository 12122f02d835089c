"""Names of people, places and organisations, put together from parts; two sets that share no part."""

from __future__ import annotations

from itertools import product

Parts = tuple[list[str], list[str]]
"""First and last pieces of a name."""

_PARTS: dict[str, dict[str, Parts]] = {
    "en": {
        "person": (
            "Marta Agnes Tobias Lionel Priya Sofia Owen Gideon Ingrid Yasmin Dario Viktor Helena Rosalind Samuel Emeka Beatrix Clara Jonas Henrik Camille Nadia Rashid Otto".split(),
            "Ellison Pruitt Renner Baptiste Nathan Marchetti Castell Hale Solberg Qureshi Vance Dahl Morrow Peake Okoro Duru Lund Voss Whitlock Aas Ferris Tanaka Amari Brandt".split(),
        ),
        "place": (
            "Kest Stan Bren Tor Ostra Wex Fern Ard Lang Lind Marr Harl Tess Esk Quill Salt Dun Rav Veld Orl Sorr Pem Ald Thir".split(),
            "rel mere nick rent vale bridge hill och dale enau low an aly er an cote more sby en ane el broke er sk".split(),
        ),
        "org": (
            "Calder Graystone Northline Zephyr Pinnacle Union Harrow Corvid Ostrand Albany Brightwell Helix Tidewater Sundial Mirador Meridian Vantage Juniper Larkfield Cobalt".split(),
            "Steel Mining Rail Mutual Bank Software Foods Press Motors Pharma Energy Hotels Airlines Oil Telecom Paper".split(),
        ),
    },
    "zh": {
        "person": (
            list("陈顾赵梁林邓周苏徐方何唐沈蒋罗许高曹秦韩"),
            "立群 怀远 婉清 诗雅 文博 国梁 启明 静宜 嘉禾 子恒 建岳 慕白 雨桐 海涛 振海 曼青 思远 以宁 若兰 致和".split(),
        ),
        "place": (
            list("临石云凤青南白翠北柳东望安定龙西海宝松和"),
            "溪 门 岭 鸣 浦 屿 石 微 川 河 陵 江 泽 远 潭 峡 宁 坻 原 顺".split(),
        ),
        "org": (
            "华岳 磐石 远航 疾风 金穗 同济 蓝湾 玄鸟 长河 海天 天衡 康宁 明德 日晷 星联 恒泰 东方 锦程".split(),
            "钢铁 矿业 航空 铁路 银行 保险 科技 软件 汽车 石油 药业 酒店 大学 通信 重工 纸业".split(),
        ),
    },
    "ja": {
        "person": (
            "三浦 桐島 大沢 早乙女 藤代 真壁 西尾 柚木 黒川 榊原 村瀬 白石 長谷部 鴨志田 有馬 堀越 小野寺 菅沼".split(),
            "健二 修 由紀 恵 誠 剛 真理 千夏 俊介 豊 亮 琴音 薫 渉 直樹 彩".split(),
        ),
        "place": (
            "浜 石狩 霧 風 白 港 東 翠 雲 柳 清 夕 八重 南 北 津 高 鳴".split(),
            "崎 浜 島 見 川 南 雲 丘 仙 津 水 張 原 城 見沢 和 森 門".split(),
        ),
        "org": (
            "大和 岩戸 東邦 疾風 みなと 共栄 青葉 海神 北斗 緑光 旭 日時計 明星 烏羽 中央 銀嶺".split(),
            "製鋼 鉱業 航空 鉄道 銀行 保険 自動車 石油 製薬 ホテル 電工 ソフト 大学 製紙 食品 運輸".split(),
        ),
    },
}
_JOINTS = {"en": {"person": " ", "place": "", "org": " "}}
_ENDS = {"zh": ["市", "县", "镇", "区"], "ja": ["市", "町", "村", "港"]}


def names(kind: str, language: str, own: dict[str, dict[str, Parts]] | None = None) -> dict[str, list[str]]:
    """The names of a set in a language, by slot: `tuned` and `held` share these parts between them, another
    set brings its `own`."""
    parts = (own or _PARTS)[language]
    made: dict[str, list[str]] = {}
    for slot, (heads, tails) in parts.items():
        if own is None:
            at = 0 if kind == "tuned" else 1
            heads, tails = heads[at::2], tails[at::2]
        joint = _JOINTS.get(language, {}).get(slot, "")
        made[slot] = [head + joint + tail for head, tail in product(heads, tails)]
        if slot == "place" and language in _ENDS:
            ends = _ENDS[language]
            made[slot] = [name + ends[number % len(ends)] for number, name in enumerate(made[slot])]
    return made
