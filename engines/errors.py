"""Every error of the library; each message is a sentence fit to show to a user."""


class OcrError(Exception):
    """The root of all errors raised on purpose by ``engines``."""


class EngineError(OcrError):
    """The engine could not read this page."""


class EngineUnavailable(EngineError):
    """The engine is unknown, or cannot run on this machine."""


class FileError(OcrError):
    """The file cannot be read as a document."""


class EmptyFile(FileError):
    """The file holds no byte."""


class UnsupportedFile(FileError):
    """The content is of no type that can be read."""


class BrokenFile(FileError):
    """The content is of a known type but damaged."""


class EncryptedFile(FileError):
    """The file asks for a password."""


class TooLarge(FileError):
    """The file has more bytes, pixels or pages than the limits allow."""


class TemplateError(OcrError):
    """A template, a region or a rule says what cannot be."""


class NotRegistered(OcrError):
    """The page cannot be laid over the reference."""


class ModelError(OcrError):
    """A model cannot be put in its place."""
