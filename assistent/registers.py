"""The registers under ``korpus/registre``: channels and duties, every rule with its quote.

A rule is only as good as its proof: a register whose quote does not stand in its document, to the
letter, is refused with the line of the quote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistent import records, texts
from assistent.records import Key, Place, RecordError, TomlFile
from assistent.types import Channel, ChannelStatus, Document, Duty, Registers, Rule

FOLDER = "registre"
CHANNELS = "kanaler.toml"
DUTIES = "plikter.toml"

AUDIENCES = (
    "innbyggere",
    "ansatte",
    "ansatte uten kontor",
    "ledere",
    "media",
    "samarbeidspartnere",
    "egen gruppe",
)
PURPOSES = (
    "plikt eller vedtak til enkeltpersoner",
    "driftsmelding",
    "hendelse som haster",
    "nyhet",
    "invitasjon",
    "dialog og medvirkning",
    "intern endring",
    "krise",
)
OCCASIONS = (
    "alle beslutninger",
    "innbyggeres rettigheter",
    "ansattes arbeid",
    "nytt verktøy",
    "plan eller bygg",
    "personopplysninger",
    "mange språk",
    "medieinteresse",
    "krise",
    "eldre/ungdom/funksjonsnedsettelse",
    "video eller nettinnhold",
)
_STRENGTHS = ("skal", "må", "bør", "kan", "råd")
_CHANNEL_RULES = {"egnet_for": "suited", "ikke_for": "unsuited", "krav": "demands"}


def _status(value: Any) -> ChannelStatus:
    return ChannelStatus(records.choice(status.value for status in ChannelStatus)(value))


_PROOF = {
    "styrke": Key("strength", records.choice(_STRENGTHS), required=True),
    "kilde": Key("document", records.text, required=True),
    "sitat": Key("quote", records.text, required=True),
}
_PURPOSE_RULE = {
    "formaal": Key("about", records.choice(PURPOSES), required=True),
    "regel": Key("text", records.text, required=True),
    **_PROOF,
}
_DEMAND_RULE = {
    "krav": Key("about", records.text, required=True),
    "regel": Key("text", records.text, required=True),
    **_PROOF,
}
_CHANNEL = {
    "id": Key("id", records.text, required=True),
    "navn": Key("name", records.text, required=True),
    "kallenavn": Key("nicknames", records.text_list),
    "retning": Key(
        "direction", records.choice(("ekstern", "intern", "begge", "beredskap")), required=True
    ),
    "maalgrupper": Key("audiences", records.choices(AUDIENCES), required=True),
    "status": Key("status", _status, required=True),
    "status_fra": Key("status_from", records.day),
    "erstattet_av": Key("replaced_by", records.text),
    "eier": Key("owner", records.text),
}
_DUTY = {
    "id": Key("id", records.text, required=True),
    "tittel": Key("title", records.text, required=True),
    "hva": Key("text", records.text, required=True),
    "hvem": Key("who", records.text, required=True),
    "naar": Key("when", records.choice(("før", "ved", "etter", "alltid")), required=True),
    "frist": Key("deadline", records.text),
    "gjelder_ved": Key("applies_to", records.choices(OCCASIONS), required=True),
    "sjekk_med_jurist": Key("ask_lawyer", records.flag),
    **_PROOF,
}


def load_registers(corpus: Path, documents: Mapping[str, Document]) -> Registers:
    """Read both registers and prove every quote.

    Args:
        corpus: the corpus folder; a register that is not there is empty.
        documents: the documents that were read, by path.

    Raises:
        CorpusError: a register has a fault or an unproven rule; the message gives the line.
    """
    folder = corpus / FOLDER
    return Registers(
        channels=_channels(folder / CHANNELS, documents),
        duties=_duties(folder / DUTIES, documents),
    )


def _channels(path: Path, documents: Mapping[str, Document]) -> tuple[Channel, ...]:
    if not path.exists():
        return ()
    file = TomlFile(path)
    channels: list[Channel] = []
    for number, table in enumerate(file.tables("kanal")):
        place = (("kanal", number),)
        plain = {key: value for key, value in table.items() if key not in _CHANNEL_RULES}
        values = {
            "nicknames": (),
            "status_from": None,
            "replaced_by": "",
            "owner": "",
            **file.read(place, plain, _CHANNEL),
        }
        for key, field in _CHANNEL_RULES.items():
            values[field] = _rules(file, place, key, table.get(key, []), documents)
        channels.append(Channel(**values))
    _check_ids(file, "kanal", [channel.id for channel in channels])
    known = {channel.id for channel in channels}
    for number, channel in enumerate(channels):
        if channel.replaced_by and channel.replaced_by not in known:
            fault = RecordError("erstattet_av", texts.unknown_channel(channel.replaced_by))
            raise file.error((("kanal", number),), fault)
    return tuple(channels)


def _rules(
    file: TomlFile, place: Place, key: str, tables: Any, documents: Mapping[str, Document]
) -> tuple[Rule, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise file.error(place, RecordError(key, texts.wrong_type(key, f"[[kanal.{key}]]")))
    keys = _DEMAND_RULE if key == "krav" else _PURPOSE_RULE
    rules = []
    for number, table in enumerate(tables):
        inner = (*place, (key, number))
        rules.append(_proven(file, inner, file.read(inner, table, keys), documents))
    return tuple(rules)


def _duties(path: Path, documents: Mapping[str, Document]) -> tuple[Duty, ...]:
    if not path.exists():
        return ()
    file = TomlFile(path)
    duties: list[Duty] = []
    for number, table in enumerate(file.tables("plikt")):
        place = (("plikt", number),)
        values = {"deadline": "", "ask_lawyer": False, **file.read(place, table, _DUTY)}
        proof = {name: values.pop(name) for name in ("text", "strength", "document", "quote")}
        rule = _proven(file, place, {"about": values["title"], **proof}, documents)
        duties.append(Duty(rule=rule, **values))
    _check_ids(file, "plikt", [duty.id for duty in duties])
    return tuple(duties)


def _proven(
    file: TomlFile, place: Place, values: dict[str, Any], documents: Mapping[str, Document]
) -> Rule:
    """Return the rule with the place of its quote."""
    document = documents.get(values["document"])
    if document is None:
        raise file.error(place, RecordError("kilde", texts.source_unknown(values["document"])))
    start = document.text.find(values["quote"])
    if start < 0:
        raise file.error(place, RecordError("sitat", texts.quote_not_found(values["document"])))
    return Rule(**values, start=start, end=start + len(values["quote"]))


def _check_ids(file: TomlFile, table: str, ids: Sequence[str]) -> None:
    for number, identity in enumerate(ids):
        if identity in ids[:number]:
            fault = RecordError("id", texts.duplicate_entry(identity))
            raise file.error(((table, number),), fault)
