"""What every table at headquarters is made of: times, positions, and the one metadata."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, String, TypeDecorator

# SQLite numbers rows by itself only in INTEGER columns.
Position = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """A UTC time as ISO text of fixed width: the same in every database, and it sorts as the time does."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's names
        """Return the text that is stored."""
        return value and value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's names
        """Return the time that was stored."""
        return value and datetime.fromisoformat(value)


metadata = MetaData()
