"""The agency's map for cars without a network: an MBTiles file (SQLite with raster tiles), read and never written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from mdt_app.domain.errors import BadInput

_RASTER = ("png", "jpg", "jpeg", "webp")


class MapFile:
    """Gives tiles by zoom, column and row, rows counted from the north. One thread uses it."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises BadInput when it is no MBTiles file with pictures."""
        self._name = path.name
        try:
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            about = dict(self._db.execute("SELECT name, value FROM metadata"))
            low, high = self._db.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
        except sqlite3.Error as error:
            raise BadInput(f"{path.name} is no MBTiles map.", "Give the agency's MBTiles file.") from error
        if not (isinstance(low, int) and isinstance(high, int)) or about.get("format", "png") not in _RASTER:
            raise BadInput(f"{path.name} holds no pictures.", "Give an MBTiles file with raster tiles.")
        self.zooms: tuple[int, int] = (low, high)

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """The picture of a tile, None where the map has none. Raises BadInput when the file can't be read any more."""
        south = (1 << zoom) - 1 - row  # MBTiles counts rows from the south
        where = "zoom_level = ? AND tile_column = ? AND tile_row = ?"
        try:
            found = self._db.execute(f"SELECT tile_data FROM tiles WHERE {where}", (zoom, column, south)).fetchone()  # noqa: S608 - constants only
        except sqlite3.Error as error:
            raise BadInput(f"{self._name} can't be read any more.", "Copy the map file again.") from error
        return found[0] if found and isinstance(found[0], bytes) else None

    def close(self) -> None:
        """Close the file."""
        self._db.close()
