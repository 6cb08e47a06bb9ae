"""The adapter to chat models: the only place that knows LangChain's.

    faults      what can go wrong, as a closed list
    providers   which models can be chosen; building them
    transport   the bounded HTTP client for OpenAI-compatible servers
    reading     one reply, bounded; what an exception means
    gate        how many calls at once; the pause after failures
    model       a chat model that always ends in time

Importing this package imports none of LangChain.
"""

from assistent.chat.faults import ChatError, ChatFault
from assistent.chat.model import ChatModel, LangChainModel, load_chat_model

__all__ = ["ChatError", "ChatFault", "ChatModel", "LangChainModel", "load_chat_model"]
