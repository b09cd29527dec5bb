"""Clean files for the intake: in the limited processes that open files."""

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.pool import TOO_COSTLY
from app.domain.tips.context import TipContext
from app.domain.tips.intake.errors import FileNotClean, MediaTypeNotAllowed
from app.domain.tips.intake.files.clean import CleanFile

TASK = "app.domain.tips.intake.files.clean:clean"
SAME = {TOO_COSTLY: "too_many_pixels", "unreadable": "picture_unreadable"}


async def clean_in_process(context: TipContext, content: bytes) -> CleanFile:
    """Return a file without metadata; refuse one that cannot be made clean, with the reason."""
    try:
        async with context.drawing.inside():
            answer, output = await context.files.run(TASK, content)
    except Refused as refusal:
        if refusal.code == "kind_not_taken":
            raise MediaTypeNotAllowed() from None
        raise FileNotClean(SAME.get(refusal.code, refusal.code)) from None
    return CleanFile(answer["media_type"], output)
