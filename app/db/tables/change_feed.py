"""The state of the feed of changes: since when it is whole."""

from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, text
from sqlmodel import Field, SQLModel


class ChangeFeed(SQLModel, table=True):
    """One row: the era of the database, and the last transaction whose changes were forgotten.

    A restored database begins another era, for it counts its transactions from the start.
    """

    __tablename__ = "change_feed"
    __table_args__ = (CheckConstraint("single", name="one_row"),)

    single: bool = Field(
        default=True, primary_key=True, sa_column_kwargs={"server_default": "true"}
    )
    era: UUID = Field(
        default_factory=uuid4, sa_column_kwargs={"server_default": text("gen_random_uuid()")}
    )
    forgotten_until: int = Field(
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")}
    )
