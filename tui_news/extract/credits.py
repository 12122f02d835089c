"""Lines that stand among an article's paragraphs and are none: credits, share bars, notices, "read also"."""

from __future__ import annotations

import re

from tui_news.extract.dateline import editor_in
from tui_news.extract.shape import cells

_CREDIT = re.compile(
    r"^[\s(（【\[\*]*(?:"
    r"(?:责任|網頁|网页|值班|执行|本文|实习|见习|文字|视频|美术|本期|主编|特约)?(?:编辑|編輯|編集|责编|"
    r"責編|网编|編審|编审|校对|校對|审核|審核|监制|監製|"
    r"统筹|签发|制作|设计|美编|编制|编校|终审|复审|初审|审校)(?:人|者)?\s*[:：/丨|＝=\s]\s*\S{1,30}|"
    r"責任編[輯集]\s*[:：]?\S{1,20}|"
    r"(?:Editing|Edited) by [A-Z]\S*|(?:Reporting|Writing|Additional reporting|Compiled) by [A-Z]|"
    r"편집\s*[:：]|"
    r"(?:文章|信息|消息|本文|内容|新闻|稿件)?(?:来源|來源|稿源)\s*[:：]\s*\S{1,24}|(?:出典|"
    r"配信)\s*[:：]\s*\S{1,24}|출처\s*[:：]|"
    r"(?:作者|撰文|文字?|采写|撰稿|记者|記者)\s*[:：/丨|]\s*\S{1,24}(?:\s\S{1,12}){0,4}|"
    r"(?:图|摄|摄影|供图|图片)\s*[/／丨|]\s*\S{1,16}|"
    r"(?:Source|Editor|Author)\s*[:：]\s*\S"
    r")",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^[\s(（【\[\*>»▶►■●◆↓▼]*(?:"
    # share, subscribe, comment
    r"(?:share|tweet|pin|print|email|save|like|follow|copy link|comments?|\d+ comments?|advertisement|"
    r"advert|ad|caption|key points|don['’]t miss|sponsored links?|sponsored|promoted|"
    r"continue reading|read more|show more|load more|see more|view (?:gallery|comments|all)|skip (?:ad|"
    r"advertisement|to [\w ]+)|"
    r"sign up|log in|subscribe|newsletter|loading(?:\.\.\.|…)?|play video|watch(?: now)?|close|"
    r"back to top|story continues(?: below.*)?|"
    r"article continues(?: below.*)?|continued below|most (?:read|popular|viewed)|trending(?: now)?|"
    r"editors?['’]? picks|more from [\w ]+|"
    r"recommended(?: for you)?|you (?:may|might) (?:also )?like.*|related(?: (?:articles|stories|"
    r"content|links|topics|news|coverage|posts))?|"
    r"tags|topics|filed under|share this(?: article| story| post| page)?(?: on .*)?|share on \w+.*|"
    r"follow us(?: on .*)?|"
    r"(?:image|photo|picture) (?:caption|credit|source|copyright).{0,80}|getty images|hide caption|"
    r"toggle caption|enlarge this image)"
    r"\s*[:：.]?\s*$"
    r"|(?:read (?:more|also|next)|see also|also (?:read|see)|related|more|recommended|watch|"
    r"related (?:story|article|coverage)|don['’]t miss|"
    r"editor['’]s picks?|up next|must read|read it|click here to (?:read|see|watch|sign))(?:\s*[:：|>»]|"
    r"\s+[-–—]\s)"
    r"|(?:sign up|subscribe) (?:for|to) (?:our|the|my|[\w' ]{1,30}newsletter)|follow (?:us|me|him|her|"
    r"them|[A-Z]\w+(?: [A-Z]\w+)?) on (?:twitter|facebook|instagram)"
    r"|image \d+ of ?/? ?\d+|back to gallery|continue reading below|key points$|citation\s*:|"
    r"this document is subject to copyright|copyright (?:©|\(c\)|\d{4})|©|\(c\) \d{4}|"
    r"all rights reserved|"
    r"this material may not be published"
    # Chinese
    r"|(?:【?字[号號体體]|字級|文字サイズ|글자 크기)\s*[:：]|(?:打印|列印|推荐给好友|关闭窗口|關閉視窗|"
    r"分享到|分享至|分享|收藏|复制链接|複製連結|印刷|シェアする|리스트|인쇄|공유하기)"
    r"(?:[\s:：　|/]+\S{0,12}){0,8}$"
    r"|(?:相关|相關|関連|관련|延伸)\s?(?:新闻|新聞|阅读|閱讀|报道|報導|报导|链接|連結|专题|推荐|文章|"
    r"記事|ニュース|リンク|기사|뉴스)\s*[:：>»]?\s*$"
    r"|(?:更多|点击|點擊|扫描|扫码|长按|关注|下载|打开)(?:精彩|进入|查看|下方|二维码|新闻|内容|关注|"
    r"更多|APP|客户端|微信|此处)[^。]{0,40}$"
    r"|(?:版权|版權)(?:声明|所有|归)|(?:特别|郑重|免责)?声明\s*[:：]|未经(?:授权|许可|允许|"
    r"书面)[^。]{0,20}(?:转载|使用|复制)"
    r"|(?:以上(?:文章|内容)|本文(?:仅)?(?:代表|系|为)|文章(?:仅)?代表作者)[^。]{0,40}(?:观点|立场|转载|版权)"
    r"|(?:上一[页頁篇]|下一[页頁篇]|前のページ|次のページ|이전 페이지|다음 페이지)(?:\s|[:：>»]|$)|"
    r"返回(?:首页|列表|"
    r"搜狐|顶部|目录)"
    r"|(?:无断|無断)(?:转载|転載)|무단\s?전재|저작권자|Copyrights?ⓒ|ⓒ|<저작권"
    r"|(?:我要|发表|查看|參與|参与)?(?:评论|留言|跟帖)\s*(?:\(\d+\)|（\d+）|\d+)?\s*$|(?:阅读|浏览|点击|"
    r"閱讀)(?:量|数|次数)?\s*[:：(（]?\s*\d"
    r"|(?:本站|this (?:web)?site|we|our site) (?:uses?|使用) cookies?|.{0,60}(?:requires?|enable) javascript"
    r"|[(（]?原标题\s*[:：]|(?:文章|新闻)?(?:关键词|關鍵詞|关键字|标签)\s*[:：]|(?:扫一扫|扫描|扫码|"
    r"长按)[^。]{0,60}(?:二维码|手机|关注|打开|查看)"
    r"|[^。！？]{0,70}(?:扫描|长按|识别)[^。]{0,12}二维码[^。]{0,50}|(?:已收藏|知道了|收藏成功)"
    r"|(?:updated?|published|posted|last (?:modified|updated)|first published)\s*(?:at|"
    r"on)?\s*:?\s*(?:\w{3,9}\.?,? )?(?:\d{1,2}[: ]|\w{3,9}\.? \d).{0,60}$"
    r"|您的浏览器|你的浏览器|请升级浏览器|视频加载中|正在加载|加载中"
    r")",
    re.IGNORECASE,
)
_TRAILING_CREDIT = re.compile(
    r"\s*[(（【\[]\s*(?:责任编辑|責任編輯|编辑|編輯|责编|責編|編集|편집|Editing by|Edited by|Editor|"
    r"网编|实习编辑|值班编辑)"
    r"\s*[:：/＝=]?\s*[^()（）【】\[\]\n]{1,40}[)）】\]]\s*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"[(（\[](?:images?|photos?|pictures?|pic|credit|ap photo|source|file photo)\b[^()（）\[\]]{0,80}"
    r"[)）\]]\s*$|(?:[|/·]\s*|\bcredit: ?|\bvia )(?:getty(?: images)?|reuters|afp|ap|epa|shutterstock|"
    r"istock|alamy|bloomberg)(?: images| photos?)?\s*$|(?:^|[.\s])(?:credit|photograph|"
    r"photo(?:graph)?(?: credit)?(?: by)?|image(?: credit)?)\s*[:：]\s*[^.:：]{2,60}$",
    re.IGNORECASE,
)
LONGEST_NOTICE = 200


def is_credit(text: str) -> bool:
    """Whether a line only says who wrote, edited, checked or sent the text."""
    return cells(text) <= 110 and (
        _CREDIT.match(text) is not None or (len(text) < 60 and bool(_only_editor(text)))
    )


def _only_editor(text: str) -> str:
    return editor_in(text) if _CREDIT.match(text) or text[:1] in "(（【[" else ""


def is_caption(text: str) -> bool:
    """Whether a line ends as what is printed under a picture: (Image: Getty), Photo: A. Name, | Reuters."""
    return cells(text) <= 320 and _CAPTION.search(text) is not None


def is_notice(text: str) -> bool:
    """Whether a line is the site speaking: sharing, subscribing, copyright, "read also"."""
    return cells(text) <= LONGEST_NOTICE and _NOTICE.match(text) is not None


def without_credit(text: str) -> tuple[str, str]:
    """A paragraph without an editor's credit at its very end, and the editor."""
    tail = text[-60:]
    match = _TRAILING_CREDIT.search(tail)
    if not match or (match.start() == 0 and len(text) <= 60):
        return text, ""
    editor = editor_in(tail[match.start() :])
    return text[: len(text) - len(tail) + match.start()], editor
