"""The front page in the browser: opening from it, why here, topics, stories, catching up."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from tui_news.i18n import _, many, mark
from tui_news.model import Article
from tui_news.newsroom import View
from tui_news.newsroom.views import FRONT
from tui_news.portal.front import Item, Phrase
from tui_news.ui.front.page import FrontPage
from tui_news.ui.keys import bindings
from tui_news.ui.screens.comparing import Comparing

if TYPE_CHECKING:
    from tui_news.ui.screens.topics import Choice


class Fronting(Comparing):
    """What can be done on the front page, and with stories anywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("front", "story", "why", "catch_up", "topics", "follow_topic"))
    ]

    # --- the page -----------------------------------------------------------------------------------

    def action_front(self) -> None:
        if self.newsroom.front is None:
            self.make_front()
            self.say(_("The front page is being worked out; it comes in a moment"))
        else:
            self.go(View(FRONT))

    def make_front(self) -> None:
        """Have the page worked out, when there is anything to work it out from."""
        if self.newsroom.makes_front and not self.newsroom.show_starter:
            from tui_news.newsroom.frontchild import start

            start(self.newsroom)

    def look_at_front(self) -> None:
        """Show a page that was worked out meanwhile."""
        before = self._front_made
        front = self.newsroom.front
        self._front_made = front.made if front else 0.0
        if self._front_made == before:
            return
        if self.at_front and not self.reading:
            spot = self.front.current
            self.show_view(self.view, keep=spot.item.id if spot and spot.item else "")
        elif self.at_front:
            self.show_bars()
        else:
            # What came is one story with what was there: its rows fold, the cursor stays at its article.
            self.reload()

    _front_made = 0.0

    @property
    def subject(self) -> Article | None:
        if self.at_front and not self.reading:
            spot = self.front.current
            item = spot.item if spot else None
            # The page keeps no more of an article than it prints.
            return self.newsroom.article(item.id) if item else None
        return super().subject

    @property
    def item(self) -> Item | None:
        """The story under the cursor, or the one that is open, as it stands on the front page."""
        if self.at_front and not self.reading:
            spot = self.front.current
            return spot.item if spot else None
        article = self.subject
        front = self.newsroom.front
        for item in front.items() if front and article else ():
            if article and (item.id == article.id or article.id in item.story):
                return item
        return None

    @on(FrontPage.Moved)
    def _front_moved(self, event: FrontPage.Moved) -> None:
        if event.spot.item is not None:
            index = self.headlines.index_of(event.spot.item.id)
            if index is not None:
                self.headlines.cursor = index
        self.say("")

    @on(FrontPage.Opened)
    def _front_opened(self, event: FrontPage.Opened) -> None:
        spot = event.spot
        if spot.phrase is not None:
            self.open_phrase(spot.phrase)
        elif spot.item is not None:
            index = self.headlines.index_of(spot.item.id)
            if index is not None:
                self.headlines.cursor = index
            if event.by_space and self.newsroom.state(spot.item.id).read:
                following = self.headlines.next_unread()
                if following is not None:
                    self.headlines.cursor = following
            self.action_open()

    @on(FrontPage.Left)
    def _front_left(self, event: FrontPage.Left) -> None:
        if event.step > 0:
            self.action_next_section()
        else:
            self.action_previous_section()

    def show_pane(self) -> None:
        super().show_pane()
        if self.at_front and not self.reading:
            current = self.headlines.current
            index = self.front.index_of(current.id) if current else None
            spot = self.front.current
            if index is not None and not (spot and spot.item and current and spot.item.id == current.id):
                self.front.go(index)
            self.front.update_all()

    def open_phrase(self, phrase: Phrase) -> None:
        """The articles of a topic or a tag, as a list."""
        quoted = phrase.text.replace('"', " ")
        self.go(View(query=f'"{quoted}"'))
        self.say(
            many(
                len(self.headlines.articles), "{count} article on “{phrase}”",
                "{count} articles on “{phrase}”", phrase=phrase.text,
            )
        )  # fmt: skip

    # --- why ----------------------------------------------------------------------------------------

    def action_why(self) -> None:
        from tui_news.newsroom.why import why_here, why_phrase, why_place
        from tui_news.ui.screens.sheet import TextSheet, table

        spot = self.front.current if self.at_front and not self.reading else None
        front = self.newsroom.front
        block = front.blocks[spot.block] if front and spot and spot.block < len(front.blocks) else None
        if block is not None and spot is not None and spot.phrase is not None:
            phrase = spot.phrase
            told = table(why_phrase(block, phrase))
            self.app.push_screen(TextSheet(_("Why “{phrase}”?", phrase=phrase.text), told))
            return
        item = self.item
        if item is None:
            self.say(_("Only what stands on the front page has a place to ask for"))
            return
        place = why_place(block, item) if block is not None and item in block.items else ""
        rows = [(item.headline, ""), ("", ""), *([(place, ""), ("", "")] if place else []), *why_here(item)]
        self.app.push_screen(TextSheet(_("Why here?"), table(rows)))

    # --- stories ------------------------------------------------------------------------------------

    def action_story(self) -> None:
        article = self.subject
        if article is None:
            self.say(_("Go to an article first"))
            return
        from tui_news.newsroom.told import story_of
        from tui_news.ui.screens.story import StoryScreen

        ids = story_of(self.newsroom, article.id)
        articles = [found for id in ids if (found := self.newsroom.article(id)) is not None]
        if len(articles) < 2:
            self.say(_("Nobody else tells this story, as far as the cached sources go"))
            return

        def chosen(id: str | None) -> None:
            self.headlines.update_all()
            self.front.update_all()
            self.show_bars()
            if id:
                self.open_article(id)

        self.app.push_screen(StoryScreen(self.newsroom, articles, article.id, wide=self.is_wide()), chosen)

    # --- topics -------------------------------------------------------------------------------------

    def action_topics(self) -> None:
        from tui_news.ui.screens.topics import TopicsScreen

        front = self.newsroom.front
        if front is None:
            self.action_front()
            return

        def chosen(choice: Choice | None) -> None:
            self._chosen_topic(choice)

        self.app.push_screen(TopicsScreen(self.newsroom, front), chosen)

    def _chosen_topic(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.what == "open":
            self.open_phrase(choice.phrase)
        else:
            self.choose_phrase(choice.what, choice.phrase.text)

    def choose_phrase(self, what: str, phrase: str) -> None:
        """Follow or mute a phrase, or no longer; the page is worked out again."""
        from tui_news.newsroom.phrases import choices, choose

        on = phrase not in choices(self.newsroom, what)
        done, _none = self.kept(lambda: choose(self.newsroom, what, phrase, on))
        if not done:
            return
        if what == "followed":
            self._as_section(phrase, on)
        said = {
            ("followed", True): _(
                "“{phrase}” has a place of its own on the front page from now on", phrase=phrase
            ),
            ("followed", False): _("“{phrase}” is no longer followed", phrase=phrase),
            ("muted", True): _("“{phrase}” stays off the front page", phrase=phrase),
            ("muted", False): _("“{phrase}” is no longer muted", phrase=phrase),
        }
        self.say(said[what, on])
        self.make_front()

    def _as_section(self, phrase: str, on: bool) -> None:
        """A followed phrase is a saved search among the sections as well, where it opens all there is."""
        from tui_news.newsroom.arrange import keep_search, remove_search
        from tui_news.newsroom.follow import FollowError

        try:
            if on and self.newsroom.node((phrase,)) is None:
                quoted = phrase.replace('"', " ")
                keep_search(self.newsroom, phrase, f'"{quoted}"')
            elif not on and (node := self.newsroom.node((phrase,))) is not None and node.query:
                remove_search(self.newsroom, node.path)
        except FollowError as error:
            self.say(str(error), serious=True)
        self.show_bars()

    def action_follow_topic(self) -> None:
        from tui_news.newsroom.phrases import choices
        from tui_news.ui.screens.choose import ChooseScreen

        spot = self.front.current if self.at_front and not self.reading else None
        phrases: list[str] = []
        if spot is not None and spot.phrase is not None:
            phrases = [spot.phrase.text]
        elif (article := self.subject) is not None:
            from tui_news.newsroom.phrases import holding

            front = self.newsroom.front
            named = [p.text for b in front.blocks for p in b.phrases] if front else []
            told = holding(named)(article)
            phrases = list(dict.fromkeys((*article.tags, *told)))[:12]
        if not phrases:
            self.say(_("No topic or tag here; {topics} lists all", topics=self.news.key_of("topics")))
            return
        followed, muted = choices(self.newsroom, "followed"), choices(self.newsroom, "muted")
        rows: list[tuple[str, str]] = []
        for phrase in phrases:
            follow = mark("Unfollow “{phrase}”") if phrase in followed else mark("Follow “{phrase}”")
            mute = mark("Unmute “{phrase}”") if phrase in muted else mark("Mute “{phrase}”")
            rows.append((_(follow, phrase=phrase), f"followed:{phrase}"))
            rows.append((_(mute, phrase=phrase), f"muted:{phrase}"))

        def chosen(value: str | None) -> None:
            if value:
                what, _colon, phrase = value.partition(":")
                self.choose_phrase(what, phrase)

        self.app.push_screen(ChooseScreen(_("Follow or mute"), rows, _("Enter does it")), chosen)

    # --- catching up --------------------------------------------------------------------------------

    def action_catch_up(self) -> None:
        from tui_news.ui.screens.catchup import CatchUpScreen

        def done(id: str | None) -> None:
            self.headlines.update_all()
            self.front.update_all()
            self.show_bars()
            if id:
                self.open_article(id)

        self.app.push_screen(CatchUpScreen(self.newsroom, self.now()), done)
