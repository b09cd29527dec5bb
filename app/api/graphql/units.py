"""Units over GraphQL."""

import strawberry

from app.api.graphql.roots import read_one, read_page
from app.domain.units.shape import REORGANISATION, UNIT


@strawberry.type
class UnitQuery:
    unit = read_one(UNIT, "One unit by its id, or by the code it had on the day.")
    units = read_page(UNIT, "The units that stood on the day, a page at a time.")
    unit_reorganisation = read_one(REORGANISATION, "One change of the map.")
    unit_reorganisations = read_page(REORGANISATION, "Changes of the map, newest first.")
