"""Chat servers for the tests: one scripted to every fault, one real with a small model.

with scripted_server(Scenario.HONEST) as url:
    ...  # ASSISTENT_CHATMODELL=openai:skript, ASSISTENT_CHATMODELL_URL=url
"""

from tests.chat_servers.llama import llama_server
from tests.chat_servers.replies import Prompt, Scenario
from tests.chat_servers.scripted import ScriptedServer, Seen, scripted_server

__all__ = [
    "Prompt",
    "Scenario",
    "ScriptedServer",
    "Seen",
    "llama_server",
    "scripted_server",
]
