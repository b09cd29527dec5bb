"""Resources and operations on the map."""

from app.domain.importables import Importable
from app.domain.operations import Operation
from app.domain.resources import Resource
from app.domain.units import imports, village_voids, villages
from app.domain.units.shape import UNIT
from app.domain.units.village_table import VILLAGE_TABLE, split_kind

UNITS = Resource(
    UNIT,
    "units",
    many="List the units that stood on a day: by level, parent, code, or part of a name.",
    one="Read one unit by its id or its code on the day; ended units stay readable.",
    create=villages.create_village,
    void=village_voids.void_village,
    importable=Importable(
        columns=VILLAGE_TABLE.columns,
        keys=[("parent", "name", "valid_from"), ("code",)],
        create_many=villages.record_villages,
        change=split_kind,
    ),
    offline=False,
)

RESOURCES = (UNITS,)
OPERATIONS = (Operation(imports.import_villages, "units/import", tag="units"),)
