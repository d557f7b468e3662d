"""Numbers, Arabic-Indic, Persian and Western, read from the crop of a line."""

from engines.digits.store import free_folder, is_model, use_model

__all__ = ["free_folder", "is_model", "use_model"]
