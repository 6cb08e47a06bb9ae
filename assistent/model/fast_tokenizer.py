"""The vocabulary as a tokenizer of the package ``tokenizers``, which training uses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistent import texts_model
from assistent.errors import ModelError
from assistent.model.encoder import ATTENTION_MASK, INPUT_IDS, MAX_TOKENS
from assistent.model.manifest import TRAINING
from assistent.model.reference import SENTENCES
from assistent.model.unigram import UnigramTokenizer, Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENIZER = "tokenizer.json"
MASK = "<mask>"


def fast_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """Return the vocabulary as a tokenizer of the package ``tokenizers``, as XLM-R has it."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    scored = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=vocabulary.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_any_of(vocabulary.dropped)), ""),
            normalizers.Replace(Regex(_any_of(vocabulary.spaces)), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace()
    begin, end = vocabulary.pieces[vocabulary.begin], vocabulary.pieces[vocabulary.end]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, vocabulary.begin), (end, vocabulary.end)],
    )
    tokenizer.add_special_tokens(
        [
            AddedToken(vocabulary.pieces[number], special=True, normalized=False)
            for number in sorted(vocabulary.special)
        ]
    )
    return tokenizer


def tokenizer_config(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what transformers wants to know beside the tokenizer itself."""
    begin, end = vocabulary.pieces[vocabulary.begin], vocabulary.pieces[vocabulary.end]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": MAX_TOKENS,
        "model_input_names": [INPUT_IDS, ATTENTION_MASK],
        "bos_token": begin,
        "cls_token": begin,
        "eos_token": end,
        "sep_token": end,
        "pad_token": vocabulary.pieces[vocabulary.padding],
        "unk_token": vocabulary.pieces[vocabulary.unknown],
        "mask_token": MASK,
        "padding_side": "right",
    }


def check_tokenizers_agree(folder: Path, tokenizer: UnigramTokenizer) -> None:
    """Compare the tokenizer that runs with the one that training uses.

    Raises:
        ModelError: they split one of the check's sentences differently.
    """
    from tokenizers import Tokenizer

    other = Tokenizer.from_file(str(folder / TRAINING / TOKENIZER))
    for sentence in SENTENCES:
        if other.encode(sentence, add_special_tokens=False).ids != tokenizer.encode(sentence):
            raise ModelError(texts_model.model_disagrees(sentence))


def _any_of(characters: str) -> str:
    """Return a character class for Oniguruma, the engine of ``tokenizers``."""
    return "[" + "".join(f"\\x{{{ord(character):x}}}" for character in characters) + "]"
