"""Which folders may be watched, and how one gets into them: never over a link.

Every step down is taken from the folder above that is already open, so that nobody can
put a link in the way between a check and its use.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from documents.sources.protocol import NeedsSomebody

DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def opened(folder: Path) -> Iterator[int]:
    """A descriptor of *folder*, which is within one of IMPORT_ROOTS.

    Raises:
        NeedsSomebody: it may not be watched, is not there, or cannot be read.
    """
    root, below = placed(folder)
    try:
        descriptor = step_down(os.open(root, DIRECTORY), below)
    except NotADirectoryError:
        reason = _("“%s” is no folder, or a link, which is not followed.")
        raise NeedsSomebody(reason % folder) from None
    except FileNotFoundError:
        reason = _("There is no folder “%s”. Make it, or change the path.")
        raise NeedsSomebody(reason % folder) from None
    except PermissionError:
        reason = _("The site may not read “%s”. Give its user the right to.")
        raise NeedsSomebody(reason % folder) from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def within(folder: int, names: Sequence[bytes], *, make: bool = False) -> Iterator[int]:
    """The folder that lies *names* below *folder*, made where that is wished."""
    descriptor = step_down(os.dup(folder), names, make=make)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def step_down(
    descriptor: int, names: Sequence[str | bytes], *, make: bool = False
) -> int:
    """The last of *names*, each a folder in the one before; *descriptor* is closed."""
    for name in names:
        try:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=descriptor)
            below = os.open(name, DIRECTORY, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = below
    return descriptor


def placed(folder: Path) -> tuple[Path, tuple[str, ...]]:
    """The root that *folder* lies in, without links, and the names below that.

    Raises:
        NeedsSomebody
    """
    if not settings.IMPORT_ROOTS:
        raise NeedsSomebody(
            _(
                "No folder of the server may be watched. The site's operator can name "
                "some in IMPORT_ROOTS."
            )
        )
    wished = Path(os.path.normpath(folder))
    for root in settings.IMPORT_ROOTS:
        for spelt in (root, root.resolve()):
            if wished.is_relative_to(spelt):
                below = wished.relative_to(spelt)
                keep_off(root.resolve() / below, folder)
                return root.resolve(), below.parts
    reason = _("“%(path)s” is in none of the folders that may be watched: %(roots)s.")
    roots = ", ".join(map(str, settings.IMPORT_ROOTS))
    raise NeedsSomebody(reason % {"path": folder, "roots": roots})


def keep_off(place: Path, folder: Path) -> None:
    """Refuse *place* where the site's own files lie in it or around it."""
    for own in (settings.BASE_DIR, settings.DATA_DIR, settings.MEDIA_ROOT):
        own = Path(own).resolve()
        if place.is_relative_to(own) or own.is_relative_to(place):
            reason = _("“%s” holds files of the site itself. Choose another folder.")
            raise NeedsSomebody(reason % folder)
