"""The name and the type of an exported file."""

from app.db.tables.exports import Export
from app.domain.exchange.exports.files import MEDIA_TYPES


def describe_file(export: Export) -> tuple[str, str]:
    """Return the name and the media type of the file of an export."""
    name = f"{export.resource}-{export.created_at:%Y%m%d-%H%M}.{export.format}"
    return name, MEDIA_TYPES[export.format]
