from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from assistent.evaluation.question_sets import checkout_sets
from assistent.model.unigram import UnigramTokenizer, Vocabulary
from tests.experiments.selector.__main__ import held_out_passages, stages
from tests.experiments.selector.layers import development_questions
from tests.experiments.selector.pairs import Example, in_context, load_norquad, load_own
from tests.experiments.selector.statements import (
    MAX_CONTEXT,
    MAX_QUESTION,
    MAX_STATEMENT,
    Statement,
    encode_pair,
)
from tests.experiments.selector.training import (
    CrossEncoder,
    Plan,
    auroc,
    pad,
    sample,
    score_pairs,
    train,
)
from tests.experiments.selector.vocabulary import keep_used, rows_of

OWN = list(load_own())
# A word is spelled with the letters; «katt» and «hund» are pieces too, and a Greek word.
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", *LETTERS, "▁katt", "▁hund", "▁γάτα", "γάτ"]


def vocabulary() -> Vocabulary:
    scores = [0.0] * 4 + [-5.0] * (1 + len(LETTERS)) + [-3.0] * 4
    return Vocabulary(
        PIECES, scores, begin=0, end=2, padding=1, unknown=3, special=[0, 1, 2, 3], spaces="",
        dropped="",
    )  # fmt: skip


def tiny_model() -> CrossEncoder:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=160,
    )
    model = CrossEncoder(BertModel(config, add_pooling_layer=False))
    torch.nn.init.normal_(model.head.weight)
    return model.eval()


# --- The data ------------------------------------------------------------------------------------


def test_own_data_is_whole() -> None:
    by_passage: dict[str, list[Example]] = defaultdict(list)
    for example in OWN:
        by_passage[example.source].append(example)
    assert (len(by_passage), len(OWN)) == (240, 2400)
    for source, examples in by_passage.items():
        assert len(examples) == 10, source
        assert sum(bool(example.answers) for example in examples) == 5, source
        for example in examples:
            assert example.question.strip(), source
            assert all(statement.text.strip() for statement in example.statements), source
            assert all(0 <= place < len(example.statements) for place in example.answers), source
            assert bool(example.miss) is not bool(example.answers), example.question


def test_no_question_of_the_question_sets_is_trained_on() -> None:
    files = checkout_sets()
    assert len(files) >= 5
    asked = {
        json.loads(line)["question"].strip().casefold()
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    }
    assert not asked & {example.question.strip().casefold() for example in OWN}


def test_layers_ask_no_test_set() -> None:
    identities = {question.identity for question in development_questions()}
    assert identities
    assert not [identity for identity in identities if "test" in identity]


def test_norquad_answers_are_the_sentence_that_holds_the_span(tmp_path: Path) -> None:
    text = "Katten sover. Hunden løper.\nDen er rask."
    start = text.index("løper")
    asked = {"question": "Hva gjør hunden?", "context": 7, "start": start, "end": start + 5}
    file = tmp_path / "train.json"
    file.write_text(json.dumps({"contexts": {"7": text}, "questions": [asked]}), "utf-8")
    (example,) = load_norquad(file)
    assert [example.statements[place].text for place in example.answers] == ["Hunden løper."]
    assert [s.before for s in example.statements] == ["", "", "Hunden løper."]


def test_no_stage_trains_on_held_out_passages() -> None:
    held = held_out_passages(OWN)
    assert len(held) == 24
    norquad = [
        Example(f"Spørsmål {n}?", in_context(["Svar."], heading=""), frozenset({0}), f"n{n}", "nq")
        for n in range(600)
    ]
    first, second, third = stages(OWN, norquad, held)
    assert [first.epochs, second.epochs, third.epochs] == [1, 4, 3]
    assert len(first.examples) == 600
    assert {example.group for example in second.examples} == {"drift", "rettsregler"}
    assert len(third.examples) == 2160 + 500
    assert not held & {e.source for stage in (first, second, third) for e in stage.examples}


# --- From text to tokens -------------------------------------------------------------------------


def test_pruning_keeps_the_tokens_of_its_texts() -> None:
    full = vocabulary()
    texts = ["katt og hund", "hunden", "en λ til"]
    smaller = keep_used(full, texts)
    rows = rows_of(smaller, full)
    assert "▁γάτα" not in smaller.pieces
    assert len(smaller.pieces) < len(full.pieces)
    before, after = UnigramTokenizer(full), UnigramTokenizer(smaller)
    for text in texts:
        assert [rows[number] for number in after.encode(text)] == before.encode(text)
    marks = ("begin", "end", "padding", "unknown")
    assert all(rows[getattr(smaller, mark)] == getattr(full, mark) for mark in marks)


def test_each_part_of_a_pair_is_cut_at_its_limit() -> None:
    tokenizer = UnigramTokenizer(vocabulary())
    short = encode_pair(tokenizer, "katt", Statement("hund", "katt", "hund"))
    katt, hund = PIECES.index("▁katt"), PIECES.index("▁hund")
    assert short == [0, katt, 2, 2, hund, katt, 2, hund, 2]
    many = "hund " * 200
    long = encode_pair(tokenizer, "katt " * 200, Statement(many, many, many))
    assert long.count(katt) == MAX_QUESTION
    assert long.count(hund) == MAX_CONTEXT + MAX_STATEMENT


# --- Training and measuring ----------------------------------------------------------------------


def test_sample_puts_the_answer_first() -> None:
    statements = in_context([f"Setning {n}." for n in range(6)], heading="")
    chooser = random.Random(0)
    for answers in ({2}, {1, 4}):
        chosen = sample(Example("Hva?", statements, frozenset(answers), "a", "g"), 4, chooser)
        assert chosen[0][0] in answers
        assert [label for _, label in chosen] == [1, 0, 0, 0]
        assert not answers & {place for place, _ in chosen[1:]}
    none = sample(Example("Hva?", statements, frozenset(), "a", "g"), 4, chooser)
    assert [label for _, label in none] == [0, 0, 0, 0]
    few = sample(Example("Hva?", statements[:2], frozenset({1}), "a", "g"), 4, chooser)
    assert few == [(1, 1.0), (0, 0.0), (0, 0.0), (0, 0.0)]


def test_statements_that_share_words_with_the_question_are_sampled_first() -> None:
    texts = ["Noe annet.", "Helt annet.", "Hva koster billetten i dag"]
    example = Example("Hva koster billetten", in_context(texts, heading=""), frozenset(), "a", "g")
    chosen = {sample(example, 1, random.Random(seed))[0] for seed in range(20)}
    assert chosen == {(2, 0.0)}


def test_scores_come_in_the_order_of_the_pairs() -> None:
    model = tiny_model()
    chooser = random.Random(3)
    lengths = [9, 30, 4, 22, 4, 17, 50, 11, 3, 40, 28]  # more than a chunk, in no order
    pairs = [[chooser.randrange(4, len(PIECES)) for _ in range(length)] for length in lengths]
    with torch.no_grad():
        together = score_pairs(model, pairs, padding=1)
        alone = torch.cat([model(*pad([pair], 1)) for pair in pairs])
    assert together.shape == (len(pairs),)
    assert float(alone.max() - alone.min()) > 0.5
    assert together.numpy() == pytest.approx(alone.numpy(), abs=0.05)


def test_an_interrupted_run_ends_as_one_in_a_single_piece(tmp_path: Path) -> None:
    tokenizer = UnigramTokenizer(vocabulary())
    statements = in_context(["katt", "hund", "fisk", "and"], heading="dyr")
    examples = [
        Example(f"hva er {n}", statements, frozenset({n} if n < 3 else ()), f"p{n}", "g")
        for n in range(4)
    ]

    def weights(file: Path) -> torch.Tensor:
        return torch.load(file)["model"]["head.weight"]

    whole, broken = tmp_path / "whole.pt", tmp_path / "broken.pt"
    plan = Plan(epochs=2, questions=2)
    train(tiny_model(), tokenizer, examples, examples, plan, whole)

    class StopError(Exception):
        pass

    saves = 0

    def stop_after_one(state: object, file: Path) -> None:
        nonlocal saves
        if saves:
            raise StopError
        saves += 1
        save(state, file)

    save = torch.save
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch, "save", stop_after_one)
        with pytest.raises(StopError):
            train(tiny_model(), tokenizer, examples, examples, plan, broken)
    assert not torch.equal(weights(broken), weights(whole))
    train(tiny_model(), tokenizer, examples, examples, plan, broken)
    assert torch.equal(weights(broken), weights(whole))


def test_auroc_by_hand() -> None:
    assert auroc([(3, True), (1, False), (2, False)]) == 1
    # 2 beats 1 and ties with 2; 0 loses both: 1.5 of 4.
    assert auroc([(2, True), (0, True), (1, False), (2, False)]) == 1.5 / 4
    assert auroc([(1, True), (1, False), (1, False)]) == 0.5
