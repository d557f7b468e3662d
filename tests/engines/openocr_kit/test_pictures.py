"""engines.openocr.kit.pictures: lines as OpenOCR itself prepares them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from engines.openocr.kit.networks import findable, package_folder
from engines.openocr.kit.pictures import as_input, scaled, varied


def noise(width: int, height: int) -> Image.Image:
    lot = np.random.default_rng(width)
    return Image.fromarray(lot.integers(0, 256, (height, width, 3), np.uint8))


@pytest.mark.parametrize("size", [(97, 31), (320, 48), (641, 47), (1000, 48), (20, 60)])
def test_it_is_what_the_package_prepares(size: tuple[int, int]) -> None:
    with findable(package_folder()):
        from openrec.preprocess.resize import RecDynamicResize
    image = noise(*size)
    data = {"image": np.asarray(image)[..., ::-1]}
    wanted = RecDynamicResize([48, 320])(data)["image"]
    got = as_input([scaled(image)]).numpy()[0]
    assert got.shape == wanted.shape
    assert np.abs(got - wanted).max() < 1e-6


def test_a_batch_is_filled_up_with_middle_grey() -> None:
    batch = as_input([scaled(noise(48, 48)), scaled(noise(96, 48))], least=64)
    assert batch.shape == (2, 3, 48, 96)
    assert not batch[0, :, :, 48:].any()
    assert batch[1, :, :, 48:].any()


def test_wear_follows_from_its_seed() -> None:
    line = scaled(noise(200, 40))
    worn = [varied(np.random.default_rng(seed), line) for seed in (1, 1, 2)]
    assert {copy.shape for copy in worn} == {line.shape}
    assert (worn[0] == worn[1]).all()
    assert (worn[0] != worn[2]).any()
