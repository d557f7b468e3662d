"""The table of kinds: what each is called, asks for, and who may make one.

Schemas are JSON Schema, from which forms and checks are made. A property that is
``writeOnly`` is a secret: sealed, and never shown again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop as _

from documents.sources.protocol import Connector, Setup


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table.

    ``connector`` is a dotted name, imported by workers and when a source is tested;
    ``origin`` a value of ``Document.Source``; ``connection`` the service of the account
    that a source of this kind reads with, if any.
    """

    name: str
    label: str
    about: str
    connector: str
    origin: str
    admins_only: bool = False
    connection: str = ""
    properties: dict[str, dict[str, Any]] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": self.properties,
            "required": list(self.required),
            "additionalProperties": False,
        }

    @property
    def secret_names(self) -> tuple[str, ...]:
        return tuple(
            name for name, what in self.properties.items() if what.get("writeOnly")
        )

    def connect(self, setup: Setup) -> Connector:
        return import_string(self.connector)(setup)


def text(title: str, about: str = "", **more: Any) -> dict[str, Any]:
    described = {"description": about} if about else {}
    return {"type": "string", "title": title, **described, "maxLength": 500, **more}


def one_of(title: str, default: str, **titles: str) -> dict[str, Any]:
    choices = [{"const": value, "title": words} for value, words in titles.items()]
    return {"type": "string", "title": title, "default": default, "oneOf": choices}


DRIVE_FOLDER = text(
    _("Folder"),
    _("Its id: the last part of its address in Google Drive."),
    minLength=1,
    maxLength=200,
)
DRIVE_FOLDER_NAME = text(
    _("Name of the folder"),
    _("What lists call it; its id alone decides."),
    maxLength=200,
)
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="drive-oauth",
            label=_("Google Drive"),
            about=_("A folder of your own Drive, or one that is shared with you."),
            connector="documents.sources.drive.OwnDrive",
            origin="drive",
            connection="google",
            properties={"folder": DRIVE_FOLDER, "folder_name": DRIVE_FOLDER_NAME},
            required=("folder",),
        ),
        Kind(
            name="drive-service",
            label=_("Google Drive of an organisation"),
            about=_("A folder that is shared with a service account."),
            connector="documents.sources.drive.SharedDrive",
            origin="drive",
            admins_only=True,
            properties={
                "folder": DRIVE_FOLDER,
                "folder_name": DRIVE_FOLDER_NAME,
                "key": text(
                    _("Key of the service account"),
                    _("The content of the JSON file that Google Cloud gives out."),
                    maxLength=10_000,
                    minLength=1,
                    writeOnly=True,
                    format="multiline",
                ),
            },
            required=("folder", "key"),
        ),
        Kind(
            name="imap",
            label=_("Mailbox"),
            about=_("Pictures and PDFs that are attached to mails."),
            connector="documents.sources.imap.Mailbox",
            origin="mail",
            properties={
                "host": text(_("Server"), minLength=1, maxLength=253),
                "port": {
                    "type": "integer",
                    "title": _("Port"),
                    "default": 993,
                    "minimum": 1,
                    "maximum": 65535,
                },
                "security": one_of(
                    _("Encryption"), "tls", tls="TLS", starttls="STARTTLS"
                ),
                "user": text(_("User"), minLength=1),
                "sign_in": one_of(
                    _("Signs in with"),
                    "password",
                    password=_("a password"),
                    oauth="OAuth 2.0",
                ),
                "password": text(
                    _("Password"),
                    _("With OAuth: the refresh token."),
                    minLength=1,
                    maxLength=4000,
                    writeOnly=True,
                ),
                "token_url": text(_("OAuth: address that gives out tokens")),
                "client_id": text(_("OAuth: client id")),
                "client_secret": text(_("OAuth: client secret"), writeOnly=True),
                "folder": text(_("Mail folder"), default="INBOX", minLength=1),
                "done": one_of(
                    _("When a mail was taken"),
                    "mark",
                    mark=_("mark it as read"),
                    move=_("move it to a folder"),
                ),
                "done_folder": text(_("The folder it is moved to")),
            },
            required=("host", "user", "password"),
        ),
        Kind(
            name="folder",
            label=_("Folder of the server"),
            about=_("Files that a scanner or another program puts there."),
            connector="documents.sources.folder.WatchedFolder",
            origin="folder",
            admins_only=True,
            properties={
                "path": text(
                    _("Path"),
                    _("Within one of the folders that IMPORT_ROOTS names."),
                    minLength=1,
                    maxLength=4000,
                )
            },
            required=("path",),
        ),
    )
}
