"""A small fully convolutional network for CTC (Graves et al. 2006).

Two columns of the picture make one frame: narrow digits side by side need a frame of
their own and a blank between.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from engines.digits.alphabet import CLASSES


def convolution(
    inputs: int, outputs: int, kernel: tuple[int, int] = (3, 3), stride: int = 1
) -> nn.Sequential:
    padding = (kernel[0] // 2, kernel[1] // 2) if kernel[0] == 3 else (0, 0)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class Around(nn.Module):
    """What stands left and right of a frame: depthwise, then two pointwise layers."""

    def __init__(self, width: int, reach: int = 9) -> None:
        super().__init__()
        self.beside = nn.Conv1d(
            width, width, reach, padding=reach // 2, groups=width, bias=False
        )
        self.norm = nn.BatchNorm1d(width)
        self.inner = nn.Conv1d(width, width, 1)
        self.outer = nn.Conv1d(width, width, 1)

    def forward(self, frames: Tensor) -> Tensor:
        inner = functional.gelu(self.inner(self.norm(self.beside(frames))))
        added: Tensor = self.outer(inner)
        return frames + added


class LineNet(nn.Module):
    """(N, 1, 32, W) ink 0..1 to (N, W/2, CLASSES) logarithms of probabilities."""

    def __init__(self, width: int = 256, blocks: int = 5) -> None:
        super().__init__()
        self.look = nn.Sequential(
            convolution(1, 16, stride=2),
            convolution(16, 40),
            nn.MaxPool2d((2, 1)),
            convolution(40, 64),
            convolution(64, 64),
            nn.MaxPool2d((2, 1)),
            convolution(64, 128),
            convolution(128, width, kernel=(4, 1)),
        )
        self.around = nn.Sequential(*(Around(width) for _ in range(blocks)))
        self.drop = nn.Dropout(0.05)
        self.name = nn.Conv1d(width, CLASSES, 1)

    def forward(self, crops: Tensor) -> Tensor:
        frames = self.around(self.look(crops).squeeze(2))
        scores = self.name(self.drop(frames)).transpose(1, 2)
        return functional.log_softmax(scores.float(), dim=-1)
