"""A vocabulary that was written down before the method was last worked on, and is scored alone: no error on it
was looked at. Other events, names, templates, and another background than the two that were."""

from __future__ import annotations

NAME = "fresh"

SLOTS: dict[str, dict[str, list[str]]] = {
    "en": {
        "n": ["8", "11", "16", "29", "31", "47", "63", "85", "130", "240"],
        "thing": [
            "emerald crown",
            "bronze horse",
            "ivory globe",
            "silver chalice",
            "jade mask",
            "royal sword",
        ],
        "product": [
            "smoked salmon",
            "goat cheese",
            "baby food",
            "peanut butter",
            "frozen berries",
            "sausages",
        ],
        "craft": ["Petrel", "Nightjar", "Curlew", "Goldcrest", "Merlin", "Osprey"],
    },
    "zh": {
        "n": ["8", "11", "16", "29", "31", "47", "63", "85", "130", "240"],
        "thing": ["祖母绿王冠", "青铜马", "象牙地球仪", "银圣杯", "玉面具", "御剑"],
        "product": ["烟熏三文鱼", "山羊奶酪", "婴儿米粉", "花生酱", "速冻蓝莓", "香肠"],
        "craft": ["海燕号", "夜鹰号", "杓鹬号", "戴菊号", "灰背隼号", "鱼鹰号"],
    },
    "ja": {
        "n": ["8", "11", "16", "29", "31", "47", "63", "85", "130", "240"],
        "thing": ["エメラルドの王冠", "青銅の馬", "象牙の地球儀", "銀の聖杯", "翡翠の面", "王家の剣"],
        "product": ["スモークサーモン", "ヤギチーズ", "離乳食", "ピーナツバター", "冷凍ベリー", "ソーセージ"],
        "craft": ["ウミツバメ", "ヨタカ", "シギ", "キクイタダキ", "チョウゲンボウ", "ミサゴ"],
    },
}

EVENTS: dict[str, list[tuple[list[str], list[str]]]] = {
    "en": [
        (
            [
                "Bridge {collapses|gives way} in <place>, <n> {feared dead|trapped}",
                "<n> {trapped|missing} as <place> bridge {falls|comes down}",
                "{Cars|Vehicles} plunge into river as bridge in <place> fails",
                "<org> {looked after|maintained} collapsed <place> bridge, {records|papers} show",
                "<place>: why did the bridge {fall|collapse}?",
            ],
            [
                "The bridge over the river in <place> collapsed in the morning rush, trapping <n> people.",
                "Inspectors had warned of cracks in the <place> bridge for years.",
                "<org>, which maintained the bridge in <place>, promised to help the inquiry.",
            ],
        ),
        (
            [
                "<person> wins {mayor's race|mayoral election} in <place>",
                "<place> {elects|chooses} <person> as mayor",
                "{Surprise|Upset} in <place>: <person> {beats|ousts} {sitting mayor|veteran}",
                "<person> {ahead|victorious} by <n>00 votes in <place> {count|poll}",
                "New mayor <person> {promises|vows} {change|fresh start}",
            ],
            [
                "<person> won the election in <place> by <n>00 votes.",
                "The outgoing mayor of <place> congratulated <person>.",
                "Turnout in <place> was the highest for decades; <person> takes office in January.",
            ],
        ),
        (
            [
                "Thieves {steal|make off with} <thing> from museum in <place>",
                "<thing> {stolen|gone} from <place> museum",
                "{Night|Daring} raid: <thing> missing, {police|detectives} question <n>",
                "<place> heist: how thieves {took|reached} the <thing>",
                "Reward {offered|promised} for {stolen|missing} <thing>",
            ],
            [
                "Thieves broke into the museum in <place> through the roof and took the <thing>.",
                "The <thing> was not insured, the director of the museum said.",
                "Detectives in <place> are looking for a white van.",
            ],
        ),
        (
            [
                "<org> recalls <product> after <n> {fall ill|sicken}",
                "<n> ill: <product> {pulled|taken} from shelves",
                "{Salmonella|Germs} found in <org> <product>",
                "<org> {sorry|apologises} over {tainted|bad} <product>",
                "{Shops|Supermarkets} {clear|empty} shelves of <org> <product>",
            ],
            [
                "<n> people fell ill after eating <product> made by <org>.",
                "Inspectors found salmonella at the plant of <org>.",
                "<org> asked customers to return <product> to the shops.",
            ],
        ),
        (
            [
                "<org> {rocket|launcher} {explodes|blows up} {after lift-off|seconds into flight}",
                "<craft> {lost|destroyed} as rocket {fails|explodes}",
                "<org> loses <craft> {satellite|probe}",
                "{Launch|Lift-off} failure {grounds|halts} <org> {flights|programme}",
                "{Debris|Wreckage} of <craft> rains on sea off <place>",
            ],
            [
                "The rocket of <org> carrying <craft> exploded shortly after launch.",
                "<craft> was to map the ice; <org> has halted further launches.",
                "Ships off <place> searched for the wreckage of <craft>.",
            ],
        ),
        (
            [
                "<org> {staff|workers} {walk out|strike} in <place>",
                "Strike {halts|paralyses} <org> {plants|sites}",
                "<place>: pickets {outside|at} <org> gates",
                "<person> {leads|calls} strike at <org> {over|for} pay",
                "<org> {offers|refuses} <n> per cent as strike {drags on|spreads}",
            ],
            [
                "Workers of <org> in <place> stopped work at dawn to demand <n> per cent more pay.",
                "<person> of the union said the strike at <org> would last for weeks.",
                "Talks between <org> and the union broke down on Sunday.",
            ],
        ),
        (
            [
                "Wildfire {races|spreads} towards <place>",
                "<n> homes {burn|lost} in <place> {bushfire|wildfire}",
                "{Evacuation ordered|Thousands flee} as flames near <place>",
                "Helicopters {fight|bomb} {blaze|flames} above <place>",
                "Wind drives fire {into|through} <place> {suburbs|outskirts}",
            ],
            [
                "The wildfire in the hills above <place> destroyed <n> homes.",
                "Residents of <place> were told to leave before the flames cut the road.",
                "Helicopters dropped water on the fire near <place> until nightfall.",
            ],
        ),
    ],
    "zh": [
        (
            [
                "<place>大桥{垮塌|坍塌} <n>人{被困|失联}",
                "<place>一座桥梁{塌了|断裂} 车辆{坠河|落水}",
                "塌桥之前：<place>大桥{早有裂缝|多次报修}",
                "<org>{负责养护|承包养护}<place>{塌桥|垮塌大桥}",
                "<n>人被困<place>{断桥|塌桥} 救援{展开|持续}",
            ],
            [
                "早高峰时<place>大桥突然垮塌，<n>人被困。",
                "检查人员多年前就警告过<place>大桥的裂缝。",
                "负责养护<place>大桥的<org>称将配合调查。",
            ],
        ),
        (
            [
                "<person>{当选|胜选}<place>{市长|镇长}",
                "<place>选举{揭晓|落幕} <person>{胜出|获胜}",
                "<person>以<n>00票{险胜|领先} <place>{变天|换人}",
                "新任{市长|镇长}<person>{承诺|誓言}{改革|新气象}",
                "{爆冷|出人意料}！<person>拿下<place>",
            ],
            [
                "<person>以<n>00票优势赢得<place>选举。",
                "<place>现任负责人向<person>表示祝贺。",
                "<place>投票率创数十年新高，<person>一月就职。",
            ],
        ),
        (
            [
                "<place>博物馆<thing>{失窃|被盗}",
                "窃贼{潜入|夜闯}<place>博物馆 盗走<thing>",
                "<thing>{不翼而飞|失踪} 警方{询问|传唤}<n>人",
                "<place>{盗宝案|窃案}：<thing>如何{被盗|失手}",
                "悬赏{追回|寻找}<thing>",
            ],
            [
                "窃贼从屋顶进入<place>博物馆，盗走<thing>。",
                "博物馆馆长称<thing>没有投保。",
                "<place>警方正在寻找一辆白色面包车。",
            ],
        ),
        (
            [
                "<org>召回<product> <n>人{不适|患病}",
                "<n>人食用后{患病|住院} <product>{下架|停售}",
                "<org><product>{检出|查出}{沙门氏菌|病菌}",
                "<org>就{问题|污染}<product>{致歉|道歉}",
                "{超市|商场}{紧急|全面}下架<org><product>",
            ],
            [
                "<n>人食用<org>生产的<product>后患病。",
                "检查人员在<org>厂房内发现沙门氏菌。",
                "<org>请顾客将<product>退回商店。",
            ],
        ),
        (
            [
                "<org>火箭{升空后|起飞数秒后}{爆炸|解体}",
                "<craft>{损毁|失联} 火箭{爆炸|发射失败}",
                "<org>失去<craft>{卫星|探测器}",
                "发射失败{重创|打击}<org> 后续任务{暂停|推迟}",
                "<craft>{残骸|碎片}坠入<place>海域",
            ],
            [
                "<org>搭载<craft>的火箭发射后不久爆炸。",
                "<craft>原定测绘冰层，<org>已暂停后续发射。",
                "船只在<place>海域搜寻<craft>残骸。",
            ],
        ),
        (
            [
                "<org><place>{员工|工人}{罢工|停工}",
                "罢工{蔓延|持续} <org>{工厂|生产线}停摆",
                "<place>：<org>门前{拉起|竖起}抗议{横幅|标语}",
                "<person>{带领|发起}<org>罢工 {要求|争取}加薪",
                "<org>{拒绝|同意}加薪百分之<n> 罢工{升级|未止}",
            ],
            [
                "<org>在<place>的工人清晨停工，要求加薪百分之<n>。",
                "工会的<person>称<org>罢工将持续数周。",
                "<org>与工会的谈判周日破裂。",
            ],
        ),
        (
            [
                "山火{逼近|直逼}<place>",
                "<place>山火{烧毁|吞没}<n>间房屋",
                "{疏散令|紧急疏散}：火势{逼近|蔓延至}<place>",
                "直升机{驰援|洒水} <place>上空浓烟{滚滚|蔽日}",
                "大风助火势 <place>{郊区|外围}{告急|起火}",
            ],
            [
                "<place>附近山坡的山火烧毁<n>间房屋。",
                "<place>居民接到通知，须在道路中断前撤离。",
                "直升机在<place>附近洒水灭火直到入夜。",
            ],
        ),
    ],
    "ja": [
        (
            [
                "<place>で橋が{崩落|落ちる} <n>人{閉じ込め|不明}",
                "<place>の橋崩落、車が{川に転落|次々転落}",
                "崩れた橋に{以前から亀裂|補修の遅れ} <place>",
                "<org>、崩落した<place>の橋を{管理|点検}",
                "<n>人{取り残され|閉じ込め} <place>の橋崩落で救助続く",
            ],
            [
                "朝の混雑時に<place>の橋が崩落し、<n>人が取り残された。",
                "点検員は数年前から<place>の橋の亀裂を指摘していた。",
                "<place>の橋を管理する<org>は調査に協力するとしている。",
            ],
        ),
        (
            [
                "<place>{長選|の選挙}、<person>氏が{初当選|当選}",
                "<person>氏が{勝利|制す} <place>の選挙",
                "{波乱|番狂わせ}の<place>、<person>氏が現職{破る|下す}",
                "<person>氏、<n>00票差で{競り勝つ|逃げ切る} <place>",
                "新首長の<person>氏「{変革|刷新}を」",
            ],
            [
                "<place>の選挙で<person>氏が<n>00票差で当選した。",
                "<place>の現職は<person>氏に祝意を伝えた。",
                "<place>の投票率は数十年ぶりの高さで、<person>氏は1月に就任する。",
            ],
        ),
        (
            [
                "<place>の博物館から<thing>{盗まれる|消える}",
                "<thing>{盗難|盗まれる} <place>の博物館",
                "{深夜|大胆}な犯行 <thing>不明、<n>人に{聴取|聞き込み}",
                "<place>の盗難事件、<thing>は{どう消えた|いずこ}",
                "<thing>に{懸賞金|報奨金}",
            ],
            [
                "屋根から<place>の博物館に侵入した賊が<thing>を奪った。",
                "<thing>に保険はかけられていなかったと館長は話す。",
                "<place>の警察は白いワゴン車を探している。",
            ],
        ),
        (
            [
                "<org>、<product>を{回収|自主回収} <n>人が体調不良",
                "<n>人が{食中毒|体調不良} <product>{販売中止|撤去}",
                "<org>の<product>からサルモネラ菌{検出|見つかる}",
                "<product>問題で<org>が{謝罪|陳謝}",
                "{スーパー|店頭}から消えた<org>の<product>",
            ],
            [
                "<org>が製造した<product>を食べた<n>人が体調不良を訴えた。",
                "検査官が<org>の工場でサルモネラ菌を見つけた。",
                "<org>は<product>を店に返すよう呼びかけている。",
            ],
        ),
        (
            [
                "<org>のロケット、{打ち上げ直後|離昇後}に{爆発|空中分解}",
                "<craft>{失われる|喪失} ロケット{爆発|失敗}",
                "<org>、{衛星|探査機}<craft>を失う",
                "打ち上げ失敗で<org>の計画{停止|凍結}",
                "<craft>の{残骸|破片}、<place>沖に落下",
            ],
            [
                "<craft>を載せた<org>のロケットが打ち上げ直後に爆発した。",
                "<craft>は氷床を観測する予定だった。<org>は打ち上げを停止した。",
                "<place>沖で船が<craft>の残骸を捜している。",
            ],
        ),
        (
            [
                "<org>の従業員が<place>で{スト|ストライキ}",
                "スト{拡大|続く} <org>の{工場|操業}停止",
                "<place>の<org>前に{ピケ|抗議の列}",
                "<person>委員長、<org>で賃上げスト{指揮|宣言}",
                "<org>、<n>％賃上げを{拒否|提示} スト{長期化|続行}",
            ],
            [
                "<org>の<place>の従業員が未明に仕事を止め、<n>％の賃上げを求めた。",
                "労組の<person>委員長は<org>のストが数週間続くと述べた。",
                "<org>と労組の交渉は日曜に決裂した。",
            ],
        ),
        (
            [
                "山火事が<place>に{迫る|接近}",
                "<place>の山火事、<n>棟{焼失|全焼}",
                "{避難指示|一斉避難} 炎が<place>に迫る",
                "ヘリが{放水|消火} <place>上空に{煙|黒煙}",
                "強風で火勢増す <place>の{郊外|外れ}に延焼",
            ],
            [
                "<place>近くの山火事で<n>棟が焼けた。",
                "<place>の住民は道が断たれる前に避難するよう求められた。",
                "ヘリは<place>付近で日没まで放水を続けた。",
            ],
        ),
    ],
}

DISTRACTORS: dict[str, list[str]] = {
    "en": [
        "<person> {paints|photographs} the seasons",
        "<person> on why silence matters",
        "The best bakery in <place>",
        "<place> {plants|saves} a thousand trees",
        "<org> lights up its tower",
        "<org> and the history of its logo",
        "<place> railway station gets a piano",
        "<org> wins design prize in <place>",
        "Walk of the week: round <place>",
        "<person> records an album in <place>",
        "<org> to plant roof gardens",
        "Questions to <person>: books and bread",
    ],
    "zh": [
        "<person>画四季",
        "<person>：为什么要安静",
        "<place>最好吃的面包",
        "<place>种下一千棵树",
        "<org>点亮大楼灯光",
        "<org>标志的来历",
        "<place>火车站添了一架钢琴",
        "<org>在<place>获设计奖",
        "本周散步：绕<place>一圈",
        "<person>在<place>录制专辑",
        "<org>将建屋顶花园",
        "问<person>：书与面包",
    ],
    "ja": [
        "<person>さんが描く四季",
        "<person>さん「静けさの意味」",
        "<place>でいちばんのパン",
        "<place>に千本の木",
        "<org>がタワーを点灯",
        "<org>のロゴの由来",
        "<place>の駅にピアノ",
        "<org>が<place>でデザイン賞",
        "今週の散歩 <place>を一周",
        "<person>さんが<place>でアルバム録音",
        "<org>が屋上庭園を計画",
        "<person>さんに聞く 本とパン",
    ],
}

# language -> (subjects, predicates, circumstances, verbs between two parties, what it is about)
BACKGROUND: dict[str, tuple[list[str], list[str], list[str], list[str], list[str]]] = {
    "en": (
        "harpists;basket makers;night watchmen;pear growers;cavers;archivists;tram drivers;organists;luthiers;"
        "goatherds;river guides;coin dealers;fire eaters;school nurses;couriers;tile makers;clock menders;"
        "canoeists;card players;storytellers;cider makers;moth counters;printers;fishmongers;thatchers;"
        "steam clubs;dog walkers;lodgers;milliners;gamekeepers;barbers' guild;lace makers;berry pickers;"
        "doll menders;limerick writers;gym teachers".split(";"),
        "found a school;cut their ties;learn to whistle;win damages;tell of hardship;object to bins;come together;"
        "buy a robot;hand in keys;double their output;look for a cellar;shorten the week;draw a map;"
        "cook for strangers;find old coins;toast a founder;plant hedges;drop the telephone;change sides;"
        "take on veterans;share a lorry;freeze their rates;paint the gate;empty the hall".split(";"),
        "in a dry spring;as orders pile up;along the bypass;to general surprise;in the old town;before the vote;"
        "inside the tannery;with borrowed money;on doctor's advice;at first light;on the island;"
        "without a word;like their parents;in exchange for eggs;up on the moor;as offices empty;"
        "out of their savings;under protest;in a film;by the estuary;on market days;for the orphanage;"
        "above the bakery;since the flood".split(";"),
        "scold;admire;tease;doubt;serve;quote;overrule;lodge;paint;quiz;shun;guard;tax;release;cheer;resist;"
        "fund;repay;spare;caution;undercut;annoy;chase;coach".split(";"),
        "hothouse;turnstiles;causeway;tombola;ballet;cookbook;lightning rod;peat;cesspit;dahlias;fresco;mead;"
        "swimming bath;sleet;veneer;marmalade;lift;posters;clay pit;pawnshop;pump;weasels;stamp duty;comet;"
        "prize;sandbank;boiler;holidays;racetrack;grammar;pottery;curtains;archive;ferryboat;winch;fiddle;"
        "orchard wall;balloon;blanket;otters".split(";"),
    ),
    "zh": (
        "竖琴手;编篮匠;守夜人;梨农;探洞者;档案员;电车司机;管风琴师;琉璃匠;放羊娃;河道向导;钱币商;吞火艺人;校医;"
        "信使;瓦匠;修表人;皮划艇队;牌友;说书人;果酒师傅;数飞蛾的人;印刷工;鱼贩;茅草匠;蒸汽机俱乐部;遛狗人;房客;"
        "帽匠;猎场看守;理容行会;花边女工;采莓人;修娃娃的人;打油诗人;体育老师".split(";"),
        "创办学堂;断绝往来;学吹口哨;获得赔偿;诉说艰辛;反对垃圾桶;重新聚首;购入机器;交出钥匙;产量翻番;寻找地窖;"
        "缩短工时;绘制地图;为陌生人做饭;挖出古币;祭奠前辈;栽种树篱;弃用电话;改换门庭;请回老将;合用卡车;冻结收费;"
        "粉刷大门;清空礼堂".split(";"),
        "在干旱的春天;订单堆积之时;绕城公路旁;令众人意外;老城里;投票之前;旧皮革厂内;借来的钱;遵照医嘱;天刚亮;"
        "小岛上;一言不发;像父辈一样;以鸡蛋交换;荒原高处;写字楼空置之时;动用积蓄;抗议声中;在一部影片里;河口边;"
        "赶集日;为了孤儿院;面包房楼上;洪水过后多年".split(";"),
        "责骂;钦佩;取笑;存疑;侍候;引用;否决;留宿;描绘;考问;躲开;守卫;征税;放走;鼓舞;抵制;出资;偿还;宽恕;"
        "告诫;压价;激怒;追赶;辅导".split(";"),
        "花房;闸机;堤道;摸奖;芭蕾;菜谱;避雷针;泥炭;化粪池;大丽花;湿壁画;蜜酒;澡堂;雨夹雪;贴面板;橘子酱;升降机;"
        "海报;陶土坑;当铺;水泵;黄鼠狼;印花税;流星;奖金;沙洲;锅炉;假期;赛马场;语法;陶窑;窗帘;档案馆;摆渡船;绞盘;"
        "二胡;果园围墙;热气球;毛毯;水獭".split(";"),
    ),
    "ja": (
        "竪琴奏者;籠職人;夜回り;梨農家;洞窟探検家;文書係;電車運転士;オルガン奏者;楽器職人;山羊飼い;川の案内人;"
        "古銭商;火吹き芸人;養護教諭;飛脚便;瓦職人;時計修理師;カヌー部;かるた会;語り部;果実酒職人;蛾の観察会;印刷工;"
        "魚屋;茅葺き職人;蒸気機関クラブ;犬の散歩会;下宿人;帽子職人;猟場番;床屋組合;レース編み;いちご摘み;人形修理師;"
        "川柳作家;体育教師".split(";"),
        "学校を設立;縁を切る;口笛を習う;賠償を勝ち取る;苦労を語る;ごみ箱に反対;集結;機械を購入;鍵を返す;生産を倍増;"
        "地下室を探す;週休を増やす;地図を描く;見知らぬ人に料理;古銭を掘り出す;創始者に乾杯;生け垣を植える;電話をやめる;"
        "くら替え;古参を迎える;トラックを共用;据え置きへ;門を塗る;会館を空に".split(";"),
        "乾いた春に;受注が積み上がる中;バイパス沿いで;周囲も驚く中;旧市街で;投票を前に;皮革工場跡で;借金をして;"
        "医者の勧めで;夜明けに;島で;無言のまま;親と同じく;卵と引き換えに;荒れ野で;空き事務所増える中;貯金をはたき;"
        "抗議の中;映画で;河口で;市の日に;孤児院のため;パン屋の二階で;水害から年を経て".split(";"),
        "叱る;敬う;からかう;怪しむ;給仕;引用;却下;泊める;描く;質問攻め;敬遠;警護;課税;解き放つ;励ます;抵抗;出資;"
        "返済;見逃す;諭す;値下げ競争;いら立たせる;追いかける;特訓".split(";"),
        "花の温室;改札機;土手道;くじ引き;バレエ;料理本;避雷針;泥炭;浄化槽;ダリア;天井画;蜂蜜酒;銭湯;みぞれ;化粧板;"
        "マーマレード;昇降機;ポスター;粘土採り場;質屋;ポンプ;いたち;印紙税;流れ星;賞金;砂州;ボイラー;休暇;競馬場;文法;"
        "窯元;カーテン;文書館;渡し船;ウインチ;三味線;果樹園の塀;熱気球;毛布;かわうそ".split(";"),
    ),
}

# Of <place>, its <who>, <verb> <other> over <what>, <does>, <where>, and <also> something else.
LINES: dict[str, tuple[list[str], list[str]]] = {
    "en": (
        [
            "Why the <who> of <place> <does>",
            "<place> <who> and <other> fall out over <what>",
            "<what>: <who> near <place> <does> <where>",
            "<who> <verb> <other>, says <place> report",
        ],
        [
            "There is talk of <what> and of <also> among the <who>.",
            "<where>, the <who> <verb> the <other> of <place>.",
            "The <other> wonder what <also> has to do with it.",
        ],
    ),
    "zh": (
        [
            "<place>的<who>为何<does>",
            "<place><who>与<other>因<what>闹翻",
            "<what>：<place>附近<who><where><does>",
            "<who><verb><other> <place>有报告",
        ],
        [
            "<who>议论着<what>，也议论<also>。",
            "<where>，<who><verb><place>的<other>。",
            "<other>不明白<also>与此何干。",
        ],
    ),
    "ja": (
        [
            "<place>の<who>はなぜ<does>",
            "<place>の<who>と<other>、<what>で対立",
            "<what>、<place>近郊の<who>が<where><does>",
            "<who>が<other>を<verb> <place>の報告",
        ],
        [
            "<who>の間で<what>と<also>が話題に。",
            "<where>、<who>が<place>の<other>を<verb>。",
            "<also>と何の関係があるのかと<other>。",
        ],
    ),
}

# language -> slot -> parts that names are put together from
PARTS: dict[str, dict[str, tuple[list[str], list[str]]]] = {
    "en": {
        "person": (
            "Leonie Arthur Kamal Greta Ruben Alma Stefan Noor Philip Elif Matthias Joan".split(),
            "Kowal Byrne Adeyemi Larsen Moreau Takeda Novak Pereira Sandford Ibsen Quill Thorne".split(),
        ),
        "place": (
            "Ash Brack Cald Dram Elm Gos Hart Ilm Kirk Lyd Mos Nett".split(),
            "bourne cliff dun ferry grove haven keld marsh pool stone wold wyke".split(),
        ),
        "org": (
            "Argent Beacon Castellan Drover Everlast Foxglove Granite Halcyon Ironwood Kestrel".split(),
            "Aerospace Bakeries Cement Dairies Electric Freight Glass Holdings Insurance Shipping".split(),
        ),
    },
    "zh": {
        "person": (
            list("孙吴郑冯褚卫杨朱尤吕施张孔魏"),
            "德昌 秀兰 永康 晓峰 佩玲 志强 丽华 学文 明哲 春燕".split(),
        ),
        "place": (list("丹昌金泰荣古崇洛嘉襄芦涪"), "州 谷 阳 城 桥 台 山 丰 滩 埠".split()),
        "org": (
            "凌云 百川 鼎盛 飞鸿 广厦 合众 佳禾 九州 瑞丰 万象".split(),
            "航天 食品 水泥 乳业 电气 物流 玻璃 控股 造船 建工".split(),
        ),
    },
    "ja": {
        "person": (
            "坂井 遠山 久保田 森脇 立花 中野 石橋 高梨 松永 福原".split(),
            "和也 真由美 達夫 舞 浩司 絵里 大輔 美咲 隆 沙織".split(),
        ),
        "place": ("赤 磯 上 小 熊 三 若 長 大 船".split(), "羽 倉 塚 木 牧 戸 松 野 越 瀬".split()),
        "org": (
            "暁 瑞穂 飛鳥 天竜 白鷺 新星 芙蓉 昭栄 蓬莱 大洋".split(),
            "宇宙 製菓 セメント 乳業 電機 物流 硝子 証券 造船 建設".split(),
        ),
    },
}
