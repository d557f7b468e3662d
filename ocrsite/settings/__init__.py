"""All settings: read from the environment, each with a default fit for a laptop."""

from ocrsite.settings.api import *
from ocrsite.settings.data import *
from ocrsite.settings.machine import *
from ocrsite.settings.models import *
from ocrsite.settings.people import *
from ocrsite.settings.reading import *
from ocrsite.settings.security import *
from ocrsite.settings.sources import *
from ocrsite.settings.storage import *
