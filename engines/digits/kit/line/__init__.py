"""The line reader: its network, its training, its export."""

from engines.digits.kit.line.training import LinePlan, LineReport, Step, train_line

__all__ = ["LinePlan", "LineReport", "Step", "train_line"]
