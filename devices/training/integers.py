"""Turns trained networks into ones that reckon in whole numbers of 8 bits: half the time, a quarter of the size."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no type information
from onnxruntime.quantization import (  # type: ignore[import-untyped]  # the same
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process  # type: ignore[import-untyped]  # the same

from devices.recogniser.crops import CROP_SIZE
from devices.recogniser.finder import FIRST_SIDE, first_canvas
from devices.recogniser.models import Bytes
from devices.training.photos import Photos

DETECTOR_SAMPLES, READER_SAMPLES = 80, 200
"""Pictures whose values say how wide each layer's numbers are spread."""
LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "detector": ("/head/", "/out/"), "reader": ("fold", "along", "out"), "second": ("fold", "along", "out"),
}  # fmt: skip
"""Layers that stay as they are, by a part of their name: the detector's last ones say where the corners are (coarser
numbers cut the last character off), the readers' weigh the whole line."""
_LAYERS = ["Conv", "Add", "Relu", "Resize"]


def in_integers(name: str, folder: Path, photos: Photos) -> None:
    """Put folder/NAME.onnx in 8 bits, in one step. Its spread is measured on pictures that are trained on anyway.

    Weights keep to seven bits: processors without the newer instructions would overflow with eight, and say nothing.
    """
    path = folder / f"{name}.onnx"
    with tempfile.TemporaryDirectory() as work:
        plain, small = Path(work) / "plain.onnx", Path(work) / "small.onnx"
        quant_pre_process(str(path), str(plain), skip_symbolic_shape=True)
        session = onnxruntime.InferenceSession(plain.read_bytes(), providers=["CPUExecutionProvider"])
        samples = _roads(photos) if name == "detector" else _crops(photos)
        quantize_static(
            str(plain),
            str(small),
            _Samples(session.get_inputs()[0].name, samples),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=_LAYERS,
            nodes_to_exclude=_left_out(plain, LEFT_OUT[name]),
        )
        partial = path.with_suffix(".partial")
        partial.write_bytes(small.read_bytes())
    os.replace(partial, path)


class _Samples(CalibrationDataReader):  # type: ignore[misc]  # its base is unknown here
    """Hands the samples out one by one, as the library asks for them."""

    def __init__(self, name: str, samples: Iterator[Bytes]) -> None:
        self._name, self._samples = name, samples

    def get_next(self) -> Mapping[str, Bytes] | None:
        """The next sample; None at the end."""
        sample = next(self._samples, None)
        return None if sample is None else {self._name: sample}


def _roads(photos: Photos) -> Iterator[Bytes]:
    for number in _drawn(len(photos.roads), DETECTOR_SAMPLES):
        image = photos.roads[number].image
        grey = image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
        yield first_canvas(grey, FIRST_SIDE)[0][None]


def _crops(photos: Photos) -> Iterator[Bytes]:
    for number in _drawn(len(photos.plates), READER_SAMPLES):
        crop = cv2.resize(photos.plates[number].image, CROP_SIZE, interpolation=cv2.INTER_AREA)
        yield np.asarray(crop, np.uint8)[None]


def _drawn(count: int, most: int) -> Sequence[int]:
    order = np.random.default_rng(3).permutation(count)[:most]
    return [int(number) for number in order]


def _left_out(path: Path, parts: Sequence[str]) -> list[str]:
    import onnx  # type: ignore[import-not-found]  # only the training's environment has it

    graph = onnx.load(str(path)).graph
    return [node.name for node in graph.node if any(part in node.name for part in parts)]
