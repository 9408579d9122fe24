"""A register's description in the words of this desk's language: headquarters tells it in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mdt_app.domain.registers import FieldKind, Register
from mdt_app.sync.register_wire import RegisterShape
from ui.words import translated

_CONTEXT = "registers"
YES = ("yes", "no")
"""The choices of a field that is answered by one of them."""


def in_own_words(shape: RegisterShape) -> RegisterShape:
    """The same register to look at; its choices keep the values that headquarters knows."""
    return shape.model_copy(
        update={
            "name": said(shape.name),
            "about": said(shape.about),
            "fields": tuple(
                field.model_copy(update={"words": said(field.words), "hint": said(field.hint)})
                for field in shape.fields
            ),
            "states": tuple(state.model_copy(update={"words": said(state.words)}) for state in shape.states),
            "moves": tuple(move.model_copy(update={"words": said(move.words)}) for move in shape.moves),
        }
    )


def value_said(shape: RegisterShape, name: str, value: str) -> str:
    """A record's value as people read it: a choice in their language, everything else as it stands."""
    kinds = {field.name: field.kind for field in shape.fields}
    return said(value) if kinds.get(name) is FieldKind.CHOICE else value


def said(text: str) -> str:
    """A text of a register's description, or one of its choices."""
    return translated(text, _CONTEXT) if text else ""


def texts(registers: Mapping[str, Register]) -> Iterator[str]:
    """What these registers show; signs such as CT stay as they are in every language."""
    yield from YES
    for register in registers.values():
        yield from (register.name, register.about)
        for field in register.fields.values():
            yield from (field.words, field.hint, *field.choices)
        yield from (part.words for table in (register.states, register.moves) for part in table.values())
