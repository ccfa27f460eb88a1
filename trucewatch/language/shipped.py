"""Which language model is shipped: its hash tells records of one model from those of another."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from trucewatch.language.encoding import MODEL_FOLDER


@lru_cache(maxsize=1)
def model_digest() -> str:
    """The sha256 of the model's weights, in hex."""
    return hashlib.sha256((MODEL_FOLDER / "model.onnx").read_bytes()).hexdigest()
