"""What other programs can ask for. A fault says what is wrong, where, and how to repair it.

What was sent is never repeated in a fault, for it may hold personal data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from assistent import forms, guard
from assistent import texts_api as texts
from assistent import texts_guidance as words
from assistent.channels import ChannelAnswers
from assistent.duties import DecisionAnswers
from assistent.exchange.described import Described
from assistent.journal import Reason
from assistent.types import Turn

MAX_TURNS = 20
MAX_CONTENT = 8000
MAX_QUESTION = 20_000
"""Characters read; what is too long for a question is an outcome and no fault."""
MAX_HITS = 50
MAX_WORD = 40
MAX_CLAIM = 200
_NAME_SHOWN = 40

Where = tuple[str | int, ...]
M = TypeVar("M", bound="Asked")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the keys and positions that lead to it, what is wrong, the repair."""

    where: Where
    what: str
    repair: str


class BadRequestError(Exception):
    """What was asked for cannot be used; ``faults`` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(f"{fault.what} {fault.repair}" for fault in faults))
        self.faults = tuple(faults)


# --- The models ----------------------------------------------------------------------------------


class Asked(Described):
    """Something asked for; an unknown key is refused with the names of those that there are."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, given: Any) -> Any:
        if isinstance(given, Mapping):
            unknown = [key for key in given if key not in cls.model_fields]
            if unknown:
                raise _fault("unknown_field", names=unknown, known=list(cls.model_fields))
        return given


def _fault(code: str, **context: Any) -> PydanticCustomError:
    return PydanticCustomError(code, "", context)


def _one_of(allowed: Sequence[str], given: str) -> str:
    if given not in allowed:
        raise _fault("not_a_choice", allowed=list(allowed))
    return given


def _replies(given: Mapping[str, str]) -> Mapping[str, str]:
    known = list(forms.THEME_KEYS.values())
    if unknown := [key for key in given if key not in known]:
        raise _fault("unknown_field", names=unknown, known=known)
    return given


def _choice(allowed: Sequence[str]) -> Any:
    return AfterValidator(partial(_one_of, allowed))


def _choices(allowed: Sequence[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(allowed)})


_REPLIES_SCHEMA = {
    "type": "object",
    "properties": {
        key: {"type": "string", "enum": list(forms.REPLIES), "description": question}
        for theme, key in forms.THEME_KEYS.items()
        for question in [words.DECISION_QUESTION[theme]]
    },
    "additionalProperties": False,
    "default": {},
}
Question = Annotated[str, Field(max_length=MAX_QUESTION)]
Audience = Annotated[str, _choice(forms.AUDIENCES), _choices(forms.AUDIENCES)]
Message = Annotated[str, _choice(forms.MESSAGES), _choices(forms.MESSAGES)]
Urgency = Annotated[str, _choice(forms.URGENCIES), _choices(forms.URGENCIES)]
Concern = Annotated[str, _choice(forms.CONCERNS), _choices(forms.CONCERNS)]
Reply = Annotated[str, _choice(forms.REPLIES), _choices(forms.REPLIES)]
ReasonGiven = Annotated[str, _choice(list(Reason)), _choices(list(Reason))]
Replies = Annotated[dict[str, Reply], AfterValidator(_replies), WithJsonSchema(_REPLIES_SCHEMA)]


class TurnGiven(Asked):
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str = Field(max_length=MAX_CONTENT)


class AnswerRequest(Asked):
    """A question to answer."""

    question: Question
    history: list[TurnGiven] = Field(default=[], max_length=MAX_TURNS)

    def turns(self) -> tuple[Turn, ...]:
        """Return the history as the assistant takes it."""
        return tuple(Turn(turn.role, turn.content) for turn in self.history)


class SearchRequest(AnswerRequest):
    """A question to search for."""

    k: int = Field(10, ge=1, le=MAX_HITS)


class SearchQuery(Asked):
    """A question to search for, from an address; its fields are described one by one there."""

    question: Question = Field(description=texts.REQUESTS["SearchQuery"]["question"])
    k: int = Field(10, ge=1, le=MAX_HITS, description=texts.REQUESTS["SearchQuery"]["k"])


class FeedbackRequest(Asked):
    """What somebody says of an answer."""

    reference: str = Field(max_length=MAX_WORD)
    useful: bool
    claim: int | None = Field(None, ge=1, le=MAX_CLAIM)
    reasons: list[ReasonGiven] = Field(default=[], max_length=len(Reason))
    text: str = Field("", max_length=MAX_CONTENT)
    contact: str = Field("", max_length=MAX_CONTENT)


class ChannelRequest(Asked):
    """The answers to the kanalvelger."""

    audience: Audience
    message: Message
    urgency: Urgency = forms.NO_HURRY
    concerns: list[Concern] = Field(default=[], max_length=len(forms.CONCERNS))

    def answers(self) -> ChannelAnswers:
        """Return the answers as the engine takes them, each concern once."""
        concerns = tuple(dict.fromkeys(self.concerns))
        return ChannelAnswers(self.audience, self.message, self.urgency, concerns)


class DecisionRequest(Asked):
    """The replies to the beslutningssjekk; nothing describes the decision, for nothing reads it."""

    replies: Replies = Field(default={})

    def answers(self) -> DecisionAnswers:
        """Return the replies as the engine takes them."""
        return DecisionAnswers(
            {
                theme: self.replies[key]
                for theme, key in forms.THEME_KEYS.items()
                if key in self.replies
            }
        )


def read(model: type[M], given: Any) -> M:
    """Read what was sent as one of the models.

    Raises:
        BadRequestError: it cannot be used.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise BadRequestError(explain(error.errors())) from None


# --- Faults in words -----------------------------------------------------------------------------

_KINDS = {
    "string_type": "text",
    "list_type": "list",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
    "bool_type": "flag",
    "bool_parsing": "flag",
    "int_type": "number",
    "int_parsing": "number",
    "int_from_float": "number",
    "int_parsing_size": "number",
}
_LIMITS: Mapping[str, tuple[str, Callable[[str, int], texts.Fault]]] = {
    "string_too_long": ("max_length", texts.too_long_text),
    "too_long": ("max_length", texts.too_many),
    "greater_than_equal": ("ge", texts.too_small),
    "less_than_equal": ("le", texts.too_large),
}


def explain(errors: Iterable[Mapping[str, Any]], *, skip: int = 0) -> tuple[Fault, ...]:
    """Put pydantic's errors into words.

    Args:
        errors: as :meth:`pydantic.ValidationError.errors` returns them.
        skip: how many leading keys of each place are left out («body», «query»).
    """
    return tuple(fault for error in errors for fault in _explained(error, skip))


def _explained(error: Mapping[str, Any], skip: int) -> Iterable[Fault]:
    where: Where = tuple(_safe(part) for part in error["loc"][skip:] if part != "[key]")
    name = next((part for part in reversed(where) if isinstance(part, str)), "")
    code, context = error["type"], error.get("ctx", {})
    if code == "unknown_field":
        for unknown in map(_safe, context["names"]):
            yield Fault((*where, unknown), *texts.unknown_field(str(unknown), context["known"]))
    elif code == "missing":
        yield Fault(where, *texts.missing(name))
    elif code in ("not_a_choice", "literal_error"):
        allowed = context.get("allowed") or ("user", "assistant")
        yield Fault(where, *texts.not_a_choice(name, allowed))
    elif code in _KINDS:
        yield Fault(where, *texts.wrong_kind(name, _KINDS[code]))
    elif code in _LIMITS:
        limit, said = _LIMITS[code]
        yield Fault(where, *said(name, context[limit]))
    else:
        yield Fault(where, *texts.not_usable(name))


def _safe(part: Any) -> str | int:
    """Return a key as it may be shown: somebody may have put anything there."""
    return part if isinstance(part, int) else guard.presentable(str(part))[:_NAME_SHOWN]
