"""Kanalvelger: one question on each page, so that a thumb answers with one tap and no scrolling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistent import forms, texts_tools
from assistent import texts_guidance as words
from assistent.answering import Assistant
from assistent.channels import ChannelAdvice, ChannelAnswers, choose_channel
from assistent.guidance import Prover
from assistent.web.fields import Fault, Reading, from_query
from assistent.web.rendering import render
from assistent.web.sources import SOURCE_TOOLS

_SHOW = "vis"
_ORDER = (forms.AUDIENCE, forms.MESSAGE, forms.URGENCY, forms.CONCERN)
# What an answer to «what kind of message» matters little for when life or health is in danger.
_IN_DANGER = "hendelse som haster"


@dataclass(frozen=True, slots=True)
class ChannelForm:
    """What has been answered so far; "" is not yet."""

    audience: str
    message: str
    urgency: str
    concerns: tuple[str, ...]
    show: bool
    faults: tuple[Fault, ...] = ()

    @property
    def danger(self) -> bool:
        """Whether life or health is in danger."""
        return self.urgency == forms.DANGER

    def step(self) -> str | None:
        """Return the question to ask now; None when everything needed is answered."""
        if self.faults:
            faulty = [fault.name for fault in self.faults]
            return next((name for name in _ORDER if name in faulty), forms.AUDIENCE)
        if not self.audience:
            return forms.AUDIENCE
        if self.danger:
            return None
        if not self.message:
            return forms.MESSAGE
        if not self.urgency:
            return forms.URGENCY
        return None if self.show else forms.CONCERN

    def pairs(self, *, without: str = "") -> Iterator[tuple[str, str]]:
        """Yield the answers as fields, but for one question."""
        one = {
            forms.AUDIENCE: self.audience,
            forms.MESSAGE: self.message,
            forms.URGENCY: self.urgency,
        }
        yield from ((name, answer) for name, answer in one.items() if answer and name != without)
        if without != forms.CONCERN:
            yield from ((forms.CONCERN, concern) for concern in self.concerns)
            if self.show:
                yield (_SHOW, "1")

    def answers(self) -> ChannelAnswers:
        """Return a complete form as the engine takes it."""
        message = self.message or _IN_DANGER
        return ChannelAnswers(self.audience, message, self.urgency, self.concerns)

    def summary(self) -> Iterator[tuple[str, str, str]]:
        """Yield question, answer and what to keep when that answer is changed."""
        single = dict(self.pairs())
        for name in _ORDER[:3]:
            if name in single:
                shown = words.answer_label(name, single[name])
                kept = urlencode(list(self.pairs(without=name)))
                yield words.CHANNEL_QUESTION[name], shown, kept
        if self.show and not self.danger:
            chosen = [words.answer_label(forms.CONCERN, concern) for concern in self.concerns]
            shown = "; ".join(chosen) or texts_tools.CHANNEL_NO_CONCERNS
            others = list(self.pairs(without=forms.CONCERN))
            others += [(forms.CONCERN, concern) for concern in self.concerns]
            yield words.CHANNEL_QUESTION[forms.CONCERN], shown, urlencode(others)


def read_form(reading: Reading) -> ChannelForm:
    """Read the address of the kanalvelger."""
    audience = reading.choice(
        forms.AUDIENCE, words.CHANNEL_QUESTION[forms.AUDIENCE], forms.AUDIENCES
    )
    message = reading.choice(forms.MESSAGE, words.CHANNEL_QUESTION[forms.MESSAGE], forms.MESSAGES)
    urgency = reading.choice(forms.URGENCY, words.CHANNEL_QUESTION[forms.URGENCY], forms.URGENCIES)
    concerns = reading.choices(forms.CONCERN, words.CHANNEL_QUESTION[forms.CONCERN], forms.CONCERNS)
    show = bool(reading.fields.get(_SHOW))
    return ChannelForm(audience, message, urgency, concerns, show, tuple(reading.faults))


def add_channel_page(router: APIRouter, assistant: Assistant, today: Callable[[], date]) -> None:
    """Add the kanalvelger to the routes."""

    @router.get("/kanal", response_class=HTMLResponse)
    def channel(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        library = assistant.library()
        form = read_form(from_query(request))
        step = form.step()
        if step is None:
            advice = choose_channel(form.answers(), library, today())
            return _result(root, form, advice)
        crisis = Prover(library, today()).prove_all(library.registers.crisis if form.danger else ())
        options = {
            forms.AUDIENCE: forms.AUDIENCES,
            forms.MESSAGE: forms.MESSAGES,
            forms.URGENCY: forms.URGENCIES,
            forms.CONCERN: forms.CONCERNS,
        }[step]
        kept = list(form.pairs(without=step))
        if form.faults and form.show and step == forms.CONCERN:
            kept = [pair for pair in kept if pair[0] != _SHOW]
        return render(
            "kanal.html",
            status=400 if form.faults else 200,
            root=root,
            w=words,
            x=texts_tools,
            **SOURCE_TOOLS,
            ready=bool(library.registers.channels),
            crisis=crisis,
            faults=form.faults,
            name=step,
            number=_ORDER.index(step) + 1,
            count=len(_ORDER),
            several=step == forms.CONCERN,
            options=[(option, words.answer_label(step, option)) for option in options],
            chosen=form.concerns,
            kept=kept,
            emergency="" if form.danger else urlencode({forms.URGENCY: forms.DANGER}),
            summary=list(form.summary()),
        )


def _result(root: str, form: ChannelForm, advice: ChannelAdvice) -> Response:
    first = advice.first
    if first is not None:
        title = texts_tools.CHANNEL_FIRST.format(channel=first.channel.name)
    elif form.danger:
        title = texts_tools.CHANNEL_DANGER
    else:
        title = texts_tools.CHANNEL_NONE_FIRST
    return render(
        "kanal_svar.html",
        root=root,
        w=words,
        x=texts_tools,
        **SOURCE_TOOLS,
        title=title,
        advice=advice,
        summary=list(form.summary()),
    )
