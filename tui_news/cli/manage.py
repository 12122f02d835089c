"""`tui-news config` and `tui-news doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_news.cli.output import DONE, FAILED, NOTHING, USAGE, CommandError, complain, write
from tui_news.config import ConfigError, config_get, config_set, config_show, load_config
from tui_news.config.files import FileError
from tui_news.paths import Places
from tui_news.text.width import pad

if TYPE_CHECKING:
    from argparse import Namespace


def config_path(options: Namespace) -> int:
    """`config path`: where the reader's files are."""
    from tui_news.newsroom import files_of

    for name, path in files_of(Places.of_user()).items():
        write(f"{name:<8} {path}")
    return DONE


def config_show_all(options: Namespace) -> int:
    """`config show`: every setting with its value, its default marked, and what it does."""
    config = load_config(Places.of_user())
    for problem in config.problems:
        complain(problem)
    for key, value, is_default, help_text in config_show(config):
        sign = " " if is_default else "*"
        write(f"{sign} {pad(f'{key} = {value}', 40)}  {help_text}")
    return DONE


def config_get_one(options: Namespace) -> int:
    """`config get KEY`: a setting's value."""
    try:
        write(config_get(Places.of_user(), options.key))
    except ConfigError as error:
        raise CommandError(str(error), NOTHING) from error
    return DONE


def config_set_one(options: Namespace) -> int:
    """`config set KEY VALUE`: written to `config.toml`, comments kept."""
    try:
        config_set(Places.of_user(), options.key, options.value)
    except ConfigError as error:
        # What the file system refused is no wrong use.
        raise CommandError(str(error), FAILED if isinstance(error.__cause__, FileError) else USAGE) from error
    return DONE
