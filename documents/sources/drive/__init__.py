"""Google Drive: one folder of it, read only, through Google's own client library.

Files that lie in the folder itself are taken, not those of its subfolders, and no
shortcuts. Google's library is imported where it is used: the web server has no need
of it until somebody connects an account.
"""

from documents.sources.drive.connectors import OwnDrive, SharedDrive

__all__ = ["OwnDrive", "SharedDrive"]
