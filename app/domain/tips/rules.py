"""Kinds and categories of tips that are never settled where they were received."""

from app.db.tables.tips import TipCategory, TipKind

# A sign of crime goes to an investigating agency (Đ.145, Đ.146 BLTTHS); neither crimes nor domestic
# violence are settled among neighbours (Luật Hòa giải ở cơ sở 35/2013/QH13, Đ.3).
CRIMES = (TipKind.CRIME_DENUNCIATION, TipKind.CRIME_REPORT, TipKind.PROSECUTION_PROPOSAL)
NEVER_LOCAL = (TipCategory.DOMESTIC_VIOLENCE,)
