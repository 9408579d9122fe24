"""Chains and their heads, holds for cases, purges, escrow; and the database's own rule that a stop needs its gate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)
_LACKS = """NOT EXISTS (SELECT 1 FROM events g WHERE g.kind = 'gate.passed' AND g.subject = NEW.subject
  AND g.car_id = NEW.car_id)"""
# A stop is recorded once with its gate before it, by whatever way it comes into the table; and it stays.
_RULES = {
    "sqlite": (
        f"""CREATE TRIGGER stops_need_gate BEFORE INSERT ON events WHEN NEW.kind = 'stop.recorded' AND {_LACKS}
  BEGIN SELECT RAISE(ABORT, 'no stop without a passed gate'); END""",
        """CREATE TRIGGER events_stand BEFORE UPDATE OF event_id, car_id, kind, subject ON events
  BEGIN SELECT RAISE(ABORT, 'an event stands'); END""",
    ),
    "postgresql": (
        f"""CREATE FUNCTION stops_need_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.kind = 'stop.recorded' AND {_LACKS} THEN RAISE EXCEPTION 'no stop without a passed gate'; END IF;
  RETURN NEW; END $$""",
        """CREATE TRIGGER stops_need_gate BEFORE INSERT ON events
  FOR EACH ROW EXECUTE FUNCTION stops_need_gate()""",
        """CREATE FUNCTION events_stand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'an event stands'; END $$""",
        """CREATE TRIGGER events_stand BEFORE UPDATE OF event_id, car_id, kind, subject ON events
  FOR EACH ROW EXECUTE FUNCTION events_stand()""",
    ),
}


def upgrade() -> None:
    """Create the tables, the column and the rules."""
    _chains()
    _keeping()
    op.add_column("alarms", sa.Column("subject", sa.String(200), nullable=False, server_default=""))
    unpurged = sa.text("content_sha256 <> ''")
    op.create_index("events_to_purge", "events", ["received_at"], sqlite_where=unpurged, postgresql_where=unpurged)
    for statement in _RULES[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def _chains() -> None:
    op.create_table(
        "heads",
        sa.Column("car_id", sa.String(200), primary_key=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(200), nullable=False),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("forked_at", _MOMENT),
        sa.Column("moved_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "links",
        sa.Column("car_id", sa.String(200), primary_key=True),
        sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("previous", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(200), nullable=False),
    )


def _keeping() -> None:
    op.create_table(
        "holds",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("case_number", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("taken_by", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("released_at", _MOMENT),
    )
    op.create_index("holds_by_subject", "holds", ["subject"])
    op.create_table(
        "purges",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("before", _MOMENT, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("signature", sa.String(128), nullable=False),
    )
    op.create_table(
        "not_kept",
        sa.Column("car_id", sa.String(200), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "escrow",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_index("escrow_by_car", "escrow", ["car_id", "position"])
    op.create_table(
        "keeping_acts",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
