"""What headquarters does with a move of a register, in the same transaction, and what it writes into the record."""

from __future__ import annotations

from collections.abc import Mapping

from mdt_app.hq import audits, deployments, training_due
from mdt_app.hq.registers import Effect

EFFECTS: Mapping[tuple[str, str], Effect] = {
    (audits.REGISTER, "draw"): audits.draw,
    (audits.REGISTER, "sign"): audits.sign,
    (training_due.REGISTER, "put_in_force"): training_due.put_in_force,
    (deployments.REGISTER, "end"): deployments.join,
    (deployments.REGISTER, "count"): deployments.join,
}
"""Register and move -> what follows from it."""
