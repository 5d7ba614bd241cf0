"""Files that are kept as evidence: pictures are decoded and written anew, texts are cleaned."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from models.rules.problems import BadFile

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000  # a decoded picture of this size takes about 160 MB
WIDEST = 2_000  # pixels; a page is printed at about 200 pixels an inch
PLAIN_TEXT = (".txt", ".log", ".csv", ".json", ".md")


@dataclass(frozen=True)
class KeptFile:
    media_type: str
    content: bytes


def prepare_file(name: str, content: bytes) -> KeptFile:
    """The file as it is kept: a PNG or JPEG for pictures, UTF-8 for texts.

    Raises BadFile when it is empty, larger than 10 MB, or neither a picture nor a text file.
    """
    if not content:
        raise BadFile(f"“{name}” is empty. Choose another file.")
    if len(content) > MOST_BYTES:
        raise BadFile(f"“{name}” is larger than 10 MB. Attach a smaller one, or link to it.")
    if name.lower().endswith(PLAIN_TEXT):
        try:
            return KeptFile("text/plain", content.decode("utf-8").encode())
        except UnicodeDecodeError:
            raise BadFile(f"“{name}” is not UTF-8 text. Save it as UTF-8, or link to it.") from None
    return _picture(name, content)


def _picture(name: str, content: bytes) -> KeptFile:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(
                io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "WEBP")
            )
            if picture.width * picture.height > MOST_PIXELS:
                raise BadFile(f"“{name}” has too many pixels. Attach a smaller version.")
            is_png = picture.format == "PNG"  # the turned picture no longer knows
            picture = ImageOps.exif_transpose(picture)
            picture.thumbnail((WIDEST, WIDEST * 2))
            with_alpha = "A" in picture.getbands() or "transparency" in picture.info
            out = io.BytesIO()
            if with_alpha or is_png or picture.mode in ("P", "L", "1"):
                picture.convert("RGBA" if with_alpha else "RGB").save(out, "PNG", optimize=True)
                return KeptFile("image/png", out.getvalue())
            picture.convert("RGB").save(out, "JPEG", quality=88, comment=b"")
            return KeptFile("image/jpeg", out.getvalue())
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise BadFile(
            f"“{name}” cannot be read as a picture. PNG, JPEG, GIF, WebP and plain text files "
            "can be kept; link to anything else."
        ) from error
