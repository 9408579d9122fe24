"""Who may come in: the agency, tokens, certificates, devices, orders to cars."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from mdt_app.hq.tables.base import Moment, Position, metadata

agency = Table("agency", metadata, Column("ori", String(9), primary_key=True))

tokens = Table(
    "tokens",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("holder", String(200), nullable=False),
    Column("role", String(40), nullable=False),
    Column("issued_at", Moment, nullable=False),
)

# The agency's own authority and headquarters' certificate; their keys are sealed by headquarters' key.
certificates = Table(
    "certificates",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("certificate", Text, nullable=False),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("hosts", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_id", String(64), primary_key=True),
    Column("car_id", String(200), nullable=False),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("request_sha256", String(64)),
    Index("enrolment_codes_by_car", "car_id"),
)

devices = Table(
    "devices",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("certificate", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("audit_key", String(64), nullable=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# A car's next certificate, issued over the one it has, which ends once the next one is first shown.
renewals = Table(
    "renewals",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("certificate", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

# Rows are only ever added: what was done to cars' identities, and by whom.
device_acts = Table(
    "device_acts",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("car_id", String(200), nullable=False),
    Column("act", String(40), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("detail", Text, nullable=False),
    Index("device_acts_by_car", "car_id", "position"),
)

orders = Table(
    "orders",
    metadata,
    Column("number", Position, primary_key=True, autoincrement=True),
    Column("car_id", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("by", String(200), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("state", String(20)),
    Column("told_at", Moment),
    Column("words", Text, nullable=False),
    Index("orders_by_car", "car_id", "number"),
)

# One row a day, holder and reason, so that a flood of strangers does not fill the disk.
identity_refusals = Table(
    "identity_refusals",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("holder", String(200), primary_key=True),
    Column("reason", String(40), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)
