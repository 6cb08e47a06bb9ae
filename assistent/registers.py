"""The registers under ``korpus/registre``: channels and duties, every rule with its quote.

A rule is only as good as its proof: a register whose quote does not stand in its document, to the
letter, is refused with the line of the quote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistent import conditions, forms, records, texts_corpus, texts_guidance
from assistent.records import Key, Place, RecordError, TomlFile
from assistent.types import (
    Channel,
    ChannelStatus,
    Clause,
    Condition,
    Document,
    Duty,
    Origin,
    Registers,
    Role,
    Rule,
)

FOLDER = "registre"
CHANNELS = "kanaler.toml"
DUTIES = "plikter.toml"

_STRENGTHS = ("skal", "må", "bør", "kan", "råd")
_CHANNEL_RULES = {"egnet_for": "suited", "ikke_for": "unsuited", "krav": "demands"}
_BESIDE_CHANNELS = ("krisetekst", "krav", "ukjent")
_BESIDE_DUTIES = ("ukjent",)


def _status(value: Any) -> ChannelStatus:
    return ChannelStatus(records.choice(status.value for status in ChannelStatus)(value))


def _origin(value: Any) -> Origin:
    return Origin(records.choice(origin.value for origin in Origin)(value))


def _role(value: Any) -> Role:
    return Role(records.choice(role.value for role in Role)(value))


def _messages(value: Any) -> tuple[str, ...]:
    """Read one sort of message or a list of them."""
    one = records.choice(forms.CHANNEL_QUESTIONS[forms.MESSAGE])
    return (one(value),) if isinstance(value, str) else tuple(map(one, records.text_list(value)))


_CHANNEL_CONDITION = Key("condition", conditions.reader(forms.CHANNEL_QUESTIONS))
_DECISION_CONDITION = Key("condition", conditions.reader(forms.DECISION_QUESTIONS))

_QUOTE = {
    "kilde": Key("document", records.text, required=True),
    "sitat": Key("quote", records.text, required=True),
    "opphav": Key("origin", _origin),
}
_PROOF = {"styrke": Key("strength", records.choice(_STRENGTHS), required=True), **_QUOTE}
_TEXT = {"regel": Key("text", records.text, required=True)}
_UNSUITED = {
    "formaal": Key("messages", _messages),
    **_TEXT,
    "hvis": _CHANNEL_CONDITION,
    "rang": Key("rank", records.number),
    **_PROOF,
}
_SUITED = {
    **_UNSUITED,
    "formaal": Key("messages", _messages, required=True),
    "rolle": Key("role", _role),
}
_CRISIS = {**_TEXT, **_PROOF}
_DEMAND = {
    "krav": Key("about", records.text, required=True),
    **_TEXT,
    "hvis": _CHANNEL_CONDITION,
    **_PROOF,
}
_UNKNOWN_CHANNEL = {**_QUOTE, "regel": Key("text", records.text), "hvis": _CHANNEL_CONDITION}
_UNKNOWN_DUTY = {**_UNKNOWN_CHANNEL, "hvis": _DECISION_CONDITION}
_CHANNEL = {
    "id": Key("id", records.text, required=True),
    "navn": Key("name", records.text, required=True),
    "kallenavn": Key("nicknames", records.text_list),
    "retning": Key(
        "direction", records.choice(("ekstern", "intern", "begge", "beredskap")), required=True
    ),
    "maalgrupper": Key("audiences", records.choices(forms.AUDIENCES), required=True),
    "status": Key("status", _status, required=True),
    "status_fra": Key("status_from", records.day),
    "status_kilde": Key("status_document", records.text),
    "status_sitat": Key("status_quote", records.text),
    "erstattet_av": Key("replaced_by", records.text),
    "eier": Key("owner", records.text),
    "i_kanalvelgeren": Key("selectable", records.flag),
}
_DUTY = {
    "id": Key("id", records.text, required=True),
    "tittel": Key("title", records.text, required=True),
    "hva": Key("text", records.text, required=True),
    "hvem": Key("who", records.text, required=True),
    "naar": Key("when", records.choice(("før", "ved", "etter", "alltid")), required=True),
    "frist": Key("deadline", records.text),
    "gjelder_ved": Key("applies_to", records.choices(forms.OCCASIONS)),
    "hvis": _DECISION_CONDITION,
    "avklar": Key("clarify", records.text),
    "sjekk_med_jurist": Key("ask_lawyer", records.flag),
    **_PROOF,
}
_OF_THE_RULE = ("text", "strength", "document", "quote", "origin")


def load_registers(corpus: Path, documents: Mapping[str, Document]) -> Registers:
    """Read both registers and prove every quote.

    Args:
        corpus: the corpus folder; a register that is not there is empty.
        documents: the documents that were read, by path.

    Raises:
        CorpusError: a register has a fault or an unproven rule; the message gives the line.
    """
    folder = corpus / FOLDER
    values: dict[str, tuple[Any, ...]] = {}
    if (folder / CHANNELS).exists():
        file = TomlFile(folder / CHANNELS)
        values["channels"] = _channels(file, documents)
        for table, field, keys in (
            ("krisetekst", "crisis", _CRISIS),
            ("krav", "demands", _DEMAND),
            ("ukjent", "unknown_channels", _UNKNOWN_CHANNEL),
        ):
            tables = file.tables(table, beside=("kanal", *_BESIDE_CHANNELS))
            values[field] = _rules(file, (), table, tables, keys, documents)
    if (folder / DUTIES).exists():
        file = TomlFile(folder / DUTIES)
        values["duties"] = _duties(file, documents)
        tables = file.tables("ukjent", beside=("plikt",))
        values["unknown_duties"] = _rules(file, (), "ukjent", tables, _UNKNOWN_DUTY, documents)
    return Registers(**values)


def _channels(file: TomlFile, documents: Mapping[str, Document]) -> tuple[Channel, ...]:
    channels: list[Channel] = []
    for number, table in enumerate(file.tables("kanal", beside=_BESIDE_CHANNELS)):
        place = (("kanal", number),)
        plain = {key: value for key, value in table.items() if key not in _CHANNEL_RULES}
        values = {
            "nicknames": (),
            "status_from": None,
            "replaced_by": "",
            "owner": "",
            **file.read(place, plain, _CHANNEL),
        }
        values["status_rule"] = _status_rule(file, place, values, documents)
        audience = Clause(forms.AUDIENCE, values["audiences"])
        for key, keys in (("egnet_for", _SUITED), ("ikke_for", _UNSUITED), ("krav", _DEMAND)):
            values[_CHANNEL_RULES[key]] = _rules(
                file, place, key, table.get(key, []), keys, documents, audience
            )
        channels.append(Channel(**values))
    _check_ids(file, "kanal", [channel.id for channel in channels])
    known = {channel.id for channel in channels}
    for number, channel in enumerate(channels):
        if channel.replaced_by and channel.replaced_by not in known:
            fault = RecordError("erstattet_av", texts_corpus.unknown_channel(channel.replaced_by))
            raise file.error((("kanal", number),), fault)
    return tuple(channels)


def _status_rule(
    file: TomlFile, place: Place, values: dict[str, Any], documents: Mapping[str, Document]
) -> Rule | None:
    """Take the proof of a channel's status out of its values."""
    document, quote = values.pop("status_document", ""), values.pop("status_quote", "")
    if not document and not quote:
        return None
    for name, value in (("status_kilde", document), ("status_sitat", quote)):
        if not value:
            raise file.error(place, RecordError(None, texts_corpus.missing_key(name)))
    proof = {"about": "status", "text": quote, "strength": "", "document": document, "quote": quote}
    return _proven(file, place, proof, documents, prefix="status_")


def _rules(
    file: TomlFile,
    place: Place,
    key: str,
    tables: Any,
    keys: Mapping[str, Key],
    documents: Mapping[str, Document],
    audience: Clause | None = None,
) -> tuple[Rule, ...]:
    """Read the tables of one kind; those about a channel hold for its audience."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise file.error(place, RecordError(key, texts_corpus.wrong_type(key, f"[[kanal.{key}]]")))
    rules = []
    for number, table in enumerate(tables):
        inner = (*place, (key, number))
        values = {"strength": "", **file.read(inner, table, keys)}
        values.setdefault("text", values["quote"])
        if keys is _SUITED or keys is _UNSUITED:
            assert audience is not None  # only channels have such rules
            messages = values.pop("messages", ())
            values["about"] = ", ".join(messages)
            condition = conditions.by_default(values.get("condition", ()), audience)
            if messages:
                condition = conditions.narrowed(condition, Clause(forms.MESSAGE, messages))
            values["condition"] = condition
        if keys is _SUITED:
            values.setdefault("role", Role.SUPPLEMENT)
        values.setdefault("about", key)
        rules.append(_proven(file, inner, values, documents))
    return tuple(rules)


def _duties(file: TomlFile, documents: Mapping[str, Document]) -> tuple[Duty, ...]:
    duties: list[Duty] = []
    for number, table in enumerate(file.tables("plikt", beside=_BESIDE_DUTIES)):
        place = (("plikt", number),)
        values = {
            "deadline": "",
            "ask_lawyer": False,
            "applies_to": (),
            **file.read(place, table, _DUTY),
        }
        condition = _occasion(file, place, values["applies_to"], values.pop("condition", ()))
        proof = {name: values.pop(name) for name in _OF_THE_RULE if name in values}
        proof |= {"about": values["title"], "condition": condition}
        duties.append(Duty(rule=_proven(file, place, proof, documents), **values))
    _check_ids(file, "plikt", [duty.id for duty in duties])
    return tuple(duties)


def _occasion(
    file: TomlFile, place: Place, applies_to: Sequence[str], condition: Condition
) -> Condition:
    """Return when a duty applies; unsure counts as yes, so that nothing is forgotten."""
    if not applies_to and not condition:
        raise file.error(place, RecordError(None, texts_corpus.missing_key("gjelder_ved")))
    if forms.EVERY_DECISION in applies_to:
        if condition:
            fault = RecordError("hvis", texts_guidance.CONDITION_POINTLESS)
            raise file.error(place, fault)
        return ()
    themes = tuple((Clause(theme, (forms.YES, forms.UNSURE)),) for theme in applies_to)
    return (*themes, *condition)


def _proven(
    file: TomlFile,
    place: Place,
    values: dict[str, Any],
    documents: Mapping[str, Document],
    *,
    prefix: str = "",
) -> Rule:
    """Return the rule with the place of its quote."""
    path, quote = values["document"], values["quote"]
    document = documents.get(path)
    if document is None:
        raise file.error(place, RecordError(f"{prefix}kilde", texts_corpus.source_unknown(path)))
    start = document.text.find(quote)
    if start < 0:
        raise file.error(place, RecordError(f"{prefix}sitat", texts_corpus.quote_not_found(path)))
    return Rule(**values, start=start, end=start + len(quote))


def _check_ids(file: TomlFile, table: str, ids: Sequence[str]) -> None:
    for number, identity in enumerate(ids):
        if identity in ids[:number]:
            fault = RecordError("id", texts_corpus.duplicate_entry(identity))
            raise file.error(((table, number),), fault)
