"""Jobs: the queue and its tables belong to procrastinate; one table of ours stands beside it."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Table, text
from sqlmodel import Field, SQLModel

from app.db.base import TIME, now

# Named for the foreign key only. Migrations leave alone whatever has this prefix.
NOT_OURS = "procrastinate_"
QUEUED = Table("procrastinate_jobs", SQLModel.metadata, Column("id", BigInteger, primary_key=True))


class JobFault(SQLModel, table=True):
    """The kind of error a job ended with last; never its words, which may quote a person."""

    __tablename__ = "job_fault"

    job_id: int = Field(
        sa_type=BigInteger,
        primary_key=True,
        foreign_key="procrastinate_jobs.id",
        ondelete="CASCADE",
        sa_column_kwargs={"autoincrement": False},
    )
    error: str = Field(max_length=200)
    at: datetime = Field(
        default_factory=now, sa_type=TIME, sa_column_kwargs={"server_default": text("now()")}
    )
