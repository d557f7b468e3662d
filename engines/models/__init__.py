"""The files that engines read with: what they need, where it lies, whether it is whole.

Looked for, in this order: a folder that the environment names for the engine, the
models folder (``<engine>/<name>/``), the cache of the Hugging Face hub, an installed
package. Nothing is ever downloaded by reading.
"""

from engines.models.card import Check, check
from engines.models.installing import install
from engines.models.languages import install_language
from engines.models.store import (
    folder_of,
    models_root,
    places_of,
    standing,
    use_models,
)
from engines.models.types import Format, Model, Standing

__all__ = [
    "Check",
    "Format",
    "Model",
    "Standing",
    "check",
    "folder_of",
    "install",
    "install_language",
    "models_root",
    "places_of",
    "standing",
    "use_models",
]
