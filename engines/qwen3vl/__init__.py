"""Qwen3-VL: a vision-language model, asked for text, fields or a description."""

from engines.qwen3vl.engine import Qwen3VL

__all__ = ["Qwen3VL"]
