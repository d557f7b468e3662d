"""The classifier of single digits, layer by layer as its first description has it.

Three convolutions with pooling, two full layers, dropout: 1.15 million weights for
pictures of 3 x 32 x 32. It is kept as the measure that the line reader has to beat.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

SIDE = 32  # pixels of the square that it looks at
CHANNELS = 3


class OCRModel(nn.Module):
    """(N, 3, 32, 32) ink 0..1, the same in each channel, to (N, classes) logits."""

    def __init__(self, num_classes: int = 10) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, stride=1, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, stride=1, padding=1)
        self.conv3 = nn.Conv2d(64, 128, kernel_size=3, stride=1, padding=1)
        self.fc1 = nn.Linear(128 * 4 * 4, 512)
        self.fc2 = nn.Linear(512, num_classes)
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2, padding=0)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = self.pool(torch.relu(self.conv3(x)))
        x = x.view(-1, 128 * 4 * 4)
        x = torch.relu(self.fc1(x))
        x = self.dropout(x)
        logits: Tensor = self.fc2(x)
        return logits
