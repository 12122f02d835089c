"""The vocabulary that thresholds are set on."""

from __future__ import annotations

NAME = "tuned"

# language -> slot -> words (people, places and organisations are in `names`)
SLOTS: dict[str, dict[str, list[str]]] = {
    "en": {
        "n": ["12", "17", "23", "34", "41", "56", "68", "120", "300", "450"],
        "thing": ["harbour tunnel", "opera house", "solar park", "city library", "river dam", "tram line"],
        "team": ["Rovers", "Athletic", "Harriers", "Wanderers", "Albion", "United"],
    },
    "zh": {
        "n": ["12", "17", "23", "34", "41", "56", "68", "120", "300", "450"],
        "thing": ["跨海大桥", "歌剧院", "光伏电站", "中央图书馆", "水库大坝", "轻轨二号线"],
        "team": ["雄狮队", "海鹰队", "飞虎队", "蓝鲸队", "银箭队", "赤龙队"],
    },
    "ja": {
        "n": ["12", "17", "23", "34", "41", "56", "68", "120", "300", "450"],
        "thing": ["海底トンネル", "市民ホール", "メガソーラー", "県立図書館", "多目的ダム", "路面電車"],
        "team": ["イーグルズ", "マリナーズ", "レッドベアーズ", "ドルフィンズ", "タイタンズ", "ファルコンズ"],
    },
}

# language -> event kinds: headline templates, deck templates
EVENTS: dict[str, list[tuple[list[str], list[str]]]] = {
    "en": [
        (
            [
                "{Fire|Blaze} {guts|destroys} <org> warehouse in <place>",
                "<n> hurt as {blaze|fire} tears through <org> depot",
                "<place>: <org> warehouse burns, <n> {injured|in hospital}",
                "{Crews|Firefighters} battle {huge|massive} blaze at <org> site in <place>",
                "Warehouse {inferno|fire} in <place> leaves <n> injured",
            ],
            [
                "{Firefighters|Crews} worked through the night at the <org> warehouse in <place>.",
                "The {fire|blaze} at the <org> depot injured <n> people, {officials|police} said.",
                "Smoke from the burning <org> warehouse closed roads around <place>.",
            ],
        ),
        (
            [
                "Strong {quake|earthquake} {shakes|rattles} <place>",
                "{Earthquake|Quake} near <place> damages homes, <n> hurt",
                "<place> {hit|struck} by {strong|powerful} earthquake",
                "At least <n> injured in <place> {tremor|earthquake}",
                "Quake off <place>: {thousands|hundreds} flee homes",
            ],
            [
                "The {earthquake|quake} struck near <place> before dawn and injured <n> people.",
                "{Aftershocks|Tremors} continued to shake <place> as residents left their homes.",
                "Rescuers searched buildings in <place> after the earthquake.",
            ],
        ),
        (
            [
                "<person> resigns as {head|chief} of <org>",
                "<org> {boss|chief executive} <person> {steps down|quits}",
                "<person> {out|to leave} at <org> after {accounting|audit} row",
                "Audit row {forces out|topples} <org> chief <person>",
                "<org> seeks new leader as <person> {goes|departs}",
            ],
            [
                "<person> {resigned|stepped down} as head of <org> after an audit found irregularities.",
                "The board of <org> accepted the resignation of <person>.",
                "Shares in <org> fell after <person> announced the departure.",
            ],
        ),
        (
            [
                "<place> council {approves|backs} <thing>",
                "<thing> in <place> {gets|wins} green light",
                "Councillors {vote for|say yes to} {disputed|contested} <thing> at <place>",
                "<place> to {build|get} <thing> after {narrow|close} vote",
                "{Narrow|Close} vote clears way for <place> <thing>",
            ],
            [
                "The council in <place> {approved|voted for} the <thing> by a narrow majority.",
                "Work on the <thing> in <place> is to begin next year.",
                "Opponents of the <thing> said they would go to court.",
            ],
        ),
        (
            [
                "<org> to {cut|axe} <n>00 jobs in <place>",
                "<n>00 {workers|staff} to lose jobs at <org>",
                "{Job cuts|Layoffs} at <org>: <place> plant {hit hardest|to close}",
                "<org> {closes|shuts} <place> plant, <n>00 jobs go",
                "Unions {angry|protest} as <org> {axes|cuts} jobs",
            ],
            [
                "<org> said it would cut <n>00 jobs and close its plant in <place>.",
                "Unions called the job cuts at <org> a betrayal of <place>.",
                "The layoffs at <org> are the largest in <place> for decades.",
            ],
        ),
        (
            [
                "<team> {beat|defeat} {rivals|holders} to {win|lift} cup in <place>",
                "<person> {scores|nets} {winner|late goal} as <team> take cup",
                "Cup glory for <team> {thanks to|after} <person> {winner|goal}",
                "<place> final: <person> goal {seals|wins} cup for <team>",
                "Late <person> strike gives <team> the cup",
            ],
            [
                "<person> scored in the last minute as <team> won the cup final in <place>.",
                "<team> {celebrated|lifted} the cup after a goal by <person>.",
                "It was the first cup for <team> since the club was founded.",
            ],
        ),
        (
            [
                "{Ferry|Passenger ferry} {sinks|capsizes} off <place>, <n> missing",
                "<n> missing after ferry {sinks|goes down} near <place>",
                "{Search|Rescue} {under way|goes on} after <place> ferry {disaster|sinking}",
                "Ferry with <n> {aboard|passengers} lost off <place>",
                "<place> ferry {sinking|capsize}: divers {search|scour} wreck",
            ],
            [
                "The ferry {sank|capsized} in heavy seas off <place> with <n> people missing.",
                "Divers and the coast guard searched for passengers of the ferry near <place>.",
                "The ferry was on its way to <place> when it began to list.",
            ],
        ),
        (
            [
                "{Scientists|Researchers} at <org> {find|discover} {new|unknown} {antibiotic|drug}",
                "<org> {team|lab}'s antibiotic kills {resistant germs|superbugs}",
                "{New|Novel} antibiotic from <org> {raises hopes|beats superbugs}",
                "<person> of <org> {hails|presents} antibiotic {breakthrough|discovery}",
                "Superbugs {meet their match|beaten} in <org> antibiotic {trial|study}",
            ],
            [
                "A team led by <person> at <org> {found|isolated} an antibiotic that kills resistant germs.",
                "The antibiotic found at <org> worked against superbugs in mice.",
                "Trials of the antibiotic in patients are years away, <person> said.",
            ],
        ),
    ],
    "zh": [
        (
            [
                "<place><org>仓库{突发|发生}大火 <n>人受伤",
                "<org>仓库失火致<n>人{受伤|入院}",
                "{消防员|消防}彻夜扑救<place>仓库大火",
                "<place>一仓库起火 <org>{称正在调查|停产}",
                "大火{烧毁|吞噬}<org>在<place>的仓库",
            ],
            [
                "<place>的<org>仓库昨晚起火，{消防员|消防部门}彻夜扑救。",
                "火灾造成<n>人受伤，<org>表示正在调查起火原因。",
                "<org>仓库的浓烟一度笼罩<place>。",
            ],
        ),
        (
            [
                "<place>发生{强烈|6级}地震 <n>人受伤",
                "地震{袭击|重创}<place> 居民{连夜|紧急}撤离",
                "<place>附近{海域|山区}地震 多处房屋{倒塌|受损}",
                "<place>地震已致<n>人受伤",
                "{救援队|搜救队}赶赴<place>震区",
            ],
            [
                "{强烈|6级}地震凌晨袭击<place>，造成<n>人受伤。",
                "<place>余震不断，居民在空地过夜。",
                "救援人员在<place>倒塌的房屋中搜寻。",
            ],
        ),
        (
            [
                "<person>辞去<org>{董事长|总裁}职务",
                "<org>{董事长|总裁}<person>{辞职|离任}",
                "审计风波后<person>{离开|告别}<org>",
                "<org>审计{丑闻|风波}：<person>{引咎辞职|下台}",
                "<person>{请辞|辞职} <org>股价{大跌|重挫}",
            ],
            [
                "审计发现账目问题后，<person>宣布辞去<org>职务。",
                "<org>董事会接受了<person>的辞呈。",
                "<person>离任的消息令<org>股价下跌。",
            ],
        ),
        (
            [
                "<place>{批准|通过}<thing>项目",
                "<thing>落户<place> {环评|规划}获批",
                "<place><thing>将于明年{开工|动工}",
                "{备受争议|争议多年}的<thing>在<place>{过关|获批}",
                "<place>人大{投票|表决}通过<thing>方案",
            ],
            [
                "<place>以微弱多数{通过|批准}了<thing>项目。",
                "<thing>预计明年在<place>动工。",
                "反对<thing>的居民表示将提起诉讼。",
            ],
        ),
        (
            [
                "<org>{宣布|计划}裁员<n>00人 {关闭|关停}<place>工厂",
                "<org><place>工厂将关闭 <n>00人{失业|下岗}",
                "<org>大裁员 工会{抗议|不满}",
                "<n>00名<org>{员工|工人}面临失业",
                "<place>厂{停产|关停} <org>裁员<n>00人",
            ],
            [
                "<org>宣布关闭<place>工厂，裁员<n>00人。",
                "工会称<org>的裁员决定背弃了<place>。",
                "这是<place>数十年来最大规模的裁员。",
            ],
        ),
        (
            [
                "<team>{击败|战胜}对手 在<place>夺冠",
                "<person>{绝杀|读秒进球} <team>捧杯",
                "<team>夺得{足协杯|冠军} <person>{立功|建功}",
                "<place>决赛：<person>{进球|破门}助<team>登顶",
                "<team>{加冕|登顶} 全靠<person>补时{绝杀|进球}",
            ],
            [
                "<person>在补时阶段进球，帮助<team>在<place>夺冠。",
                "<team>历史上首次捧起冠军奖杯。",
                "赛后<person>与<team>队友绕场庆祝。",
            ],
        ),
        (
            [
                "<place>海域{客轮|渡轮}沉没 <n>人失踪",
                "一艘渡轮在<place>附近{倾覆|沉没}",
                "<place>沉船{事故|事件}：{搜救|打捞}仍在继续",
                "<n>人失踪 <place>渡轮{倾覆|沉没}",
                "潜水员{下水|潜入}搜寻<place>沉船",
            ],
            [
                "渡轮在<place>附近海域{沉没|倾覆}，<n>人失踪。",
                "海警和潜水员在<place>海域搜寻渡轮乘客。",
                "渡轮驶往<place>途中突遇大浪。",
            ],
        ),
        (
            [
                "<org>{研究团队|科学家}发现新型抗生素",
                "新抗生素{可杀灭|对付}超级细菌 <org>{发布|公布}成果",
                "<org><person>团队{找到|发现}抗生素",
                "超级细菌有{克星|对手}了 <org>抗生素{问世|亮相}",
                "<person>：新型抗生素离{临床|患者}还有数年",
            ],
            [
                "<org><person>团队分离出一种能杀灭耐药菌的抗生素。",
                "<org>的新型抗生素在小鼠实验中对超级细菌有效。",
                "<person>表示抗生素进入临床还需数年。",
            ],
        ),
    ],
    "ja": [
        (
            [
                "<place>の<org>倉庫で火災 <n>人けが",
                "<org>の倉庫{全焼|炎上}、<place>",
                "倉庫火災で<n>人が{負傷|搬送} <org>",
                "<place>の倉庫で{大規模|激しい}火災、消火続く",
                "<org>倉庫が{燃える|全焼} {消防|警察}が原因調査",
            ],
            [
                "<place>にある<org>の倉庫で火災が発生し、<n>人がけがをした。",
                "消防は<place>の倉庫で夜通し消火に当たった。",
                "<org>は倉庫火災の原因を調べている。",
            ],
        ),
        (
            [
                "<place>で{震度6弱|強い}地震 <n>人けが",
                "{強い地震|地震}、<place>を襲う",
                "<place>の地震で家屋{倒壊|損壊}、住民避難",
                "<place>地震 {救助隊|救助}活動続く",
                "<n>人けが <place>で未明に地震",
            ],
            [
                "未明に<place>で強い地震があり、<n>人がけがをした。",
                "<place>では余震が続き、住民が避難した。",
                "救助隊が<place>の倒壊家屋を捜索している。",
            ],
        ),
        (
            [
                "<org>の<person>{社長|会長}が辞任",
                "<person>氏、<org>{社長|会長}を{退任|辞任}へ",
                "{不正会計|会計不正}で<org>トップ<person>氏辞任",
                "<org>、<person>氏の辞任を{発表|了承}",
                "<org>株{急落|下落} <person>氏の辞任で",
            ],
            [
                "不正会計を受けて<org>の<person>氏が辞任した。",
                "<org>の取締役会は<person>氏の辞任を了承した。",
                "<person>氏辞任の発表で<org>の株価が下落した。",
            ],
        ),
        (
            [
                "<place>、<thing>計画を{承認|可決}",
                "<thing>建設、<place>議会が可決",
                "賛否割れた<thing>、<place>で着工へ",
                "<place>の<thing>、来年{着工|建設開始}",
                "僅差で可決 <place>の<thing>{計画|建設}",
            ],
            [
                "<place>の議会は<thing>の計画を僅差で可決した。",
                "<thing>は来年、<place>で着工する。",
                "<thing>に反対する住民は提訴する方針だ。",
            ],
        ),
        (
            [
                "<org>、<place>工場を閉鎖 <n>00人削減",
                "<org>が<n>00人の人員{削減|整理}",
                "<place>工場閉鎖へ <org>労組が{反発|抗議}",
                "<n>00人が職失う <org>の<place>工場",
                "<org>リストラ、<place>に{衝撃|波紋}",
            ],
            [
                "<org>は<place>工場を閉鎖し、<n>00人を削減すると発表した。",
                "労組は<org>の人員削減に反発している。",
                "<place>では過去最大の人員削減となる。",
            ],
        ),
        (
            [
                "<team>が{優勝|初優勝} <person>が決勝{弾|点}",
                "<person>決勝ゴール、<team>に栄冠",
                "<place>での決勝、<team>が制す",
                "<team>が頂点に <person>が{終了間際|土壇場}に得点",
                "<person>の一撃で<team>が優勝",
            ],
            [
                "<person>が終了間際に決め、<team>が<place>での決勝を制した。",
                "<team>の優勝は創設以来初めて。",
                "優勝を決めた<team>の<person>は涙を見せた。",
            ],
        ),
        (
            [
                "<place>沖で{フェリー|旅客船}沈没 <n>人不明",
                "フェリー{転覆|沈没}、<n>人の行方不明 <place>沖",
                "<place>沖のフェリー沈没、捜索{続く|難航}",
                "沈没フェリーを{潜水士|海保}が捜索 <place>",
                "<n>人不明のフェリー事故、<place>沖",
            ],
            [
                "<place>沖でフェリーが沈没し、<n>人が行方不明になっている。",
                "海上保安庁が<place>沖でフェリーの乗客を捜索している。",
                "フェリーは<place>に向かう途中で傾いた。",
            ],
        ),
        (
            [
                "<org>、新しい抗生物質を発見",
                "耐性菌に効く抗生物質 <org>が{発見|発表}",
                "<org>の<person>教授ら新抗生物質",
                "<person>教授「臨床は数年先」 新抗生物質",
                "耐性菌に{効果|有効} <org>の抗生物質",
            ],
            [
                "<org>の<person>教授らが耐性菌に効く抗生物質を発見した。",
                "<org>の抗生物質はマウスの実験で耐性菌に効果を示した。",
                "<person>教授は抗生物質の臨床応用は数年先とみる。",
            ],
        ),
    ],
}

# Other matters of the same people and places.
DISTRACTORS: dict[str, list[str]] = {
    "en": [
        "<person>: my life in gardens",
        "Interview: <person> on childhood and music",
        "Where to eat in <place> this weekend",
        "<place> rents {rise|climb} again",
        "<org> {sponsors|backs} youth orchestra",
        "<org> opens {visitor centre|museum} in <place>",
        "<team> sign new kit deal",
        "Walking the old town of <place>",
        "<person> to speak at <place> book fair",
        "School choir from <place> tours abroad",
        "<org> publishes history of its founders",
        "<team> captain <person> has knee surgery",
        "Photo essay: the market of <place>",
        "<person> buys farmhouse near <place>",
    ],
    "zh": [
        "<person>：我与园艺的三十年",
        "专访<person>：谈童年与音乐",
        "周末去<place>吃什么",
        "<place>房租再度上涨",
        "<org>赞助青少年交响乐团",
        "<org>在<place>开设博物馆",
        "<team>签下新球衣赞助",
        "漫步<place>老街",
        "<person>将出席<place>书展",
        "<place>合唱团赴海外巡演",
        "<org>出版创始人传记",
        "<team>队长<person>接受膝盖手术",
        "图集：<place>早市",
        "<person>在<place>买下老宅",
    ],
    "ja": [
        "<person>さんに聞く 庭と暮らし",
        "インタビュー：<person>、音楽を語る",
        "週末に歩く<place>の路地",
        "<place>の家賃、また上昇",
        "<org>が少年オーケストラを支援",
        "<org>、<place>に記念館を開設",
        "<team>が新ユニホーム発表",
        "<place>の朝市を訪ねて",
        "<person>氏、<place>の読書会に登壇",
        "<place>の合唱団が海外公演",
        "<org>が創業者の伝記を出版",
        "<team>の<person>がひざを手術",
        "写真で見る<place>の四季",
        "<person>氏が<place>に古民家を購入",
    ],
}
