from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
import unicodedata
from pathlib import Path

import pytest

from assistent import texts_model
from assistent.errors import ModelError
from assistent.model import manifest, model_is_ready, packed, preparation, prepare_model
from assistent.model.encoder import OnnxEncoder
from assistent.model.fast_tokenizer import fast_tokenizer
from assistent.model.manifest import Manifest, mark_file, write_manifest
from assistent.model.packed import read_packed_model
from assistent.model.preparation import Progress
from assistent.model.reference import ReferenceEngine, check_against_reference
from assistent.model.unigram import UnigramTokenizer, Vocabulary

CORPUS = Path(__file__).parents[1] / "korpus"


def fill_with_small_files(work: Path, tell: Progress) -> None:
    """Stands in for the conversion, which takes a minute."""
    tell(texts_model.MODEL_CONVERTING, 0.5)
    (work / manifest.WEIGHTS).write_bytes(b"weights")
    (work / manifest.VOCABULARY).write_text("{}")
    files = tuple(mark_file(work / name) for name in (manifest.WEIGHTS, manifest.VOCABULARY))
    write_manifest(work, Manifest(manifest.FORMAT, "small", 2, "none", "0", files))


@pytest.fixture
def small_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(preparation, "_fill", fill_with_small_files)
    return prepare_model(tmp_path / "modell")


def test_prepared_folder_is_ready(small_model: Path) -> None:
    assert model_is_ready(small_model)


def test_missing_folder_is_not_ready(tmp_path: Path) -> None:
    assert not model_is_ready(tmp_path / "modell")


def test_missing_manifest_is_noticed(small_model: Path) -> None:
    (small_model / manifest.MANIFEST).unlink()
    assert not model_is_ready(small_model)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"files": [{}]}', '{"files": 3}'])
def test_broken_manifest_is_noticed(small_model: Path, content: str) -> None:
    (small_model / manifest.MANIFEST).write_text(content)
    assert not model_is_ready(small_model)


def test_manifest_of_another_format_is_noticed(small_model: Path) -> None:
    path = small_model / manifest.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": manifest.FORMAT + 1}))
    assert not model_is_ready(small_model)


@pytest.mark.parametrize("name", [manifest.WEIGHTS, manifest.VOCABULARY])
def test_truncated_file_is_noticed(small_model: Path, name: str) -> None:
    path = small_model / name
    path.write_bytes(path.read_bytes()[:-1])
    assert not model_is_ready(small_model)


def test_damaged_weights_of_the_right_size_are_rebuilt(small_model: Path) -> None:
    (small_model / manifest.WEIGHTS).write_bytes(b"weighty")
    prepare_model(small_model)
    assert (small_model / manifest.WEIGHTS).read_bytes() == b"weights"


def test_an_intact_model_is_not_built_again(
    small_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "_fill", None)
    assert prepare_model(small_model) == small_model


def test_force_builds_again(small_model: Path) -> None:
    before = (small_model / manifest.WEIGHTS).stat().st_ino
    prepare_model(small_model, force=True)
    assert (small_model / manifest.WEIGHTS).stat().st_ino != before


def test_failed_build_leaves_the_old_model_and_nothing_else(
    small_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(work: Path, tell: Progress) -> None:
        fill_with_small_files(work, tell)
        raise ModelError("nei")

    monkeypatch.setattr(preparation, "_fill", fail)
    with pytest.raises(ModelError, match="nei"):
        prepare_model(small_model, force=True)
    assert model_is_ready(small_model)
    assert {path.name for path in small_model.parent.iterdir()} == {"modell", ".modell.lock"}


def test_half_written_folder_of_an_earlier_run_is_ignored_and_removed(small_model: Path) -> None:
    leftover = small_model.with_name(".modell-bygges-1")
    shutil.copytree(small_model, leftover)
    (leftover / manifest.MANIFEST).unlink()
    assert model_is_ready(small_model)
    prepare_model(small_model, force=True)
    assert not leftover.exists()


def test_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "avtaler.docx"
    precious.write_text("viktig")
    with pytest.raises(ModelError, match=r"avtaler\.docx"):
        prepare_model(tmp_path, force=True)
    assert precious.read_text() == "viktig"


def test_folder_that_cannot_be_written_gives_a_plain_message(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("ikke en mappe")
    with pytest.raises(ModelError, match="Kan ikke lagre embeddingmodellen"):
        prepare_model(tmp_path / "fil" / "modell")


def test_two_preparations_build_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    def fill_slowly(work: Path, tell: Progress) -> None:
        built.append(work)
        time.sleep(0.2)
        fill_with_small_files(work, tell)

    monkeypatch.setattr(preparation, "_fill", fill_slowly)
    threads = [
        threading.Thread(target=prepare_model, args=(tmp_path / "modell",)) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert model_is_ready(tmp_path / "modell")


def test_progress_rises_from_nothing_to_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "_fill", fill_with_small_files)
    told: list[float] = []
    prepare_model(tmp_path / "modell", progress=lambda _, done: told.append(done))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_missing_compiler_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    with pytest.raises(ModelError, match="C-kompilator"):
        ReferenceEngine(packed.package_folder())


@pytest.mark.parametrize("length", [0, 40, 1_000_000, 4_700_000])
def test_truncated_source_is_refused(tmp_path: Path, length: int) -> None:
    with (packed.package_folder() / packed.WEIGHTS).open("rb") as stream:
        start = stream.read(length)
    path = tmp_path / packed.WEIGHTS
    path.write_bytes(start)
    with pytest.raises(ModelError, match="Installer pakken på nytt"):
        read_packed_model(path)


def tokenizer_of(**scores: float) -> UnigramTokenizer:
    pieces = ["<s>", "</s>", "<pad>", "<unk>", *scores]
    return UnigramTokenizer(
        Vocabulary(
            pieces=pieces,
            scores=[0.0] * 4 + list(scores.values()),
            begin=0,
            end=1,
            padding=2,
            unknown=3,
            special=[0, 1, 2, 3],
            spaces="\t\u200b",
            dropped="\x07",
        )
    )


def test_the_most_probable_pieces_win() -> None:
    tokenizer = tokenizer_of(**{"▁a": -1.0, "b": -1.0, "▁ab": -3.0, "▁": -5.0})
    assert tokenizer.encode("ab") == [4, 5]


def test_a_run_of_unknown_characters_is_one_token() -> None:
    tokenizer = tokenizer_of(**{"▁": -1.0, "a": -1.0})
    assert tokenizer.encode("xyza") == [4, 3, 5]


def test_spaces_and_control_characters_are_normalised() -> None:
    tokenizer = tokenizer_of(**{"▁a": -1.0})
    assert tokenizer.encode("  a\u200b\x07a\ta ") == [4, 4, 4]


def test_marks_in_the_text_are_text() -> None:
    tokenizer = tokenizer_of(**{"▁": -1.0, "<": -1.0, "s": -1.0, ">": -1.0})
    assert tokenizer.encode("<s>") == [4, 5, 6, 7]


def test_encoding_stops_at_the_limit() -> None:
    assert tokenizer_of(**{"▁a": -1.0}).encode("a " * 100, limit=7) == [4] * 7


@pytest.mark.model
def test_real_model_agrees_with_the_c_engine(model_folder: Path) -> None:
    with ReferenceEngine(packed.package_folder()) as engine:
        assert check_against_reference(OnnxEncoder(model_folder, threads=1), engine) > 0.985


@pytest.mark.model
def test_tokens_equal_those_of_the_tokenizers_package(model_folder: Path) -> None:
    vocabulary = Vocabulary.load(model_folder / manifest.VOCABULARY)
    ours, theirs = UnigramTokenizer(vocabulary), fast_tokenizer(vocabulary)
    lines = [line for path in CORPUS.rglob("*.txt") for line in path.read_text().splitlines()]
    lines += [
        "½ ﬁ Å A\u030a ㎏ ①",
        "日本語のテキスト",
        "привіт, як справи?",
        "🙂🙂 emoji",
        "a\x00\x85b",
    ]
    lines += [unicodedata.normalize("NFD", line) for line in lines]
    assert len(lines) > 100
    for line in lines:
        assert ours.encode(line) == theirs.encode(line, add_special_tokens=False).ids, line


@pytest.mark.model
def test_checking_a_ready_model_makes_nothing_and_needs_no_torch(model_folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in model_folder.rglob("*")}
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from assistent.model import prepare_model\n"
        "prepare_model(Path(sys.argv[1]))\n"
        "print({'torch', 'onnxruntime.quantization'} & sys.modules.keys() or 'none')\n"
    )
    # A process of its own: another test of this one may have loaded anything.
    ran = subprocess.run(
        [sys.executable, "-c", script, str(model_folder)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.stdout == "none\n"
    assert {path: path.stat().st_mtime_ns for path in model_folder.rglob("*")} == before
