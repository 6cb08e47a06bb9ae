"""Start the web page: ``python app.py``."""

import sys

from assistent.bootstrap import build_assistant
from assistent.errors import AssistantError
from assistent.settings import load_settings
from assistent.web.server import create_app, serve

try:
    settings = load_settings()
    serve(create_app(build_assistant(settings), settings), settings)
except AssistantError as error:
    sys.exit(str(error))
