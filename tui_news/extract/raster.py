"""A picture file as pixels, as many as the screen has room for. Run in a worker: the file is hostile."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final, Literal

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF", "ICO")
"""Nothing that runs programs or reads other files (EPS, SVG), nothing that newspapers do not use."""
MAX_PIXELS: Final = 60_000_000
"""As many as a picture of 200 MB unpacked has; a worker holds it, and no telephone takes larger ones."""
COLORS: Final = 255

Form = Literal["rgb", "palette", "dots"]
"""Three bytes a pixel; one byte that counts into `palette`; one byte, 0 or 255, by error diffusion."""


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels row by row, and the size and format of the file that they came from."""

    width: int
    height: int
    pixels: bytes
    palette: tuple[tuple[int, int, int], ...] = ()
    file_width: int = 0
    file_height: int = 0
    file_format: str = ""


def read_raster(
    data: bytes, width: int, height: int, form: Form = "rgb", paper: tuple[int, int, int] = (255, 255, 255)
) -> Raster:
    """A picture made to fit into `width` × `height` pixels, never larger than it is; what is transparent
    shows `paper`. Raises ValueError, one plain line, for what cannot be shown."""
    try:
        from PIL import Image, ImageOps, UnidentifiedImageError
    except ImportError:
        raise ValueError("pictures need the library Pillow; `pip install pillow` adds it") from None
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    width, height = max(1, width), max(1, height)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as file:
                size, kind = file.size, str(file.format)
                if size[0] * size[1] > MAX_PIXELS:
                    raise Image.DecompressionBombError
                # A JPEG is decoded at the size that is wanted, which spares most of the work.
                file.draft("RGB", (2 * width, 2 * height))
                image = ImageOps.exif_transpose(file)
                if image.has_transparency_data:
                    image = image.convert("RGBA")
                    ground = Image.new("RGBA", image.size, (*paper, 255))
                    image = Image.alpha_composite(ground, image)
                image = image.convert("RGB")
                image.thumbnail((width, height), Image.Resampling.LANCZOS)
    except UnidentifiedImageError:
        raise ValueError("no picture of a kind that can be shown here (PNG, JPEG, GIF, WebP …)") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError("the picture has too many pixels to be shown here") from None
    except (OSError, SyntaxError, ValueError, IndexError, TypeError, EOFError, OverflowError) as error:
        raise ValueError(f"the picture is damaged ({type(error).__name__})") from None
    palette: tuple[tuple[int, int, int], ...] = ()
    if form == "palette":
        image = image.quantize(COLORS, dither=Image.Dither.FLOYDSTEINBERG)
        flat = image.getpalette() or []
        palette = tuple((flat[at], flat[at + 1], flat[at + 2]) for at in range(0, len(flat) - 2, 3))
    elif form == "dots":
        image = ImageOps.autocontrast(image.convert("L"), cutoff=1).convert("1").convert("L")
    return Raster(image.width, image.height, image.tobytes(), palette, *size, kind)
