"""The command line: `python manage.py up`, `read FILE`, `key USER NAME`, …"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocrsite.settings")
    from django.core.management import execute_from_command_line  # needs the variable

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
