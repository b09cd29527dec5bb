"""Pictures with metadata, as cameras and editors write them."""

from io import BytesIO

from PIL import Image, PngImagePlugin

MARK = "CANARY-IN-A-PICTURE"


def jpeg(mark: str = MARK, size: tuple[int, int] = (60, 40), turned: bool = False) -> bytes:
    """Make a JPEG with a place, a maker, a comment, a profile, XMP and a thumbnail."""
    picture, told = _draw(size), BytesIO()
    exif = picture.getexif()
    exif[0x010E], exif[0x010F], exif[0x9286] = mark, mark, mark
    if turned:
        exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (21.0, 1.0, 42.12), "E", (105.0, 51.0, 15.5)
    picture.save(
        told, "JPEG", exif=exif, comment=mark.encode(), icc_profile=mark.encode() * 20,
        xmp=f"<x>{mark}</x>".encode(),
    )  # fmt: skip
    return told.getvalue()


def png(mark: str = MARK, size: tuple[int, int] = (60, 40)) -> bytes:
    """Make a PNG with text in each kind of chunk that takes some."""
    picture, told, info = _draw(size), BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Author", mark)
    info.add_text("Comment", mark, zip=True)
    info.add_itxt("Title", mark)
    exif = picture.getexif()
    exif[0x010E] = mark
    picture.save(told, "PNG", pnginfo=info, exif=exif, icc_profile=mark.encode() * 20)
    return told.getvalue()


def webp(mark: str = MARK) -> bytes:
    picture, told = _draw((60, 40)), BytesIO()
    exif = picture.getexif()
    exif[0x010E] = mark
    picture.save(told, "WEBP", exif=exif, xmp=mark.encode(), icc_profile=mark.encode() * 20)
    return told.getvalue()


def _draw(size: tuple[int, int]) -> Image.Image:
    """Draw a picture, red on the left and blue on the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    return picture
