"""PaddleOCR: the genuine library, on the networks that the packages bring."""
