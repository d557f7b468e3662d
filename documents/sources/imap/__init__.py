"""Pictures and PDFs that are attached to the mails of a folder."""

from documents.sources.imap.mailbox import Mailbox

__all__ = ["Mailbox"]
