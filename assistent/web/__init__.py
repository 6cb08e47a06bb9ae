"""The page: Gradio Blocks in FastAPI, the source viewer, and nothing that thinks.

The switches stand here because Gradio reads them while it is imported, and whatever is imported
from this package comes after them. Without the first three the server calls two outside hosts at
start. Without the last two Gradio keeps 10 000 records of who waited how long and summarises them
all with pandas after every event.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)
