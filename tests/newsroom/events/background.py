"""What else stands in the papers: subjects, what they do and under which circumstances, put together by chance,
so that any two articles may share a phrase, and seldom two. Columns come again under the same name."""

from __future__ import annotations

import re
from random import Random
from types import ModuleType

_SLOT = re.compile(r"<(\w+)>")

# set -> language -> (subjects, predicates, circumstances)
WORDS: dict[str, dict[str, tuple[list[str], list[str], list[str]]]] = {
    "tuned": {
        "en": (
            "beekeepers;village bakers;night-shift nurses;apple growers;amateur astronomers;lighthouse keepers;bus drivers;choir leaders;piano tuners;young farmers;retired sailors;map collectors;street musicians;school cooks;bicycle couriers;glass blowers;watchmakers;pond swimmers;chess veterans;puppet makers;rooftop gardeners;bird ringers;bookbinders;cheese makers;stone masons;tram fans;kite flyers;allotment holders;barbers;woodland rangers;sign painters;weavers;mushroom pickers;model builders;dialect poets;dance teachers".split(
                ";"
            ),
            "rediscover old recipes;fear a short season;teach newcomers;win a long dispute;share their secrets;complain of noise;plan a reunion;test new tools;collect signatures;break a record;ask for shelter;change their timetable;publish a diary;open their doors;count their losses;celebrate centenary;give up plastic;return to paper;find unlikely allies;train apprentices;swap seeds;raise prices;restore a workshop;draw crowds".split(
                ";"
            ),
            "after a wet summer;despite rising costs;on the coast road;for the first time;in the capital;before the holidays;at the old mill;with help from pupils;under new rules;by candlelight;along the canal;in spite of doubts;over three generations;at half price;among the hills;while tourists stay away;thanks to a legacy;without a permit;on the radio;near the border;in all weathers;for charity;by the harbour wall;after a decade".split(
                ";"
            ),
        ),
        "zh": (
            "养蜂人;乡村面包师;夜班护士;果农;天文爱好者;灯塔看守人;公交司机;合唱指挥;调琴师;青年农民;退休水手;地图藏家;街头乐手;食堂厨师;骑手;吹玻璃匠;钟表匠;冬泳者;老棋手;木偶艺人;屋顶园丁;护鸟志愿者;装帧师;奶酪师傅;石匠;电车迷;风筝高手;菜园邻居;理发师;护林员;招牌画师;织布人;采菇人;模型玩家;方言诗人;舞蹈老师".split(
                ";"
            ),
            "重拾老手艺;担心收成;收下新学徒;打赢一场官司;公开独门秘方;抱怨噪音;筹备聚会;试用新工具;征集签名;刷新纪录;寻找新家;调整作息;出版日记;敞开大门;清点损失;迎来百年;告别塑料;重回纸笔;结识意外盟友;培训新人;交换种子;上调价格;修缮作坊;吸引人潮".split(
                ";"
            ),
            "在多雨的夏天之后;在成本上涨之际;沿海公路旁;破天荒头一回;省城街头;赶在假期之前;老磨坊里;有学生帮忙;按新规办理;烛光之下;运河两岸;不顾质疑;历经三代;半价优惠;群山之间;游客稀少的季节;靠一笔遗赠;未获许可;电台节目中;边境附近;风雨无阻;为慈善募捐;码头墙边;时隔十年".split(
                ";"
            ),
        ),
        "ja": (
            "養蜂家;村のパン職人;夜勤の看護師;果樹農家;天文愛好家;灯台守;路線バス運転手;合唱指揮者;調律師;若手農家;元船員;古地図収集家;大道芸人;給食調理員;自転車便;ガラス職人;時計職人;寒中水泳会;ベテラン棋士;人形作家;屋上庭師;野鳥観察会;製本職人;チーズ工房;石工;電車ファン;凧名人;市民農園;理髪店主;森林監視員;看板絵師;機織り;きのこ採り;模型作家;方言詩人;舞踊教師".split(
                ";"
            ),
            "古い製法を復活;不作を心配;新人を指導;長年の争いに勝つ;秘伝を公開;騒音に苦情;同窓会を計画;新しい道具を試す;署名を集める;記録を更新;移転先を探す;時刻を変更;日記を出版;工房を開放;損失を数える;百年を祝う;脱プラを宣言;紙に回帰;意外な仲間と出会う;弟子を育てる;種を交換;値上げへ;作業場を修復;人波を呼ぶ".split(
                ";"
            ),
            "雨の夏の後に;費用高騰でも;海岸通りで;初の試み;都心で;連休を前に;古い水車小屋で;児童も手伝い;新制度の下;ろうそくの明かりで;運河沿いで;疑問の声をよそに;三代にわたり;半額で;山あいで;観光客が減る中;遺贈を元手に;無許可のまま;ラジオで;国境近くで;雨の日も風の日も;慈善のため;港の岸壁で;十年ぶりに".split(
                ";"
            ),
        ),
    },
    "held": {
        "en": (
            "ferry pilots;soap makers;night porters;olive growers;rock climbers;librarians;truckers;brass bands;violin makers;shepherds;deep divers;stamp dealers;jugglers;hospital clowns;postal workers;potters;locksmiths;rowers;bridge players;mime artists;beer brewers;bat watchers;typesetters;butchers;roofers;railway clubs;falconers;tenants;tailors;park wardens;tattooists;felt makers;truffle hunters;toy menders;slam poets;skating coaches".split(
                ";"
            ),
            "revive a custom;expect fewer orders;welcome beginners;lose an appeal;reveal a trick;protest at fees;meet after years;try out robots;send a petition;miss the target;seek a hall;extend their hours;print a calendar;invite neighbours;report thefts;mark the jubilee;save water;turn to radio;gain supporters;hire students;lend machines;halve the fees;repair the roof;fill the square".split(
                ";"
            ),
            "during a mild winter;as demand falls;on the ring road;once again;in the suburbs;ahead of elections;in the old brewery;with army surplus;by court order;at midnight;beside the lake;against all advice;since their youth;free of charge;in the valley;while shops close;after a donation;without insurance;on television;in the delta;whatever the weather;for refugees;behind the station;after the reform".split(
                ";"
            ),
        ),
        "zh": (
            "渡轮领航员;制皂人;夜间门房;橄榄种植户;攀岩者;图书管理员;卡车司机;铜管乐队;制琴师;牧羊人;深潜员;集邮商;杂耍艺人;小丑医生;邮递员;陶艺人;锁匠;赛艇队;桥牌选手;默剧演员;酿酒师;观鸟人;排字工;肉铺老板;屋顶工;铁路俱乐部;驯鹰人;租户;裁缝;公园管理员;纹身师;制毡人;松露猎人;修玩具的人;说唱诗人;滑冰教练".split(
                ";"
            ),
            "复兴旧俗;预计订单减少;欢迎初学者;上诉失败;道破玄机;抗议收费;多年后重逢;试用机器人;递交请愿书;未达目标;寻觅场地;延长营业;印制年历;邀请邻里;报告失窃;庆祝周年;节约用水;转向广播;赢得支持;雇用学生;出借机器;减半收费;修补屋顶;挤满广场".split(
                ";"
            ),
            "在暖冬里;需求下滑之时;环城路边;又一次;郊外;选举前夕;旧酒厂内;用军队剩余物资;按法院裁定;午夜时分;湖畔;不听劝告;自青年时代起;免费开放;山谷中;商铺关门之际;一笔捐款之后;没有保险;电视上;三角洲地带;无论天气如何;为难民;车站后街;改革之后".split(
                ";"
            ),
        ),
        "ja": (
            "連絡船の船長;石けん職人;夜間守衛;オリーブ農家;登山家;図書館司書;長距離運転手;吹奏楽団;弦楽器職人;羊飼い;潜水士;切手商;曲芸師;病院の道化師;郵便配達員;陶芸家;錠前師;ボート部;ブリッジ愛好家;無言劇の俳優;醸造家;コウモリ研究会;植字工;精肉店;屋根職人;鉄道クラブ;鷹匠;借家人;仕立て屋;公園管理人;彫り師;フェルト作家;トリュフ狩り;おもちゃ医者;即興詩人;スケート指導者".split(
                ";"
            ),
            "風習をよみがえらせる;注文減を見込む;初心者を歓迎;控訴審で敗れる;種明かし;料金に抗議;久々に集まる;ロボットを試す;請願を提出;目標に届かず;会場を探す;営業を延長;暦を印刷;近所を招く;盗難を届け出;節目を祝う;節水に努める;放送に進出;支持を広げる;学生を雇う;機械を貸し出す;料金を半減;屋根を直す;広場を埋める".split(
                ";"
            ),
            "暖冬で;需要減の中;環状道路で;またも;郊外で;選挙を前に;旧醸造所で;払い下げ品を使い;裁判所の命令で;真夜中に;湖畔で;忠告を聞かず;若い頃から;無料で;谷間で;商店が閉まる中;寄付を受けて;無保険のまま;テレビで;三角州で;どんな天気でも;難民のため;駅裏で;改革の後".split(
                ";"
            ),
        ),
    },
}

COLUMNS: dict[str, list[str]] = {
    "en": [
        "Letters to the editor",
        "Cartoon of the day",
        "Your horoscope",
        "Weather at a glance",
        "Crossword <m>",
        "Corrections and clarifications",
        "Morning briefing",
    ],
    "zh": ["读者来信", "今日漫画", "每日星座", "天气一览", "填字游戏第<m>期", "更正与说明", "早间快讯"],
    "ja": [
        "読者の声",
        "きょうの漫画",
        "星占い",
        "天気の概況",
        "クロスワード第<m>回",
        "訂正とおわび",
        "朝のひとこと",
    ],
}


_HEADS = {
    "en": "Al Ban Cor Dun Ell Far Gar Hol Inch Kel Lor Mar Nor Os Pel Quar Ros Sel Thur Ul Ver Wil Yar Zel".split(),
    "zh": list("青云龙凤平安永乐兴隆长石玉金银梅竹松柏桃杏莲荷兰桂枫榆桑麦禾"),
    "ja": list("青霧滝岩砂波松杉桜梅桐栗柏榎楠榊鶴亀鷺鴨鹿熊狐兎星月雪霜"),
}
_TAILS = {
    "en": "bury combe field ford gate ham hurst leigh mouth ness port ridge stead stow thorpe ton vale wick worth".split(),
    "zh": list("桥湾坪洲岭塘浦渡寨堡溪湖坡泉"),
    "ja": list("沢浦瀬谷坂崎原野川島尾森橋淵"),
}


def invented(rng: Random, language: str) -> str:
    """A place that no event has: most articles have names of their own."""
    tail = rng.choice(_TAILS[language])
    if language == "en":
        return rng.choice(_HEADS[language]) + rng.choice(("", "a", "en", "ing")) + tail
    return rng.choice(_HEADS[language]) + rng.choice(_HEADS[language]) + tail


# verbs between two parties, and what it is about
MATTERS: dict[str, dict[str, tuple[list[str], list[str]]]] = {
    "tuned": {
        "en": (
            "sue;thank;outwit;mistrust;invite;copy;overtake;feed;photograph;interview;ignore;insure;evict;rescue;surprise;join;challenge;pay;forgive;advise;imitate;disappoint;follow;employ".split(
                ";"
            ),
            "orchard;parking;footbridge;lottery;jazz;recipe;antenna;compost;drainage;orchids;mosaic;vintage;ballroom;fog;timber;honey;ski lift;mural;quarry;lease;fountain;rabbits;curfew;harvest moon;scholarship;marsh;chimney;pension;ice rink;dialect;sawmill;wallpaper;gallery;barge;ladder;accordion;vineyard;cable car;tapestry;hedgehogs".split(
                ";"
            ),
        ),
        "zh": (
            "起诉;感谢;智胜;不信任;邀请;效仿;超越;资助;拍摄;采访;冷落;投保;驱逐;解救;惊动;加盟;挑战;补偿;谅解;劝告;模仿;辜负;追随;聘请".split(
                ";"
            ),
            "果园;停车位;人行桥;彩票;爵士乐;食谱;天线;堆肥;排水沟;兰花;马赛克;年份酒;舞厅;浓雾;木材;蜂蜜;缆车;壁画;采石场;租约;喷泉;野兔;宵禁;圆月;奖学金;沼泽;烟囱;养老金;溜冰场;方言;锯木厂;墙纸;画廊;驳船;梯子;手风琴;葡萄园;索道;挂毯;刺猬".split(
                ";"
            ),
        ),
        "ja": (
            "提訴;表彰;出し抜く;疑う;招待;まねる;追い越す;支援;撮影;取材;無視;保険に;立ち退かせる;救出;驚かす;加わる;挑む;補償;許す;助言;模倣;失望させる;後を追う;雇用".split(
                ";"
            ),
            "果樹園;駐車場;歩道橋;宝くじ;ジャズ;献立;アンテナ;堆肥;排水溝;蘭;モザイク;年代物;舞踏場;濃霧;木材;蜂蜜;リフト;壁画;採石場;賃貸;噴水;野うさぎ;門限;満月;奨学金;湿地;煙突;年金;スケート場;方言;製材所;壁紙;画廊;はしけ;はしご;アコーディオン;ぶどう園;ロープウェイ;つづれ織り;はりねずみ".split(
                ";"
            ),
        ),
    },
    "held": {
        "en": (
            "blame;praise;trick;suspect;host;mimic;overrule;shelter;sketch;question;avoid;protect;fine;free;amuse;defy;back;refund;pardon;warn;outbid;upset;trail;train".split(
                ";"
            ),
            "greenhouse;tolls;viaduct;raffle;opera;menu;radio mast;manure;sewer;tulips;frieze;cider;gymnasium;hail;plywood;jam;escalator;graffiti;gravel pit;mortgage;well;foxes;permit;eclipse;bursary;dunes;furnace;overtime;velodrome;spelling;brickyard;carpets;museum;raft;scaffold;banjo;hop field;gondola;quilt;badgers".split(
                ";"
            ),
        ),
        "zh": (
            "指责;称赞;戏弄;怀疑;款待;学样;推翻;收容;速写;质问;回避;保护;罚款;释放;逗乐;违抗;声援;退款;赦免;警告;竞价;惹恼;跟踪;训练".split(
                ";"
            ),
            "温室;过路费;高架桥;抽奖;歌剧;菜单;电台塔;粪肥;下水道;郁金香;浮雕;苹果酒;体育馆;冰雹;胶合板;果酱;扶梯;涂鸦;砂坑;按揭;水井;狐狸;许可证;日食;助学金;沙丘;熔炉;加班;自行车馆;拼写;砖厂;地毯;博物馆;木筏;脚手架;班卓琴;啤酒花田;吊舱;被子;獾".split(
                ";"
            ),
        ),
        "ja": (
            "非難;称賛;だます;疑問視;もてなす;似せる;覆す;かくまう;写生;問いただす;避ける;保護;罰金に;解放;笑わせる;逆らう;後押し;返金;恩赦;警告;競り勝つ;怒らせる;尾行;訓練".split(
                ";"
            ),
            "温室;通行料;高架橋;福引;歌劇;品書き;電波塔;肥やし;下水道;チューリップ;浮き彫り;りんご酒;体育館;ひょう;合板;ジャム;エスカレーター;落書き;砂利場;住宅ローン;井戸;きつね;許可証;日食;助成金;砂丘;溶鉱炉;残業;競輪場;つづり;れんが工場;じゅうたん;博物館;いかだ;足場;バンジョー;ホップ畑;ゴンドラ;キルト;あなぐま".split(
                ";"
            ),
        ),
    },
}


_LINES: dict[str, tuple[list[str], list[str]]] = {
    "en": (
        [
            "<place> <who> <verb> <other> over <what>",
            "<What> row: <place> <who> <does>",
            "In <place>, <who> <does> <where>",
        ],
        [
            "<Also> and <what>: the <who> <does>.",
            "The <who> of <place> <verb> <other> <where>.",
            "Even the <other> of <place> speak of <also>.",
        ],
    ),
    "zh": (
        [
            "<place><who><verb><other> 起因是<what>",
            "<what>之争：<place><who><does>",
            "<where> <place><who><does>",
        ],
        [
            "<also>与<what>，<who><does>。",
            "<where>，<place>的<who><verb><other>。",
            "<place>的<other>也谈起<also>。",
        ],
    ),
    "ja": (
        [
            "<place>の<who>、<other>を<verb> <what>めぐり",
            "<what>問題で<place>の<who>が<does>",
            "<where>、<place>の<who>が<does>",
        ],
        [
            "<also>と<what>、<who>が<does>。",
            "<where>、<place>の<who>が<other>を<verb>。",
            "<place>の<other>も<also>を語る。",
        ],
    ),
}


def lines(rng: Random, words: ModuleType, language: str, place: str) -> tuple[str, str, tuple[str, ...]]:
    """Headline and deck of an article about one party of a place, and which matters it speaks of. A vocabulary
    may bring its own words (`BACKGROUND`) and templates (`LINES`)."""
    if hasattr(words, "BACKGROUND"):
        subjects, predicates, circumstances, verbs, matters = words.BACKGROUND[language]
        heads, decks = words.LINES[language]
    else:
        subjects, predicates, circumstances = WORDS[words.NAME][language]
        verbs, matters = MATTERS[words.NAME][language]
        heads, decks = _LINES[language]
    slots = {"place": place}
    slots["who"], slots["other"] = rng.sample(subjects, 2)
    slots["what"], slots["also"] = rng.sample(matters, 2)
    slots["verb"], slots["does"] = rng.choice(verbs), rng.choice(predicates)
    slots["where"] = rng.choice(circumstances)
    slots.update({name.capitalize(): slots[name].capitalize() for name in ("what", "also")})
    headline, deck = (
        _SLOT.sub(lambda found: slots[found[1]], rng.choice(templates)) for templates in (heads, decks)
    )
    return headline[0].upper() + headline[1:], deck[0].upper() + deck[1:], (slots["what"], slots["also"])
