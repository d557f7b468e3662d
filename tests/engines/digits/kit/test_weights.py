"""engines.digits.kit.line.weights: from the exported file back into the network."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from engines.digits.kit.line.export import export_line
from engines.digits.kit.line.net import LineNet
from engines.digits.kit.line.weights import load_from_onnx
from engines.errors import EngineError


def odd_net() -> LineNet:
    """A network all of whose weights, running means too, differ from new ones."""
    torch.manual_seed(5)
    net = LineNet()
    for kept in net.state_dict().values():
        if kept.dtype.is_floating_point:
            kept.add_(torch.rand_like(kept) * 0.1)
    return net.eval()


def test_it_works(tmp_path):
    net, other = odd_net(), LineNet()
    export_line(net, tmp_path / "line.onnx")
    load_from_onnx(other, tmp_path / "line.onnx")
    crops = torch.rand(1, 1, 32, 64)
    with torch.no_grad():
        assert torch.equal(other.eval()(crops), net(crops))
        assert not torch.equal(LineNet().eval()(crops), net(crops))


def test_equal_weights_are_told_apart_by_their_names(tmp_path):
    net, other = LineNet(), odd_net()  # as it begins, all its norms are the same
    export_line(net, tmp_path / "line.onnx")
    load_from_onnx(other, tmp_path / "line.onnx")
    for name, kept in net.named_parameters():
        assert torch.equal(kept, other.get_parameter(name))


def test_weights_of_another_network_are_refused(tmp_path):
    export_line(LineNet(width=64), tmp_path / "line.onnx")
    with pytest.raises(EngineError, match="are of another network"):
        load_from_onnx(LineNet(), tmp_path / "line.onnx")
    with pytest.raises(EngineError, match="are of another network"):
        load_from_onnx(nn.Linear(2, 2), tmp_path / "line.onnx")


@pytest.mark.parametrize("content", [None, b"", b"no weights"])
def test_a_broken_file_is_named(tmp_path, content):
    path = tmp_path / "line.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EngineError, match=r"line\.onnx"):
        load_from_onnx(LineNet(), path)
