"""Vision model by HTTP: an engine."""

from engines.vlm_http.engine import VlmHttp

__all__ = ["VlmHttp"]
