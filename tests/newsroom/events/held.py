"""The held-out vocabulary: nothing of the program was set by looking at how it fares on this one."""

from __future__ import annotations

NAME = "held"

SLOTS: dict[str, dict[str, list[str]]] = {
    "en": {
        "n": ["9", "14", "19", "27", "38", "52", "75", "110", "260"],
        "thing": ["wolf", "comet", "painting", "shipwreck", "manuscript"],
        "law": ["rent cap", "plastic ban", "night flight ban", "school reform", "water tax"],
    },
    "zh": {
        "n": ["9", "14", "19", "27", "38", "52", "75", "110", "260"],
        "thing": ["野狼", "彗星", "名画", "古沉船", "手稿"],
        "law": ["限租令", "禁塑令", "夜航禁令", "学区改革", "水资源税"],
    },
    "ja": {
        "n": ["9", "14", "19", "27", "38", "52", "75", "110", "260"],
        "thing": ["オオカミ", "彗星", "名画", "沈没船", "手稿"],
        "law": ["家賃規制", "プラスチック禁止", "夜間飛行禁止", "学区再編", "水道税"],
    },
}

EVENTS: dict[str, list[tuple[list[str], list[str]]]] = {
    "en": [
        (
            [
                "<org> train {derails|leaves rails} near <place>, <n> hurt",
                "<n> {injured|hurt} in <place> train {crash|derailment}",
                "Derailment at <place>: <org> {blames|points to} broken rail",
                "Passengers {freed|pulled} from derailed train at <place>",
                "{Broken|Cracked} rail {suspected|blamed} in <place> derailment",
            ],
            [
                "A train of <org> came off the rails near <place>, injuring <n> passengers.",
                "Investigators found a broken rail where the train derailed at <place>.",
                "The line through <place> stays closed after the derailment.",
            ],
        ),
        (
            [
                "{Hackers|Attackers} {steal|take} data of <n>0,000 <org> customers",
                "<org> {admits|confirms} data {breach|theft}",
                "{Data breach|Hack} at <org>: customers {warned|told to change passwords}",
                "<n>0,000 hit by <org> {hack|breach}",
                "<org> hack: regulator {opens|starts} inquiry",
            ],
            [
                "Hackers took names and card numbers of <n>0,000 customers of <org>.",
                "<org> confirmed the data breach and told customers to change passwords.",
                "The regulator opened an inquiry into the hack at <org>.",
            ],
        ),
        (
            [
                "{Parliament|Lawmakers} {pass|passes} <law> after {long|heated} debate",
                "<law> {becomes law|clears last hurdle}",
                "<person> {hails|celebrates} <law> vote",
                "Opposition {vows|plans} to overturn <law>",
                "<law>: what changes after {parliament|today}'s vote",
            ],
            [
                "Parliament passed the <law> that minister <person> had proposed.",
                "The <law> takes effect in spring; the opposition wants to overturn it.",
                "Minister <person> called the vote on the <law> historic.",
            ],
        ),
        (
            [
                "Court {jails|sentences} <person> for {fraud|embezzlement}",
                "<person> gets <n> months over <org> {fraud|millions}",
                "{Fraud|Embezzlement} trial: <person> found guilty",
                "<org> {case|trial} ends with {jail|prison} for <person>",
                "Judge {sends|commits} <person> to prison for <n> months",
            ],
            [
                "A court sentenced <person> to <n> months for taking money from <org>.",
                "<person> was found guilty of fraud against <org>.",
                "Lawyers for <person> said they would appeal the fraud verdict.",
            ],
        ),
        (
            [
                "{Lost|Missing} <thing> {found|turns up} near <place>",
                "<person> {discovers|finds} <thing> at <place>",
                "{Experts|Museum} {stunned|amazed} by <thing> {found|discovered} in <place>",
                "<place> <thing>: {experts|scholars} {divided|doubt}",
                "How <person> came upon the <thing> of <place>",
            ],
            [
                "<person> came upon the <thing> near <place> while on a walk.",
                "Experts will study the <thing> found at <place>.",
                "The <thing> from <place> may be centuries old, experts said.",
            ],
        ),
        (
            [
                "{Floods|Floodwater} {swamp|cover} <place>, <n> {dead|drowned}",
                "<n> die as river {bursts banks|floods} <place>",
                "{Thousands|Families} evacuated from flooded <place>",
                "<place> {under water|flooded} after record rain",
                "Army {sent|called} to flooded <place>",
            ],
            [
                "Record rain flooded <place> and killed <n> people.",
                "The army evacuated families from the flooded streets of <place>.",
                "The river at <place> rose by four metres after days of rain.",
            ],
        ),
    ],
    "zh": [
        (
            [
                "<org>列车在<place>{脱轨|出轨} <n>人受伤",
                "<place>列车脱轨{事故|事件}致<n>人{受伤|送医}",
                "<place>脱轨：钢轨断裂{或为主因|成疑点}",
                "<org>{回应|通报}列车出轨",
                "{断轨|钢轨断裂}酿<place>列车事故",
            ],
            [
                "<org>一列列车在<place>附近脱轨，<n>名乘客受伤。",
                "调查人员在<place>发现断裂的钢轨。",
                "列车脱轨后，途经<place>的线路仍然关闭。",
            ],
        ),
        (
            [
                "黑客{窃取|盗走}<org><n>万客户{数据|信息}",
                "<org>{承认|证实}数据{泄露|外泄}",
                "<org>遭黑客攻击 {提醒|敦促}客户改密码",
                "<n>万人受<org>数据泄露影响",
                "监管{介入|调查}<org>数据泄露",
            ],
            [
                "黑客盗取了<org><n>万名客户的姓名和卡号。",
                "<org>证实数据泄露，提醒客户修改密码。",
                "监管部门对<org>遭黑客攻击一事展开调查。",
            ],
        ),
        (
            [
                "议会{表决通过|通过}<law>",
                "<law>{正式生效|过最后一关}",
                "<person>：<law>意义{重大|深远}",
                "反对派{誓言|计划}推翻<law>",
                "<law>落地后有何变化",
            ],
            [
                "议会通过了部长<person>提出的<law>。",
                "<law>将于春季生效，反对派表示要推翻。",
                "部长<person>称<law>的表决具有历史意义。",
            ],
        ),
        (
            [
                "<person>因{诈骗|侵吞公款}获刑",
                "<person>{被判|获刑}<n>个月 涉<org>案",
                "<org>{诈骗案|侵吞案}宣判 <person>有罪",
                "法院{判处|宣判}<person>入狱<n>个月",
                "<person>不服{诈骗|一审}判决 将上诉",
            ],
            [
                "法院认定<person>侵吞<org>资金，判处<n>个月监禁。",
                "<person>诈骗<org>一案宣判有罪。",
                "<person>的律师称将对诈骗判决提出上诉。",
            ],
        ),
        (
            [
                "失踪{多年|已久}的<thing>在<place>{现身|重现}",
                "<person>在<place>发现<thing>",
                "<place>{发现|惊现}<thing> 专家{震惊|意见不一}",
                "<thing>是真是假？<place>{发现|现场}引争论",
                "<person>讲述<place><thing>{发现经过|奇遇}",
            ],
            [
                "<person>散步时在<place>附近发现了<thing>。",
                "专家将研究在<place>发现的<thing>。",
                "专家称<place>的<thing>可能有数百年历史。",
            ],
        ),
        (
            [
                "洪水{淹没|围困}<place> <n>人遇难",
                "<place>{暴雨|特大暴雨}成灾 已致<n>人死亡",
                "<place>河水{漫堤|决口} 居民{转移|撤离}",
                "军队{驰援|进驻}<place>洪灾现场",
                "<place>成泽国 {军队|部队}转移{居民|群众}",
            ],
            [
                "特大暴雨引发洪水，<place>有<n>人遇难。",
                "军队从<place>被淹街道转移居民。",
                "连日暴雨使<place>河水上涨四米。",
            ],
        ),
    ],
    "ja": [
        (
            [
                "<org>の列車が<place>で脱線 <n>人けが",
                "<place>の列車脱線、<n>人{けが|搬送}",
                "レール{破断|亀裂}か <place>の脱線事故",
                "脱線列車から乗客{救出|脱出} <place>",
                "<org>、<place>脱線で{謝罪|会見}",
            ],
            [
                "<org>の列車が<place>付近で脱線し、乗客<n>人がけがをした。",
                "<place>の脱線現場で破断したレールが見つかった。",
                "脱線事故で<place>を通る路線は運休が続く。",
            ],
        ),
        (
            [
                "<org>、<n>万人分の{情報|個人情報}流出",
                "<org>に{サイバー攻撃|不正アクセス} 個人情報流出",
                "<n>万人の情報流出 <org>が{発表|公表}",
                "情報流出の<org>、パスワード変更{呼びかけ|を要請}",
                "監督官庁が<org>を調査 情報流出で",
            ],
            [
                "不正アクセスで<org>の顧客<n>万人分の個人情報が流出した。",
                "<org>は情報流出を認め、パスワードの変更を呼びかけた。",
                "監督官庁は<org>の情報流出について調査を始めた。",
            ],
        ),
        (
            [
                "<law>法が成立",
                "<law>、{国会|本会議}で可決",
                "<person>大臣、<law>の可決を{歓迎|評価}",
                "野党、<law>の{撤回|廃止}求める",
                "<law>で暮らしは{どう変わる|変わるか}",
            ],
            [
                "<person>大臣が提案した<law>が国会で可決された。",
                "<law>は春に施行され、野党は廃止を求めている。",
                "<person>大臣は<law>の可決を歴史的と述べた。",
            ],
        ),
        (
            [
                "<person>被告に実刑 <org>{横領|詐欺}",
                "<org>横領事件、<person>被告に有罪",
                "<person>被告に懲役<n>月の判決",
                "<org>の{横領|詐欺}で実刑判決 <person>被告",
                "<person>被告側、{横領|実刑}判決に控訴へ",
            ],
            [
                "裁判所は<org>の資金を横領した<person>被告に実刑を言い渡した。",
                "<org>横領事件の判決で<person>被告は有罪となった。",
                "<person>被告の弁護側は横領の判決に控訴する。",
            ],
        ),
        (
            [
                "行方不明の<thing>、<place>で{発見|見つかる}",
                "<person>さんが<thing>{発見|見つける} <place>",
                "<place>の<thing>に専門家{驚き|注目}",
                "<thing>は本物か <place>の発見に{異論|疑問}",
                "<place>で見つかった<thing>、{鑑定|調査}へ",
            ],
            [
                "<person>さんが散歩中に<place>で<thing>を見つけた。",
                "専門家が<place>で見つかった<thing>を調べる。",
                "<place>の<thing>は数百年前のものとみられる。",
            ],
        ),
        (
            [
                "<place>で{洪水|大洪水} <n>人死亡",
                "{豪雨|記録的豪雨}で<place>が冠水、<n>人死亡",
                "<place>の川が{氾濫|決壊}、住民避難",
                "冠水の<place>に自衛隊{派遣|出動}",
                "洪水の<place>、住民を{救助|避難}",
            ],
            [
                "記録的豪雨で<place>が洪水に見舞われ、<n>人が死亡した。",
                "自衛隊が<place>の冠水地域から住民を救助した。",
                "<place>の川は豪雨で4メートル上昇し氾濫した。",
            ],
        ),
    ],
}

DISTRACTORS: dict[str, list[str]] = {
    "en": [
        "<person> {opens|launches} cookery school",
        "<person> reads from new memoir in <place>",
        "A {weekend|day} in <place>: cafes and views",
        "<place> marathon draws record field",
        "<org> names stadium in <place>",
        "<org> {raises|pays} dividend",
        "<person> and the art of listening",
        "Old cinema in <place> reopens",
        "<org> moves headquarters to <place>",
        "Podcast: <person> on failure",
        "<place> named friendliest town",
        "<org> hires <n> apprentices",
    ],
    "zh": [
        "<person>开办烹饪学校",
        "<person>在<place>朗读新回忆录",
        "<place>一日游：咖啡与风景",
        "<place>马拉松报名创纪录",
        "<org>冠名<place>体育场",
        "<org>上调股息",
        "<person>与倾听的艺术",
        "<place>老影院重新开业",
        "<org>总部迁往<place>",
        "播客：<person>谈失败",
        "<place>获评最友善小城",
        "<org>招收<n>名学徒",
    ],
    "ja": [
        "<person>さん、料理教室を開く",
        "<person>さんが<place>で回想録を朗読",
        "<place>で過ごす一日 喫茶店と眺め",
        "<place>マラソン、過去最多の参加",
        "<org>、<place>の球場に命名権",
        "<org>が増配",
        "<person>さんの聞く技術",
        "<place>の老舗映画館が再開",
        "<org>が本社を<place>へ移転",
        "ポッドキャスト：<person>、失敗を語る",
        "<place>が住みやすい町に",
        "<org>が見習い<n>人を採用",
    ],
}
