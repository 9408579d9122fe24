"""Batches for the training hold new samples to the very end, however full the memory is."""

from __future__ import annotations

from itertools import count

import numpy as np

from devices.training.replay import Replay


def test_each_batch_holds_new_samples_also_when_the_memory_is_full():
    """Ten places, batches of four with two new ones: these are new each time, and the others were made before."""
    numbers = count()
    replay = Replay(lambda: next(numbers), 10, np.random.default_rng(1))
    assert replay.batch(4, 2) == [0, 1, 2, 3]
    seen = {0, 1, 2, 3}
    for _ in range(50):
        batch = replay.batch(4, 2)
        fresh, older = batch[:2], batch[2:]
        assert not seen & set(fresh)
        assert set(older) <= seen
        seen |= set(fresh)
    assert max(replay.batch(4, 0)) > 50
