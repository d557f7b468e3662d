"""A mailbox while its worker is killed: every file is taken once, every mail moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail_sites import files_of, mailed
from tests.processes.site import wait_for

pytestmark = pytest.mark.processes
VISITS, MAILS = 2, 9  # in each


def test_every_file_is_taken_once(tmp_path: Path) -> None:
    """Its worker is killed in the midst of each visit."""
    names: list[str] = []
    with mailed(tmp_path / "site", done="move", done_folder="Taken") as watched:
        for visit in range(VISITS):
            numbers = range(visit * MAILS, (visit + 1) * MAILS)
            watched.deliver(numbers)
            some = len(names) + MAILS // 3
            names += [name for number in numbers for name in files_of(number)]
            every = len(names)
            watched.visit()
            wait_for(lambda least=some: watched.taken() > least, 30)
            watched.kill_worker()
            wait_for(lambda every=every: watched.taken() == every, 30)
            watched.rest(30)
        assert watched.items() == {"taken": len(names)}
        assert watched.documents() == dict.fromkeys(names, 1)
        assert watched.jobs() == {1: len(names)}
        assert watched.account.flags() == []
        assert watched.account.flags("Taken") == [""] * VISITS * MAILS
