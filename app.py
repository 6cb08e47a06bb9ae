"""Start the web page: ``python app.py``."""

import sys

from assistent.errors import AssistantError
from assistent.settings import load_settings
from assistent.web.starting import start

try:
    start(load_settings())
except AssistantError as error:
    sys.exit(str(error))
