"""Finds the photos on which the detector that was just trained takes something for a plate."""

from __future__ import annotations

from devices.recogniser.finder import Finder
from devices.training.photos import Photo, Photos

LEAST_HEAT = 0.12


def mistaken(photos: Photos) -> list[Photo]:
    """Return the negatives (of those trained on) on which the exported detector finds a plate."""
    finder = Finder(1)
    return [photo for photo in photos.negatives if any(f.heat >= LEAST_HEAT for f in finder.candidates(photo.image))]
