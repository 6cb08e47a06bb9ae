"""What the settings say about who may come in, read once and checked."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistent import texts_sign_in as texts
from assistent.errors import SettingsError
from assistent.settings import Settings, variable_names
from assistent.web.sign_in.person import Role

_NAMES = variable_names()


@dataclass(frozen=True, slots=True)
class Policy:
    """How people sign in.

    ``base`` is where people reach the app, as scheme and host without a path. ``staff`` empty
    means that everyone whom the provider knows is staff. ``secret`` is None for a public client.
    """

    issuer: str
    client: str
    secret: str | None
    groups_claim: str
    base: str
    staff: frozenset[str] = frozenset()
    editors: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()

    @property
    def secure(self) -> bool:
        """Whether browsers reach the app by https."""
        return self.base.startswith("https:")

    def roles(self, groups: frozenset[str]) -> frozenset[Role]:
        """Return the roles that groups give; none where somebody is no staff."""
        if self.staff and not self.staff & groups:
            return frozenset()
        roles = {Role.STAFF}
        if self.editors & groups:
            roles.add(Role.EDITOR)
        if self.operators & groups:
            roles.add(Role.OPERATOR)
        return frozenset(roles)


def read_policy(settings: Settings) -> Policy | None:
    """Return how people sign in; None where nobody has to.

    Raises:
        SettingsError: the settings contradict each other, or the app would be open to others.
    """
    base = read_public_address(settings)
    read_proxies(settings)
    # Groups without sign-in: whoever set them believes that they keep somebody out.
    of_sign_in = (
        *("oidc_issuer", "oidc_client", "oidc_secret"),
        *("groups_staff", "groups_editor", "groups_operator"),
    )
    given = {_NAMES[name]: getattr(settings, name) for name in of_sign_in}
    issuer, client, *_ = given
    present = next((name for name, value in given.items() if value), None)
    if present is None:
        if not is_loopback(settings.address) and settings.without_sign_in == "nei":
            raise SettingsError(texts.needs_sign_in(settings.address))
        return None
    for needed in (issuer, client):
        if not given[needed]:
            raise SettingsError(texts.sign_in_incomplete(needed, present))
    if settings.without_sign_in == "ja":
        raise SettingsError(texts.contradicting(issuer, _NAMES["without_sign_in"]))
    if base is None:
        if not is_loopback(settings.address):
            raise SettingsError(texts.public_address_needed(_NAMES["public_address"]))
        host = f"[{settings.address}]" if ":" in settings.address else settings.address
        base = f"http://{host}:{settings.port}"
    return Policy(
        issuer=_issuer(given[issuer]),
        client=given[client],
        secret=settings.oidc_secret.get_secret_value() if settings.oidc_secret else None,
        groups_claim=settings.groups_claim,
        base=base,
        staff=_names(settings.groups_staff),
        editors=_names(settings.groups_editor),
        operators=_names(settings.groups_operator),
    )


def read_public_address(settings: Settings) -> str | None:
    """Return where people reach the app, as browsers write an origin; None if not set.

    Raises:
        SettingsError: it cannot be one.
    """
    value = settings.public_address
    if not value:
        return None
    parts = urlsplit(value)
    plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    if not plain or not _is_safe(value):
        raise SettingsError(texts.bad_public_address(_NAMES["public_address"], value))
    # Browsers leave out the port that goes without saying.
    usual = {"https": ":443", "http": ":80"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}".lower()


def read_proxies(settings: Settings) -> list[str]:
    """Return the addresses of the proxies that are believed.

    Raises:
        SettingsError: one is no address; «*» would believe everybody.
    """
    proxies = sorted(_names(settings.proxies))
    try:
        for proxy in proxies:
            ipaddress.ip_network(proxy, strict=False)
    except ValueError as error:
        name = _NAMES["proxies"]
        raise SettingsError(texts.bad_proxies(name, settings.proxies or "")) from error
    return proxies


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this very machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _issuer(value: str) -> str:
    if not _is_safe(value) or urlsplit(value).query or urlsplit(value).fragment:
        raise SettingsError(texts.bad_issuer(_NAMES["oidc_issuer"], value))
    return value


def _is_safe(address: str) -> bool:
    """Whether nobody on the way can read or change what goes to an address."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    )


def _names(value: str | None) -> frozenset[str]:
    return frozenset(name for each in (value or "").split(",") if (name := each.strip()))
