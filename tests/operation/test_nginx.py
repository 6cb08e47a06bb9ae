"""The nginx example for real: two app processes behind it, each a process of its own."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest

from assistent.embedding import Embedder
from assistent.ingestion import build_index
from assistent.readers.sandbox import SafeReader
from tests.fakes import small_corpus
from tests.operation.test_chroma_server import free_port

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "drift" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
QUESTION = "Når åpner kantinen?"
COOKIE = "assistent_vei"
MANY = 60
"""So many people never all go one way."""
_PATIENCE = 60.0

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed (apt install nginx-light)"),
]


class SlowWriter:
    """A chat server that says nothing until it is released, and then that it cannot."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.released = threading.Event()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve while the block runs; gives the address."""
        writer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                writer.asked.set()
                writer.released.wait(_PATIENCE)
                self.send_response(400)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/v1"
            finally:
                self.released.set()
                server.shutdown()
                thread.join()


@dataclass
class Site:
    """The proxy, its log, what stands behind it, and the certificate to trust."""

    address: str
    log: Path
    trust: ssl.SSLContext
    writer: SlowWriter
    apps: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def person(self) -> httpx.Client:
        """Return a browser of its own."""
        return httpx.Client(base_url=self.address, verify=self.trust, timeout=_PATIENCE)

    def ways(self, path: str, count: int) -> list[str]:
        """Return which processes have answered a path, once the log has so many lines of it."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            lines = [line.split() for line in self.log.read_text().splitlines()]
            found = [line[-1] for line in lines if line[2] == path]
            if len(found) >= count:
                return found
        raise AssertionError(f"no {count} lines for {path}")


def start_app(port: int, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTENT_")}
    environment |= {**settings, "ASSISTENT_PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/helse/klar", timeout=10):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the app did not start") from None
            time.sleep(0.1)


def certify(folder: Path) -> Path:
    """Write a certificate for this machine and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    coding = serialization.Encoding.PEM
    (folder / "assistent.key").write_bytes(
        key.private_bytes(coding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    file = folder / "assistent.pem"
    file.write_bytes(certificate.public_bytes(coding))
    return file


def configured(folder: Path, port: int, apps: list[int]) -> Path:
    """Write the example with this machine's addresses, ports and folders in it."""
    text = EXAMPLE.read_text(encoding="utf-8")
    swaps = {
        "app1:7860": f"127.0.0.1:{apps[0]}",
        "app2:7860": f"127.0.0.1:{apps[1]}",
        "listen 8080": f"listen 127.0.0.1:{free_port()}",
        "listen 8443": f"listen 127.0.0.1:{port}",
        "/etc/nginx/sertifikat": str(folder),
        "/tmp/nginx": f"{folder}/nginx",
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
        "worker_processes auto": "worker_processes 1",
    }
    for old, new in swaps.items():
        assert old in text, old
        text = text.replace(old, new)
    file = folder / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def site(
    real_embedder: Embedder, model_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    corpus, index = small_corpus(folder), folder / "indeks"
    build_index(corpus, index, real_embedder, SafeReader)
    port, ports = free_port(), [free_port(), free_port()]
    address = f"https://127.0.0.1:{port}"
    writer = SlowWriter()
    with ExitStack() as stack:
        settings = {
            "ASSISTENT_INDEKS": str(index),
            "ASSISTENT_KORPUS": str(corpus),
            "ASSISTENT_MODELL_MAPPE": str(model_folder),
            "ASSISTENT_DATABASE": f"sqlite:///{folder}/assistent.db",
            "ASSISTENT_UTADRESSE": address,
            "ASSISTENT_PROXYER": "127.0.0.1",
            "ASSISTENT_CHATMODELL": "openai:treg",
            "ASSISTENT_CHATMODELL_URL": stack.enter_context(writer.serving()),
            "ASSISTENT_CHATMODELL_FRIST": "120",
        }
        apps = []
        for each in ports:
            apps.append(start_app(each, settings))
            stack.callback(apps[-1].wait, 20)
            stack.callback(apps[-1].terminate)
        for each, app in zip(ports, apps, strict=True):
            wait_for(each, app)
        trust = ssl.create_default_context(cafile=str(certify(folder)))
        config = configured(folder, port, ports)
        proxy = subprocess.Popen(
            [
                *(str(NGINX), "-p", str(folder), "-c", str(config)),
                *("-e", f"{folder}/start.log", "-g", "daemon off;"),
            ]
        )
        stack.callback(proxy.wait, 20)
        stack.callback(proxy.terminate)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 5).close()
                break
            except OSError:
                assert proxy.poll() is None, (folder / "start.log").read_text()
                assert time.monotonic() < end
        yield Site(address, folder / "access.log", trust, writer, apps)


def test_pages_come_through_with_the_headers_of_both(site: Site) -> None:
    with site.person() as person:
        page = person.get("/m")
        assert page.status_code == 200
        assert "max-age" in page.headers["strict-transport-security"]
        assert "default-src 'none'" in page.headers["content-security-policy"]
        cookies = page.headers.get_list("set-cookie")
        (ours,) = [each for each in cookies if each.startswith(COOKIE)]
        assert "HttpOnly; Secure; SameSite=Lax" in ours
        again = person.get("/m").headers.get_list("set-cookie")
        assert not [each for each in again if each.startswith(COOKIE)]
        assert person.get("/helse/klar").status_code == 200
        assert person.get("/helse/metrikk").status_code == 404
        assert person.post("/api/svar", content=b"x" * 70_000).status_code == 413


def test_whoever_is_behind_the_proxy_is_not_at_this_machine(site: Site) -> None:
    with site.person() as person:
        spoofed = {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"}
        assert person.get("/redaksjon", headers=spoofed).status_code == 403


def test_everybody_stays_with_one_process(site: Site) -> None:
    used: set[str] = set()
    for number in range(MANY):
        if number >= 8 and len(used) == 2:
            break
        path = f"/finnes-ikke-{number}"
        with site.person() as person:
            for _ in range(3):
                assert person.get(path).status_code == 404
        ways = site.ways(path, 3)
        assert len(set(ways)) == 1, f"person {number} went {ways}"
        used.add(ways[0])
    assert len(used) == 2


def test_a_way_that_is_made_up_is_not_taken(site: Site) -> None:
    with site.person() as person:
        page = person.get("/m", headers={"Cookie": f"{COOKIE}=alltid-den-samme"})
    given = [each for each in page.headers.get_list("set-cookie") if each.startswith(COOKIE)]
    assert re.match(rf"{COOKIE}=[0-9a-f]{{32}};", given[0])


def test_an_answer_arrives_event_by_event(site: Site) -> None:
    site.writer.asked.clear()
    site.writer.released.clear()
    seen: list[str] = []
    headers = {"Accept": "text/event-stream"}
    with (
        site.person() as person,
        person.stream("POST", "/api/svar", json={"question": QUESTION}, headers=headers) as answer,
    ):
        assert answer.status_code == 200
        for line in answer.iter_lines():
            if line.startswith("event: "):
                seen.append(line.removeprefix("event: "))
            if seen[-1:] == ["svar"] and not site.writer.released.is_set():
                # The quotes are here while the answer is still being written.
                assert site.writer.asked.wait(_PATIENCE)
                assert "ferdig" not in seen
                site.writer.released.set()
    assert site.writer.released.is_set()
    assert seen[-1] == "ferdig"


def test_when_one_process_stops_the_other_answers_everybody(site: Site) -> None:
    site.writer.released.set()
    with ExitStack() as stack:
        people, before = [], set()
        # A way is drawn by chance: people come until both processes have somebody.
        while len(people) < 8 or (len(before) < 2 and len(people) < MANY):
            person = stack.enter_context(site.person())
            path = f"/finnes-ikke-heller-{len(people)}"
            assert person.get(path).status_code == 404
            before.update(site.ways(path, 1))
            people.append(person)
        assert len(before) == 2
        site.apps[0].terminate()
        assert site.apps[0].wait(20) is not None
        for person in people:
            answer = person.post("/api/svar", json={"question": QUESTION})
            assert answer.status_code == 200
            assert answer.json()["claims"]
        site.apps[1].terminate()
        site.apps[1].wait(20)
        down = people[0].get("/m")
        assert down.status_code == 503
        assert "Assistenten svarer ikke" in down.text
