"""The first reader of Arabic-Indic digits, a classifier of single ones: the measure."""

from __future__ import annotations

from engines.digits.kit.cnn.report import CnnReport
from engines.digits.kit.cnn.training import CnnPlan, train_cnn

__all__ = ["CnnPlan", "CnnReport", "train_cnn"]
