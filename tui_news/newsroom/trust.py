"""What the reader trusts a source's host with: a password, or a certificate that is not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui_news.config.secrets import SecretError, Secrets, split_credentials
from tui_news.model import Source

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom

Origin = tuple[str, str, int]


class Trust:
    """Passwords and exceptions by the sources that they were given for."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._secrets = Secrets(newsroom.places)

    def userinfo(self, url: str) -> bytes:
        """Name and password for an address: those of the source at it, else of one at the same origin (the
        pages of its articles); b"" for none."""
        ids = self._secrets.ids
        if not ids:
            return b""
        origin = _origin(url)
        sources = [source for source in self._newsroom.subscriptions.sources if source.id in ids]
        exact = [source for source in sources if split_credentials(source.url)[0] == url]
        for source in exact or [each for each in sources if _origin(each.url) == origin]:
            if found := self._secrets.userinfo(source.id):
                return found
        return b""

    def is_trusted(self, url: str) -> bool:
        """Whether the reader takes any certificate of this address's host, for a source that he named."""
        origin = _origin(url)
        return any(
            source.insecure and _origin(source.url) == origin
            for source in self._newsroom.subscriptions.sources
        )

    def has_password(self, source: Source) -> bool:
        return source.id in self._secrets.ids

    def give_password(self, source: Source, user: str, password: str) -> str:
        """Keep a source's password, and take it out of its address if it stands there. Says where it is kept.

        Raises `follow.FollowError`.
        """
        from tui_news.newsroom.follow import FollowError, change

        try:
            where = self._secrets.put(source.id, user, password)
        except SecretError as error:
            raise FollowError(str(error)) from error
        if source.address != source.url:
            change(self._newsroom, source, url=source.address)
        return where

    def forget_password(self, source: Source) -> bool:
        """Forget it; whether there was one. Raises `follow.FollowError`."""
        from tui_news.newsroom.follow import FollowError

        try:
            return self._secrets.remove(source.id)
        except SecretError as error:
            raise FollowError(str(error)) from error

    def take_certificate(self, source: Source, any_certificate: bool) -> None:
        """Check the certificate of a source's host no more, or again. Raises `follow.FollowError`."""
        from tui_news.newsroom.follow import change, resume

        change(self._newsroom, source, insecure=any_certificate)
        resume(self._newsroom, source)


def _origin(url: str) -> Origin | None:
    try:
        parts = urlsplit(url)
        scheme = parts.scheme
        return scheme, (parts.hostname or "").lower(), parts.port or (443 if scheme == "https" else 80)
    except ValueError:
        return None
