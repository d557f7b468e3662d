"""manage.py up: the whole site with one command."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from documents.services.patience import patient
from documents.supervisor import children, database, ground
from documents.supervisor.ready import address, wait_until_ready
from documents.supervisor.watch import Supervisor


class Command(BaseCommand):
    help = "Set up what is missing, start the web server and the workers, watch them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        start_anew_unless_settled(host, port)
        with ground.locked(settings.DATA_DIR) as in_order:
            # What a killed supervisor leaves behind needs a moment to stop.
            patience = 0 if in_order else settings.STOP_SECONDS + 5
            ground.check_port(host, port, patience)
            self.prepare()
            self.serve()
        self.tell("Stopped.")

    def serve(self) -> None:
        supervisor = Supervisor([children.web_server(), *children.workers()], self.tell)
        self.tell(f"Starting the web server and {settings.WORKERS} workers …")
        Thread(target=self.announce, args=(supervisor,), daemon=True).start()
        supervisor.run()

    def prepare(self) -> None:
        ground.check_storage()
        if saved := patient(database.migrate)():
            self.tell(f"The database is up to date; a copy from before: {saved}")
        if ground.collect_static():
            self.tell("Static files are in place.")
        if first := database.create_first_user():
            user, password = first
            self.tell(f"First user: {user.get_username()}")
            if password:
                self.tell(f"Password:   {password}   (shown only this once)")
            database.load_sample(user)

    def announce(self, supervisor: Supervisor) -> None:
        if wait_until_ready(supervisor.stopping):
            self.tell(f"Ready: {address()}")

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def start_anew_unless_settled(host: str, port: int) -> None:
    """Run this command again from its beginning, if settings have to change for it."""
    env_file = settings.BASE_DIR / ".env"
    missing = ground.missing_secrets()
    if not missing and (host, port) == (settings.HOST, settings.PORT):
        return
    if missing:
        ground.write_secrets(env_file, missing)
        print(f"Wrote to {env_file}: {', '.join(missing)}", flush=True)
    os.environ.update(HOST=host, PORT=str(port))
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
