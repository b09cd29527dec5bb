"""API declaration of imports."""

from app.domain.exchange.imports import downloads, service
from app.domain.exchange.imports.shape import IMPORT, IMPORT_ROW
from app.domain.operations import Operation, figure
from app.domain.resources import Resource

IMPORTS = Resource(
    IMPORT,
    "imports",
    many="List the imports that you have made, newest first.",
    one="Read one import: its state, its progress and the hash of its plan.",
    create=service.create_import,
    transition=service.transition_import,
    figures={
        "template": figure(downloads.import_template),
        "{id}/faults": figure(downloads.import_faults),
    },
)
IMPORT_ROWS = Resource(
    IMPORT_ROW,
    "import-rows",
    many="List the rows of imports, in the order of the file, each with its outcome.",
    one="Read one row of an import.",
)

RESOURCES = (IMPORTS, IMPORT_ROWS)
OPERATIONS: tuple[Operation, ...] = ()
