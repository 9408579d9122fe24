"""The project's own networks (resources/models) on ONNX Runtime."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]  # it ships no type information

from mdt_app.domain.errors import MdtError

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
_FOLDER = files("resources") / "models"


class Network:
    """One network of resources/models. `threads`: how many cores it may take. MdtError when the file is missing."""

    def __init__(self, name: str, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Spinning threads would take the core from the screen between two pictures.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(_content(f"{name}.onnx"), options, ["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def __call__(self, batch: Bytes) -> Floats:
        """Return the network's output for a batch."""
        return np.asarray(self._session.run(None, {self._input: batch})[0], np.float32)


def _content(name: str) -> bytes:
    try:
        return (_FOLDER / name).read_bytes()
    except OSError as error:
        raise MdtError(f"The plate reader's {name} is missing.", "Install the program again.") from error


@cache
def figures() -> dict[str, Any]:
    """Return what was measured on the networks after training: calibration and thresholds (figures.json)."""
    content: dict[str, Any] = json.loads(_content("figures.json"))
    return content
