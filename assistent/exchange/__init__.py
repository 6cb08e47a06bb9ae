"""What other programs send and get: one form for the command line, the API and the MCP server.

``requests`` says what can be asked and explains every fault, ``replies`` describes what is
answered, ``records`` turns values into replies, and ``plain_text`` turns them into text.
"""
