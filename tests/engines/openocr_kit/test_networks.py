"""engines.openocr.kit.networks: OpenOCR's networks, and room for more characters."""

from __future__ import annotations

import sys

import pytest
import torch

from engines.errors import EngineError
from engines.openocr.kit.networks import (
    HEAD,
    build,
    classes_of,
    fused,
    grown,
    load_weights,
    own_characters,
)
from tests.engines.openocr_kit.folders import lively


def test_nobody_finds_the_packages_tools_afterwards() -> None:
    before = list(sys.path)
    build("repsvtr", 5)
    assert sys.path == before
    assert "tools" not in sys.modules


def test_the_encoder_learns_too() -> None:
    net = build("repsvtr", 5)
    net(torch.rand(2, 3, 48, 64)).sum().backward()
    first = next(net.parameters())
    assert first.grad is not None
    assert first.grad.abs().sum() > 0


def test_its_own_characters() -> None:
    assert len(own_characters()) == 6623
    assert classes_of(()) == ("", *own_characters(), " ")
    assert classes_of(("a", "b")) == ("", "a", "b", " ")


def test_more_characters_leave_the_others_as_they_read() -> None:
    torch.manual_seed(1)
    old, new = build("repsvtr", 5).eval(), build("repsvtr", 7).eval()
    load_weights(new, grown(old.state_dict(), new.state_dict(), 3, 2))
    picture = torch.rand(1, 3, 48, 64)
    with torch.inference_mode():
        chances = new(picture)
        kept = chances[
            ..., [0, 1, 2, 3, 6]
        ]  # but for the two, of which one is the last
        assert torch.allclose(kept / kept.sum(2, keepdim=True), old(picture), atol=1e-6)
    assert new.state_dict()[f"{HEAD}bias"].shape == (7,)


def test_weights_of_another_network() -> None:
    net = build("repsvtr", 5)
    others = build("repsvtr", 6).state_dict()
    for state in (others, {"first": torch.zeros(1)}):
        with pytest.raises(EngineError, match="The weights are of another network"):
            load_weights(net, state)


def test_a_second_decoders_weights_are_left() -> None:
    net, other = build("repsvtr", 5), build("repsvtr", 5)
    load_weights(net, {**other.state_dict(), "decoder.other.weight": torch.zeros(1)})
    assert torch.equal(net.decoder.fc.weight, other.decoder.fc.weight)


def test_fused_it_answers_the_same_with_fewer_parts() -> None:
    torch.manual_seed(1)
    net = lively(build("repsvtr", 5))
    picture = torch.rand(1, 3, 48, 64)
    norms = count_norms(net.encoder)
    with torch.inference_mode():
        before, other = net(picture), net(1 - picture)
        after = fused(net)(picture)
    assert (before - other).abs().max() > 1e-2  # what is compared is no constant
    assert torch.allclose(before, after, atol=1e-5)
    assert (norms, count_norms(net.encoder)) == (54, 0)


def count_norms(net: torch.nn.Module) -> int:
    return sum(isinstance(part, torch.nn.BatchNorm2d) for part in net.modules())
