"""What a portal prints around its articles, in each language: labels, advertisements, forms, directories."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of a portal. Formats take `{}`."""

    site: str
    family: tuple[str, ...]
    menu: tuple[str, ...]
    position: str
    body_word: str
    """What ends a breadcrumb on an article's page; empty for none."""
    source: str
    reporter: str
    """The label before reporters in the information line; empty where only the dateline names them."""
    editor: str
    more: str
    next: str
    previous: str
    pages: str
    comment: tuple[str, ...]
    """Heading, user, anonymous, hide address, debate, send."""
    ads: tuple[str, ...]
    share: tuple[str, ...]
    verticals: tuple[str, ...]
    searches: str
    blogs: str
    tags: str
    ranking: str
    directory: str
    categories: tuple[str, ...]
    leisure: str
    also: str
    caption: str
    footer: tuple[str, ...]
    dot: str
    """What stands before an item and between names; Shift_JIS and EUC-JP have no U+00B7."""
    dates: tuple[str, str, str]
    """strftime formats: long, plain, and without the year."""


LABELS: dict[str, Labels] = {
    "zh": Labels(
        site="晨星网",
        family=("晨星", "星友社区", "星游", "晨星房产", "星搜"),
        menu=("首页", "新闻", "体育", "财经", "娱乐", "科技", "汽车", "房产", "女人", "视频", "博客", "邮箱"),
        position="您的位置：",
        body_word="正文",
        source="来源：",
        reporter="",
        editor="(责任编辑:{})",
        more="更多>>",
        next="下一页",
        previous="上一页",
        pages="共{}页",
        comment=("我来说两句", "用户:", "匿名", "隐藏地址", "设为辩论话题", "发表评论"),
        ads=(
            "*星搜拼音输入法，词库天天更新，打字从此不费劲",
            "我要发布星搜推广服务",
            "滨江新盘盛大开盘，首付三成起，来电即享优惠",
            "冬季大衣五折起，全场包邮，点击抢购",
        ),
        share=("【字号：大 中 小】", "打印", "推荐给好友", "复制链接", "关闭窗口"),
        verticals=("新闻", "网页", "博客", "音乐", "图片", "说吧"),
        searches="热门搜索：",
        blogs="晨星博客",
        tags="热点标签：",
        ranking="说吧排行",
        directory="晨星分类",
        categories=("商机在线", "医疗健康保健", "招商加盟", "教育培训", "旅游度假", "鲜花礼品"),
        leisure="茶余饭后",
        also="相关新闻",
        caption="资料图片：{}街景",
        footer=("设置首页", "广告服务", "联系方式", "保护隐私权", "About Us", "网站地图"),
        dot="·",
        dates=("%Y年%m月%d日%H:%M", "%Y-%m-%d %H:%M", "%m月%d日 %H:%M"),
    ),
    "zh-TW": Labels(
        site="晨星入口",
        family=("晨星", "星友社群", "星遊戲", "晨星房產", "星搜尋"),
        menu=("首頁", "新聞", "運動", "財經", "娛樂", "科技", "汽車", "房產", "影音", "部落格", "信箱"),
        position="目前位置：",
        body_word="內文",
        source="來源：",
        reporter="",
        editor="（責任編輯：{}）",
        more="更多>>",
        next="下一頁",
        previous="上一頁",
        pages="共{}頁",
        comment=("我要留言", "用戶：", "匿名", "隱藏位址", "設為辯論話題", "送出留言"),
        ads=("星搜尋輸入法，詞庫天天更新", "濱海新建案盛大開賣，來電享優惠", "冬季外套五折起，全館免運"),
        share=("字級：大 中 小", "列印", "轉寄好友", "複製連結"),
        verticals=("新聞", "網頁", "部落格", "音樂", "圖片", "論壇"),
        searches="熱門搜尋：",
        blogs="晨星部落格",
        tags="熱門標籤：",
        ranking="論壇排行",
        directory="分類目錄",
        categories=("商機在線", "醫療保健", "加盟創業", "教育進修", "旅遊度假", "鮮花禮品"),
        leisure="茶餘飯後",
        also="相關新聞",
        caption="資料照片：{}街景",
        footer=("設為首頁", "廣告刊登", "聯絡我們", "隱私權政策", "網站地圖"),
        dot="·",
        dates=("%Y年%m月%d日%H:%M", "%Y/%m/%d %H:%M", "%m月%d日 %H:%M"),
    ),
    "ja": Labels(
        site="北辰ポータル",
        family=("北辰", "北辰コミュニティ", "北辰ゲーム", "北辰不動産", "北辰サーチ"),
        menu=(
            "トップ",
            "ニュース",
            "スポーツ",
            "経済",
            "エンタメ",
            "科学",
            "天気",
            "動画",
            "ブログ",
            "メール",
        ),
        position="現在地：",
        body_word="本文",
        source="配信：",
        reporter="記者：",
        editor="（編集：{}）",
        more="もっと見る>>",
        next="次のページ",
        previous="前のページ",
        pages="全{}ページ",
        comment=("コメントを書く", "ユーザー：", "匿名", "アドレスを隠す", "議論のテーマにする", "投稿する"),
        ads=("【PR】冬のコートが半額、送料無料は日曜まで", "【PR】川沿いの新築マンション、資料請求はこちら"),
        share=("文字サイズ：大 中 小", "印刷", "シェアする", "リンクをコピー"),
        verticals=("ニュース", "ウェブ", "ブログ", "音楽", "画像", "掲示板"),
        searches="急上昇ワード：",
        blogs="北辰ブログ",
        tags="注目タグ：",
        ranking="掲示板ランキング",
        directory="カテゴリ一覧",
        categories=("ビジネス", "医療・健康", "教育", "旅行", "住まい", "花・ギフト"),
        leisure="ひと休み",
        also="関連ニュース",
        caption="資料写真：{}の街並み",
        footer=("利用規約", "広告掲載", "お問い合わせ", "プライバシーポリシー", "サイトマップ"),
        dot="・",
        dates=("%Y年%m月%d日 %H時%M分", "%Y/%m/%d %H:%M", "%m月%d日 %H:%M"),
    ),
    "ko": Labels(
        site="새벽포털",
        family=("새벽", "새벽카페", "새벽게임", "새벽부동산", "새벽검색"),
        menu=("홈", "뉴스", "스포츠", "경제", "연예", "과학", "날씨", "동영상", "블로그", "메일"),
        position="현재 위치:",
        body_word="기사",
        source="출처: ",
        reporter="",
        editor="(편집: {})",
        more="더보기>>",
        next="다음 페이지",
        previous="이전 페이지",
        pages="전체 {}쪽",
        comment=("댓글 쓰기", "사용자:", "익명", "주소 숨기기", "토론 주제로", "등록"),
        ads=("겨울 외투 반값, 일요일까지 무료 배송", "강변 새 아파트 분양, 지금 상담하세요"),
        share=("글자 크기: 크게 작게", "인쇄", "공유하기", "주소 복사"),
        verticals=("뉴스", "웹", "블로그", "음악", "이미지", "게시판"),
        searches="인기 검색어:",
        blogs="새벽 블로그",
        tags="인기 태그:",
        ranking="게시판 순위",
        directory="분류 목록",
        categories=("창업 정보", "의료·건강", "교육", "여행", "주거", "꽃·선물"),
        leisure="쉬어 가기",
        also="관련 기사",
        caption="자료 사진: {} 거리",
        footer=("이용약관", "광고안내", "고객센터", "개인정보처리방침", "사이트맵"),
        dot="·",
        dates=("%Y년 %m월 %d일 %H:%M", "%Y.%m.%d %H:%M", "%m월 %d일 %H:%M"),
    ),
    "en": Labels(
        site="Elder Portal",
        family=("Elder", "Elder Commons", "Elder Games", "Elder Homes", "Elder Search"),
        menu=(
            "Home",
            "News",
            "Sport",
            "Money",
            "Culture",
            "Science",
            "Cars",
            "Homes",
            "Video",
            "Blogs",
            "Mail",
        ),
        position="You are here:",
        body_word="",
        source="Source: ",
        reporter="By ",
        editor="(Editing by {})",
        more="More>>",
        next="Next page",
        previous="Previous page",
        pages="{} pages",
        comment=(
            "Leave a comment",
            "User:",
            "Anonymous",
            "Hide my address",
            "Put up for debate",
            "Post comment",
        ),
        ads=(
            "Winter coats at half price, free delivery until Sunday",
            "New homes on the river: call today for a viewing",
            "Sponsored: the keyboard that types with you",
        ),
        share=("Text size: A A A", "Print", "Email this", "Copy link"),
        verticals=("News", "Web", "Blogs", "Music", "Pictures", "Forum"),
        searches="Hot searches:",
        blogs="Elder Blogs",
        tags="Hot tags:",
        ranking="Forum top ten",
        directory="Directory",
        categories=("Business", "Health", "Education", "Travel", "Homes", "Flowers and gifts"),
        leisure="After dinner",
        also="Related stories",
        caption="File photo: a street in {}",
        footer=("About us", "Advertise", "Contact", "Privacy", "Site map"),
        dot="·",
        dates=("%d %B %Y %H:%M", "%Y-%m-%d %H:%M", "%d %B %H:%M"),
    ),
}
LABELS["ja-jis"] = LABELS["ja"]
