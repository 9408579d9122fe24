"""A file that headquarters made, with its signed proof, as it is laid down at a desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProvedFile:
    """A file that headquarters made, and its signed proof as JSON."""

    content: bytes
    proof: str

    def save(self, path: Path) -> None:
        """Put the file, whole or not at all, and its proof beside it. Raises OSError where that can't be written."""
        for place, content in ((path, self.content), (path.with_name(f"{path.name}.proof.json"), self.proof.encode())):
            draft = place.with_name(f"{place.name}.draft")
            try:
                draft.write_bytes(content)
                draft.replace(place)
            finally:
                draft.unlink(missing_ok=True)
