"""Pictures: nothing fetched unasked, files that are hostile, and each encoder decoded back."""

from __future__ import annotations

import io
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from rich.style import Style

from tests.ui.desk import open_desk
from tests.ui.shop import Shop, open_shop, paragraph, stock
from tests.ui.test_pty import RESTORED, program, quit_from
from tui_news.extract.raster import Raster, read_raster
from tui_news.model import Article, Block, Enclosure, Run
from tui_news.newsroom.pictures import pictures_of
from tui_news.terminal.graphics import known_way, way_of
from tui_news.ui.pictures import blocks, kitty, sixel


def file_of(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    """A picture file: a red left half, a blue right one."""
    image = Image.new(mode, (width, height), "red")
    image.paste(Image.new(mode, (width - width // 2, height), "blue"), (width // 2, 0))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest.fixture
def stocked(tmp_path: Path, shop: Shop, clock: object) -> Path:
    shop.goods["/one.png"] = ("image/png", file_of(400, 200))
    shop.goods["/two.jpg"] = ("image/jpeg", file_of(60, 90, "JPEG"))
    shop.page("/three.png", "<html>no picture</html>")
    shop.goods["/four.png"] = ("image/png", file_of(400, 200)[:300])
    article = Article(
        "cccc00000001",
        "",
        url=shop.url("/page"),
        headline="Pictures",
        picture=shop.url("/one.png"),
        enclosures=(Enclosure(shop.url("/four.png"), "image/png", title="Broken"),),
        blocks=(
            paragraph("Before.", ("as a link", shop.url("/two.jpg"))),
            Block("picture", (Run("The ferry at noon"),), src=shop.url("/one.png"), alt="A red ferry"),
            *(paragraph(f"Text {number}") for number in range(30)),
            Block("picture", src=shop.url("/two.jpg"), alt="The mill"),
            Block("picture", src=shop.url("/three.png")),
            Block("picture", src="javascript:alert(1)", alt="none"),
        ),
    )
    return stock(tmp_path / "home", shop, [article, Article("cccc00000002", "", headline="None")])


async def test_pictures_are_shown_when_the_reader_asks(stocked: Path, shop: Shop) -> None:
    async with open_desk(stocked, (80, 24)) as desk:
        await desk.press("enter")
        assert "[Picture: A red ferry]" in desk.text
        assert shop.asked == []
        await desk.press("I")
        await desk.until(lambda: "▀▀▀" in desk.text, "the picture")
        assert shop.asked == ["/one.png"]
        assert "The ferry at noon [A red ferry] · 400 × 200 PNG" in desk.text
        assert "1 of 4 · n next" in desk.text
        # As large as it goes: 40 cells for each half, one red and one blue.
        strip = next(
            s for s in desk.app.screen._compositor.render_strips() if s.text.strip(" ").startswith("▀▀")
        )
        looks = {
            str(segment.style.color.triplet.hex): len(segment.text)
            for segment in strip
            if "▀" in segment.text and segment.style and segment.style.color and segment.style.color.triplet
        }
        assert looks.keys() >= {"#fe0000", "#0000fe"} or looks.keys() >= {"#ff0000", "#0000ff"}
        assert strip.text.count("▀") == 80
        await desk.press("n")
        await desk.until(lambda: "60 × 90 JPEG" in desk.text, "the second")
        await desk.press("n")
        await desk.until(lambda: "cannot be shown" in " ".join(desk.text.split()), "the error")
        await desk.press("n")
        await desk.until(lambda: "the picture is damaged" in " ".join(desk.text.split()), "the error")
        assert "Broken" in desk.text
        await desk.press("n", "p", "p")
        await desk.until(lambda: "60 × 90 JPEG" in desk.text, "the second again")
        await desk.pilot.resize_terminal(30, 12)
        await desk.until(lambda: desk.text.count("\n") < 13 and "▀" in desk.text, "the smaller one")
        await desk.press("y")
        assert desk.app.clipboard == shop.url("/two.jpg")
        assert desk.browser.reading


async def test_the_picture_that_is_meant(stocked: Path, shop: Shop) -> None:
    async with open_desk(stocked, (80, 24)) as desk:
        await desk.press("enter", "pagedown", "I")
        await desk.until(lambda: "60 × 90 JPEG" in desk.text, "the next one below")
        await desk.press("q", "g", "semicolon", "a")
        # A link to one of the article's pictures shows it.
        await desk.until(lambda: "60 × 90 JPEG" in desk.text, "the picture")
        await desk.press("escape", "escape", "j", "I")
        assert desk.message == "No pictures in this article"
    assert set(shop.asked) == {"/two.jpg"}


async def test_pictures_can_be_switched_off(stocked: Path, shop: Shop) -> None:
    config = stocked / "config" / "config.toml"
    config.write_text(config.read_text() + '\n[pictures]\nshow = "never"\n', encoding="utf-8")
    async with open_desk(stocked, (80, 24)) as desk:
        await desk.press("enter", "I")
        assert desk.message.startswith("Pictures are switched off")
    assert shop.asked == []


async def test_without_colours_there_are_dots(stocked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_desk(stocked, (80, 24)) as desk:
        await desk.press("enter", "I")
        await desk.until(lambda: re.search("[\u2801-\u28ff]{20}", desk.text), "the dots")


def test_which_pictures_an_article_has() -> None:
    article = Article(
        "d",
        "",
        picture="https://e.example/lead.jpg",
        enclosures=(
            Enclosure("https://e.example/a.mp3", "audio/mpeg"),
            Enclosure("https://e.example/b.png", "image/png", title="B"),
        ),
        blocks=(
            Block("picture", (Run("cap"),), src="https://e.example/x.png", alt="alt"),
            Block("picture", src="https://e.example/x.png"),
        ),
    )
    found = pictures_of(article)
    assert [picture.src[18:] for picture in found] == ["x.png", "lead.jpg", "b.png"]
    assert [picture.words for picture in found] == ["cap [alt]", "", "B"]
    assert found[0].block == 0


# --- files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_picture_is_made_smaller_never_larger(kind: str) -> None:
    data = file_of(400, 200, kind)
    made = read_raster(data, 100, 100)
    assert (made.width, made.height, made.file_width, made.file_height) == (100, 50, 400, 200)
    assert made.file_format == kind
    assert len(made.pixels) == 100 * 50 * 3
    left = made.pixels[: 3 * 40]
    assert all(left[at] > 200 and left[at + 2] < 60 for at in range(0, len(left), 3))
    same = read_raster(data, 1_000, 1_000)
    assert (same.width, same.height) == (400, 200)


def test_what_is_transparent_shows_the_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    assert read_raster(out.getvalue(), 4, 4, paper=(1, 2, 3)).pixels == b"\1\2\3" * 16


def test_a_picture_that_lies_on_its_side_is_put_up() -> None:
    image = Image.new("RGB", (40, 20), "red")
    exif = image.getexif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    made = read_raster(out.getvalue(), 100, 100)
    assert (made.width, made.height) == (20, 40)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no picture of a kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture of a kind"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture of a kind"),
        (file_of(50, 50)[:-30], "damaged"),
        (file_of(50, 50, "JPEG")[:300], "damaged"),
    ],
)
def test_files_that_are_none(data: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_raster(data, 10, 10)


def test_a_bomb_is_not_unpacked() -> None:
    """A few kilobytes that would be ten gigabytes of pixels."""
    width = height = 60_000
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + name + body + check

    data = chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000))
    with pytest.raises(ValueError, match="too many pixels"):
        read_raster(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b""), 10, 10)


@given(st.binary(max_size=400), st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_files_are_an_error_of_one_line(noise: bytes, kind: str, data: st.DataObject) -> None:
    file = bytearray(file_of(30, 20, kind))
    at = data.draw(st.integers(0, len(file)))
    file[at : at + len(noise)] = noise
    try:
        made = read_raster(bytes(file), 8, 8)
    except ValueError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert len(made.pixels) == made.width * made.height * 3


# --- encoders, decoded back ---------------------------------------------------------------------------

SIZES = st.tuples(st.integers(1, 23), st.integers(1, 17))


def rgb(size: tuple[int, int], colors: list[tuple[int, int, int]]) -> Raster:
    width, height = size
    pixels = b"".join(
        bytes(colors[(x * 7 + y * 3 + x * y) % len(colors)]) for y in range(height) for x in range(width)
    )
    return Raster(width, height, pixels)


COLORS = st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=9)


@given(SIZES, COLORS)
@settings(max_examples=60, deadline=None)
def test_half_blocks(size: tuple[int, int], colors: list[tuple[int, int, int]]) -> None:
    raster = rgb(size, colors)
    rows: list[bytes] = []
    for strip in blocks.half_blocks(raster):
        upper, lower = b"", b""
        for segment in strip:
            assert set(segment.text) == {"▀"}
            assert segment.style
            assert segment.style.color
            assert segment.style.color.triplet
            upper += bytes(segment.style.color.triplet) * len(segment.text)
            if segment.style.bgcolor and segment.style.bgcolor.triplet:
                lower += bytes(segment.style.bgcolor.triplet) * len(segment.text)
        rows += [upper, lower]
    assert b"".join(rows) == raster.pixels


@given(SIZES, st.integers(1, 1 << 30))
@settings(max_examples=60, deadline=None)
def test_braille(size: tuple[int, int], seed: int) -> None:
    width, height = size
    bits = [(seed >> ((x * 5 + y * 11) % 30)) & 1 for y in range(height) for x in range(width)]
    strips = blocks.braille(Raster(width, height, bytes(255 * bit for bit in bits)), Style())
    order = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
    seen = [
        int(bool((ord(strips[y // 4].text[x // 2]) - 0x2800) & order[y % 4 * 2 + x % 2]))
        for y in range(height)
        for x in range(width)
    ]
    assert seen == bits


def kitty_decoded(text: str) -> tuple[dict[str, str], bytes]:
    """The keys of the first chunk, and the pixels of all."""
    chunks = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", text)
    assert "".join(f"\x1b_G{keys};{data}\x1b\\" for keys, data in chunks) == text
    assert all(len(data) <= 4096 for _, data in chunks)
    told = [dict(pair.split("=") for pair in keys.split(",")) for keys, _ in chunks]
    assert [keys["m"] for keys in told] == ["1"] * (len(chunks) - 1) + ["0"]
    assert all(len(data) % 4 == 0 for _, data in chunks)
    return told[0], zlib.decompress(b64decode("".join(data for _, data in chunks)))


@given(SIZES, COLORS)
@settings(max_examples=40, deadline=None)
def test_kitty(size: tuple[int, int], colors: list[tuple[int, int, int]]) -> None:
    raster = rgb(size, colors)
    keys, pixels = kitty_decoded(kitty.draw(raster, 9, 4))
    assert pixels == raster.pixels
    assert (keys["s"], keys["v"], keys["c"], keys["r"]) == (str(size[0]), str(size[1]), "9", "4")


def test_kitty_in_chunks() -> None:
    import random

    pixels = random.Random(1).randbytes(60 * 60 * 3)
    assert kitty_decoded(kitty.draw(Raster(60, 60, pixels), 6, 3))[1] == pixels


def sixel_decoded(text: str) -> tuple[int, int, dict[int, tuple[int, int, int]], list[list[int]]]:
    """Width, height, colours (to 100) and the colour of each pixel; -1 where none was drawn."""
    match = re.fullmatch(r'\x1bP0;1;0q"1;1;(\d+);(\d+)(.*)\x1b\\', text, re.DOTALL)
    assert match
    width, height = int(match[1]), int(match[2])
    grid = [[-1] * width for _ in range(height + 6)]
    colors: dict[int, tuple[int, int, int]] = {}
    x = top = color = 0
    for part in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])", match[3]):
        if part[1]:
            color = int(part[1])
            if part[2]:
                colors[color] = (int(part[2]), int(part[3]), int(part[4]))
        elif part[8]:
            x, top = 0, top + 6 * (part[8] == "-")
        else:
            end = x + int(part[5] or 1)
            for bit in range(6):
                if (ord(part[6] or part[7]) - 63) >> bit & 1:
                    grid[top + bit][x:end] = [color] * (end - x)
            x = end
    assert all(cell == -1 for row in grid[height:] for cell in row)
    return width, height, colors, grid[:height]


@given(SIZES, COLORS)
@settings(max_examples=60, deadline=None)
def test_sixel(size: tuple[int, int], colors: list[tuple[int, int, int]]) -> None:
    width, height = size
    indices = bytes((x * 7 + y * 3) % len(colors) for y in range(height) for x in range(width))
    text = sixel.draw(Raster(width, height, indices, tuple(colors)))
    made = sixel_decoded(text)
    assert made[:2] == size
    assert [cell for row in made[3] for cell in row] == list(indices)
    for number, color in enumerate(colors):
        assert all(
            abs(part * 2.55 - wanted) < 1.5 for part, wanted in zip(made[2][number], color, strict=True)
        )


def test_sixel_of_a_file() -> None:
    made = read_raster(file_of(100, 50), 60, 30, "palette")
    assert made.palette
    grid = sixel_decoded(sixel.draw(made))[3]
    red, blue = made.palette[grid[5][2]], made.palette[grid[5][57]]
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


# --- terminals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "kitty"),
        ({"TERM": "foot-direct"}, "sixel"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "sixel"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0", "KITTY_WINDOW_ID": "1"}, "blocks"),
        ({"TERM": "linux"}, "blocks"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "blocks"),
        ({}, "blocks"),
        ({"TERM": "xterm-256color"}, None),
    ],
)
def test_what_a_terminal_is_known_to_draw(environment: dict[str, str], way: str | None) -> None:
    assert known_way(environment) == way


def test_what_a_terminal_answers() -> None:
    assert way_of(b"\x1b_Gi=31;OK\x1b\\\x1b[?62;4c") == "kitty"
    assert way_of(b"\x1b_Gi=31;ENOTSUP\x1b\\\x1b[?62;4;22c") == "sixel"
    assert way_of(b"\x1b[?62;14;22c") == "blocks"
    assert way_of(b"") == "blocks"


CLEAN = {
    "TMUX": None,
    "STY": None,
    "ZELLIJ": None,
    "TERM_PROGRAM": None,
    "KITTY_WINDOW_ID": None,
    "NO_COLOR": None,
}


def test_kitty_draws_and_forgets(stocked: Path) -> None:
    with program(stocked, {**CLEAN, "TERM": "xterm-kitty"}) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.press("enter")
        terminal.wait_for("Before.")
        terminal.press("I")
        terminal.wait_for(lambda term: b"\x1b_Ga=T" in term.raw and b"m=0;" in term.raw, 20)
        terminal.settle()
        drawn = re.search(rb"\x1b\[(\d+);(\d+)H((?:\x1b_G[^\x1b]*\x1b\\)+)", terminal.raw)
        assert drawn
        keys, pixels = kitty_decoded(drawn[3].decode())
        assert len(pixels) == int(keys["s"]) * int(keys["v"]) * 3
        assert pixels[:2] == b"\xff\x00" or pixels[:1] == b"\xfe"
        # It lies in the window, above the caption.
        assert int(drawn[1]) + int(keys["r"]) <= 24
        assert int(drawn[2]) + int(keys["c"]) <= 81
        assert "400 × 200 PNG" in terminal.text
        terminal.press("q")
        terminal.wait_for("Before.")
        assert b"\x1b_Ga=d,d=I" in terminal.raw
        assert quit_from(terminal) == 0
        assert "Traceback" not in terminal.text


def test_sixels_when_they_are_asked_for(stocked: Path) -> None:
    config = stocked / "config" / "config.toml"
    config.write_text(config.read_text() + '\n[pictures]\nshow = "sixel"\n', encoding="utf-8")
    with program(stocked, {**CLEAN, "TERM": "xterm-256color"}) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.press("enter")
        terminal.wait_for("Before.")
        terminal.press("I")
        terminal.wait_for(
            lambda term: re.search(rb"\x1bP0;1;0q.*?\x1b\\", term.raw, re.DOTALL) is not None, 20
        )
        terminal.settle()
        found = re.search(rb"\x1bP0;1;0q.*?\x1b\\", terminal.raw, re.DOTALL)
        assert found
        assert sixel_decoded(found[0].decode())[:2] == (400, 200)
        terminal.press("q")
        terminal.wait_for("Before.")
        assert quit_from(terminal) == 0


def test_an_unknown_terminal_is_asked_once(stocked: Path) -> None:
    with program(stocked, {**CLEAN, "TERM": "xterm-256color"}) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.press("enter")
        terminal.wait_for("Before.")
        for _ in range(2):
            terminal.press("I")
            terminal.wait_for("▀▀▀▀", 20)
            terminal.wait_for("400 × 200 PNG")
            terminal.settle()
            terminal.press("q")
            terminal.wait_for("Before.")
            terminal.settle()
        assert terminal.raw.count(b"\x1b_Gi=31") == 1
        assert quit_from(terminal) == 0
        assert set(terminal.emulator.modes) == RESTORED
        assert "Traceback" not in terminal.text
