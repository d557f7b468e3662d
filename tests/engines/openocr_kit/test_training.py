"""engines.openocr.kit.training: it learns, and goes on as if nothing had happened."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engines.openocr.kit.lines import Lines, read_lines
from engines.openocr.kit.networks import classes_of
from engines.openocr.kit.training import Plan, Trainer, batches, train
from tests.engines.openocr_kit.folders import Small, made_lines

CLASSES = classes_of(tuple("%(),-./0123456789:+"))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    return read_lines(made_lines(tmp_path_factory.mktemp("lines") / "made", 90))


def trainer(lines: Lines, **plan) -> Trainer:
    torch.manual_seed(3)
    return Trainer(Plan(**plan), Small(len(CLASSES)), CLASSES, lines)


def test_it_learns(lines: Lines, tmp_path: Path) -> None:
    one = trainer(lines, epochs=20, rate=4e-3)
    before = one.measured()
    train(one, tmp_path)
    assert before.cer > 0.9
    assert one.measured().cer < before.cer / 2
    assert one.curve[-1].loss < one.curve[0].loss / 3
    assert [point.epoch for point in one.curve] == list(range(1, 21))


def test_broken_off_in_the_middle_it_ends_the_same(
    lines: Lines, tmp_path: Path
) -> None:
    whole = trainer(lines, epochs=3)
    train(whole, tmp_path / "whole")

    def break_off(share: float, where: str) -> None:
        if share > 0.5:  # within the second epoch
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(trainer(lines, epochs=3), tmp_path / "broken", break_off)
    other = trainer(lines, epochs=3)
    other.net.look[0].weight.data.zero_()  # what it begins with does not matter now
    train(other, tmp_path / "broken")
    for name, weight in whole.net.state_dict().items():
        assert torch.equal(weight, other.net.state_dict()[name]), name
    assert shown(whole) == shown(other)


def test_an_ended_one_does_nothing_more(lines: Lines, tmp_path: Path) -> None:
    train(trainer(lines, epochs=1), tmp_path)
    again = trainer(lines, epochs=1)
    train(again, tmp_path, tell=lambda share, where: pytest.fail("it went on"))
    assert again.epoch == 1


def test_minutes_end_it(lines: Lines, tmp_path: Path) -> None:
    one = trainer(lines, minutes=1e-4)
    train(one, tmp_path)
    assert (one.epoch, one.steps) == (1, 1)
    assert one.done() == 1.0


def test_all_lines_once_in_another_order_each_time(lines: Lines) -> None:
    plan = Plan(batch=8)
    texts = [
        [text for _, own in batches(lines.learnt, plan, epoch, 0.5) for text in own]
        for epoch in (1, 1, 2)
    ]
    assert texts[0] == texts[1] != texts[2]
    assert all(
        sorted(own) == sorted(line.text for line in lines.learnt) for own in texts
    )


def test_batches_are_filled_up_as_it_goes_on(lines: Lines) -> None:
    def full(done: float) -> int:
        made = batches(lines.learnt, Plan(batch=2), 1, done)
        return sum(crops.shape[3] == 320 for crops, _ in made)

    assert full(0) == 0 < full(0.5) < full(1)


def shown(one: Trainer) -> list[tuple[float, ...]]:
    """The curve, without the time it took."""
    return [(point.epoch, point.steps, point.loss, point.cer) for point in one.curve]
