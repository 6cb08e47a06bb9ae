"""The server asks nobody: every page works where each connection but to itself is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.fakes import build, small_corpus

# A process of its own, so that what the libraries do when they are loaded is seen as well.
SERVER = """
import json, socket, sys
from pathlib import Path
tried = []
connect, look_up = socket.socket.connect, socket.getaddrinfo
def connect_here(self, address):
    if self.family != socket.AF_UNIX and address[0] != "127.0.0.1":
        tried.append(str(address))
        raise OSError("no network in this test")
    return connect(self, address)
def look_up_here(name, *arguments, **options):
    if name not in ("127.0.0.1", None):
        tried.append(str(name))
        raise OSError("no network in this test")
    return look_up(name, *arguments, **options)
def send_nothing(self, *arguments):
    tried.append(str(arguments[-1]))
    raise OSError("no network in this test")
socket.socket.connect = socket.socket.connect_ex = connect_here
socket.getaddrinfo = look_up_here
socket.socket.sendto = send_nothing
import httpx
from assistent.answering import Assistant
from assistent.settings import load_settings
from assistent.web.server import create_app
from tests.fakes import TODAY, WordEmbedder
from tests.serving import served
index, corpus = map(Path, sys.argv[1:])
assistant = Assistant(index, WordEmbedder(), today=lambda: TODAY)
found = {}
with served(create_app(assistant, load_settings({"ASSISTENT_KORPUS": str(corpus)}))) as address:
    base = "http://%s:%s" % address
    with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
        for path in ("/", "/m", "/kanal", "/kanal/alle", "/beslutning", "/om", "/api/docs",
                     "/api/kilder", "/kilde/regler/kantine.md", "/manifest.json", "/sw.js"):
            found[path] = client.get(path).status_code
        asked = {"sporsmal": "Når åpner kantinen?"}
        found["/m/svar"] = "klokken elleve" in client.post("/m/svar", data=asked).text
        asked = {"question": "Når åpner kantinen?"}
        found["/api/svar"] = client.post("/api/svar", json=asked).json()["outcome"]
print(json.dumps({"found": found, "tried": tried}))
"""


def test_no_page_and_no_answer_needs_a_network(tmp_path: Path) -> None:
    corpus, index = small_corpus(tmp_path), tmp_path / "indeks"
    build(corpus, index)
    words = [sys.executable, "-c", SERVER, str(index), str(corpus)]
    ran = subprocess.run(words, capture_output=True, timeout=120, text=True)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["tried"] == []
    answered = {name: told["found"].pop(name) for name in ("/m/svar", "/api/svar")}
    assert set(told["found"].values()) == {200}
    assert answered == {"/m/svar": True, "/api/svar": "answered"}
