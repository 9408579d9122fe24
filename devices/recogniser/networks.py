"""The two text networks of the rapidocr package (PP-OCRv6, Apache-2.0) on ONNX Runtime: where text is, what it says.

Only the package's model files are used: its own pipeline reads every language of the world and gives no per-character
alternatives, which the plate vote needs.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]  # it ships no type information

from devices.recogniser.ctc import ALPHABET, Columns
from devices.recogniser.geometry import READ_HEIGHT, LineBox
from devices.recogniser.port import Image
from mdt_app.domain.errors import MdtError

_MODELS = {"find": "PP-OCRv6_det_small.onnx", "read": "PP-OCRv6_rec_small.onnx"}
_STRIDE = 32
_SEPARATORS = " -.·•:'`~_=*+"
Floats = npt.NDArray[np.float32]


def model_file(role: str) -> Path:
    """Return the path of the 'find' or 'read' model inside the installed rapidocr package; MdtError when missing."""
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    path = folder / "models" / _MODELS[role] if folder else None
    if path is None or not path.is_file():
        raise MdtError("The plate reader's model files are missing.", "Install the package rapidocr again.")
    return path


def _session(role: str, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Spinning threads would take the core from the screen between two pictures.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model_file(role), options, providers=["CPUExecutionProvider"])


def _normalised(image: Image) -> Floats:
    return (image.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)


class LineFinder:
    """Finds lines of text (a differentiable-binarisation network)."""

    def __init__(self, threads: int) -> None:
        self._session = _session("find", threads)

    def find(self, image: Image, side: int, threshold: float = 0.2, least: float = 0.3) -> list[LineBox]:
        """Return turned boxes around lines of text.

        image: BGR. side: the length to which its longer side is brought before the search; this sets the time.
        threshold: a pixel's least probability of being text. least: a box's least mean probability.
        """
        high, wide = image.shape[:2]
        scale = side / max(high, wide)
        size = tuple(max(_STRIDE, round(side * scale / _STRIDE) * _STRIDE) for side in (wide, high))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        heat = self._session.run(None, {"x": _normalised(np.asarray(small, np.uint8))[None]})[0][0, 0]
        return _boxes(heat, (wide / size[0], high / size[1]), threshold, least)


def _boxes(heat: Floats, scale: tuple[float, float], threshold: float, least: float) -> list[LineBox]:
    mask = cv2.dilate((heat > threshold).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = (_box(heat, contour, scale) for contour in contours)
    return [box for box in boxes if box is not None and box.score >= least]


def _box(heat: Floats, contour: cv2.typing.MatLike, scale: tuple[float, float]) -> LineBox | None:
    (x, y), (w, h), angle = cv2.minAreaRect(contour)
    if min(w, h) < 3:
        return None
    if w < h:
        w, h, angle = h, w, angle + 90
    angle = (angle + 90) % 180 - 90
    left, top, wide, high = cv2.boundingRect(contour)
    inside = np.zeros((high, wide), np.uint8)
    cv2.drawContours(inside, [contour - np.array([left, top])], -1, 1, -1)
    score = float(heat[top : top + high, left : left + wide][inside > 0].mean())
    # The network marks the kernel of a line; its ink reaches this much further (the 'unclip' of DBNet).
    rim = 1.6 * w * h / (w + h)
    return LineBox(x * scale[0], y * scale[1], (w + rim) * scale[0], (h + rim) * scale[1], angle, score)


class LineReader:
    """Reads lines of text that were cut out and levelled (a CTC network over 18,708 characters)."""

    def __init__(self, threads: int) -> None:
        self._session = _session("read", threads)
        listed = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._names = ["", *listed]
        place = {name: index for index, name in enumerate(self._names) if name}
        self._columns = [[0, *(place[mark] for mark in _SEPARATORS if mark in place)]]
        self._columns += [sorted({place[c], place[c.lower()]}) for c in ALPHABET]

    def read(self, crops: Sequence[Image]) -> list[Floats]:
        """Return for each crop (READ_HEIGHT rows) the probabilities, time steps x characters."""
        if not crops:
            return []
        width = max(160, *(crop.shape[1] for crop in crops))
        batch = np.zeros((len(crops), 3, READ_HEIGHT, width), np.float32)
        for row, crop in zip(batch, crops, strict=True):
            row[:, :, : crop.shape[1]] = _normalised(crop)
        return list(self._session.run(None, {"x": batch})[0])

    def plate_columns(self, output: Floats) -> Columns:
        """Return the output folded to plate characters: lower case to upper, separators to 'no character'."""
        folded = np.stack([output[:, group].sum(axis=1) for group in self._columns], axis=1)
        folded += 1e-5
        return np.asarray(folded / folded.sum(axis=1, keepdims=True), np.float32)

    def text(self, output: Floats) -> tuple[str, float]:
        """Return the line as the network itself reads it, and the mean probability of its characters (0 to 1)."""
        best = output.argmax(axis=1)
        kept = [t for t, index in enumerate(best) if index and (t == 0 or index != best[t - 1])]
        words = "".join(self._names[best[t]] if best[t] < len(self._names) else " " for t in kept)
        return words, float(np.mean([output[t, best[t]] for t in kept])) if kept else 0.0
