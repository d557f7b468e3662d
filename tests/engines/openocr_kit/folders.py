"""Folders of made lines, and a network small enough to learn them in seconds."""

from __future__ import annotations

from pathlib import Path

import torch
from PIL import Image
from torch import Tensor, nn

from engines.openocr.kit.generate import Style, generate

SHORT = Style("numbers", longest=4)


def made_lines(folder: Path, count: int = 14, style: Style = SHORT) -> Path:
    generate(folder, count, 1, style)
    return folder


def picture(folder: Path, name: str, size: tuple[int, int] = (200, 40)) -> Path:
    """A picture that is like no other of another name or size."""
    folder.mkdir(parents=True, exist_ok=True)
    tone = sum(map(ord, name)) % 256
    Image.new("RGB", size, (tone, 255, 255)).save(folder / name)
    return folder / name


def lively(net: nn.Module) -> nn.Module:
    """*net*, untrained, so that its answers differ by what it sees: as it is made they
    hardly do, and all that is compared would be the same."""
    norms = [part for part in net.modules() if isinstance(part, nn.BatchNorm2d)]
    for norm in norms:
        nn.init.uniform_(norm.weight, 0.5, 1.5)
        norm.momentum = None  # the mean of all batches: of this one
    with torch.no_grad():
        net.train()(torch.rand(4, 3, 48, 96) * 2 - 1)
        net.get_parameter("decoder.fc.weight").mul_(20)
    return net.eval()


class Small(nn.Module):
    """What OpenOCR's networks are to the outside: (N, 3, 48, W) to (N, W // 8, C)."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.look = nn.Sequential(
            *self.halved(3, 16),
            *self.halved(16, 32),
            *self.halved(32, 64),
            nn.Conv2d(64, 128, (6, 3), padding=(0, 1)),
            nn.BatchNorm2d(128),
            nn.ReLU(),
        )
        self.name = nn.Linear(128, classes)

    @staticmethod
    def halved(inputs: int, outputs: int) -> tuple[nn.Module, ...]:
        layer = nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False)
        return layer, nn.BatchNorm2d(outputs), nn.ReLU()

    def forward(self, crops: Tensor) -> Tensor:
        scores = self.name(self.look(crops).squeeze(2).transpose(1, 2))
        return scores if self.training else scores.softmax(2)
