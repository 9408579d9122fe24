"""Alembic's entry: runs the migrations in the transaction that the store has begun."""

from __future__ import annotations

from alembic import context

from mdt_app.hq.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
