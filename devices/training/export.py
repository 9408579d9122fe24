"""Writes trained networks as ONNX, and checks that ONNX Runtime says what PyTorch says."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no type information
import torch
from torch import nn

MOST_APART = 2e-2
_CROP = (1, 48, 160, 3)
_SHAPES = {"reader": _CROP, "second": _CROP, "states": _CROP, "detector": (1, 384, 640)}


def export(net: nn.Module, name: str, folder: Path) -> Path:
    """Write the network as folder/name.onnx, replaced in one step. ValueError when the two do not agree."""
    net = net.eval().to(memory_format=torch.contiguous_format)
    sample = torch.randint(0, 256, _SHAPES[name], dtype=torch.uint8)
    axes = {0: "count", 1: "high", 2: "wide"} if name == "detector" else {0: "count"}
    partial = folder / f"{name}.partial"
    torch.onnx.export(
        net, (sample,), str(partial), input_names=["pictures"], output_names=["said"],
        dynamic_axes={"pictures": axes}, opset_version=17, dynamo=False,
    )  # fmt: skip
    session = onnxruntime.InferenceSession(partial.read_bytes(), providers=["CPUExecutionProvider"])
    other = torch.randint(0, 256, (3, *_SHAPES[name][1:]), dtype=torch.uint8)
    said = session.run(None, {"pictures": other.numpy()})[0]
    with torch.no_grad():
        wanted = net(other).numpy()
    apart = float(np.abs(said - wanted).max())
    if apart > MOST_APART:
        raise ValueError(f"{name}: ONNX Runtime and PyTorch differ by {apart}")
    os.replace(partial, folder / f"{name}.onnx")
    return folder / f"{name}.onnx"
