from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.languages import asked_language, reply_language
from tests.evals.questions import load_sets


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("Hvordan skal vi skrive?", "nb"),
        ("Hva er brand guide?", "nb"),
        ("What's up med den nye logoen?", "nb"),
        ("Workplace", "nb"),
        ("nettside tilgjengelighet", "nb"),
        ("Ka gjør æ når pressa ringe?", "nb"),
        ("Kem har ansvaret for skiltan?", "nb"),
        ("Korleis skal me skrive?", "nn"),
        ("Kva er måla våre?", "nn"),
        ("Kan eg bruke byvåpenet på ein plakat?", "nn"),
        ("Skal meldingane ut på fleire språk?", "nn"),
        ("How should we write to the residents?", "en"),
        ("May I use the coat of arms on a poster in Grünerløkka?", "en"),
        ("Does Byrådet have to approve the plan for Tøyen?", "en"),
        ("Who wrote Peer Gynt?", "en"),
        ("hello", "en"),
        ("help", "en"),
    ],
)
def test_our_languages_are_told_apart_by_their_small_words(asked: str, language: str) -> None:
    assert asked_language(asked) == reply_language(asked) == language


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("Czy mogę użyć herbu na plakacie?", "pl"),
        ("Yaa mas'uul ka ah warbaahinta?", "so"),
        ("هل يمكنني استخدام الشعار على الملصق؟", "ar"),
        ("کیا میں پوسٹر پر شہر کا نشان استعمال کر سکتا ہوں؟", "ur"),
        ("چۆن بۆ دانیشتووان بنووسین؟", "ckb"),
        ("Чи можу я використовувати герб на плакаті?", "uk"),
        ("ኣርማ ናይ ከተማ ክጥቀም ኣኽእል ዶ?", "ti"),
        ("የከተማውን አርማ መጠቀም እችላለሁ?", "am"),
        ("Wer ist für Pressekontakte zuständig?", "de"),
        ("Ar galiu naudoti herbą plakate?", "lt"),
        ("Használhatom a címert a plakáton?", "hu"),
        ("Tôi có thể dùng huy hiệu trên áp phích không?", "vi"),
        ("我可以在海报上使用市徽吗？", "zh"),
    ],
)
def test_other_languages_are_known_and_answered_in_english(asked: str, language: str) -> None:
    assert asked_language(asked) == language
    assert reply_language(asked) == "en"


@pytest.mark.parametrize(
    "asked",
    ["Hvad er de vigtigste kanaler?", "När antogs strategin?", "", "🙂", "1038/25", "§ 9", "Kari"],
)
def test_neighbours_and_what_shows_no_language_get_bokmal(asked: str) -> None:
    assert asked_language(asked) == "nb"


def test_what_shows_no_language_follows_what_was_said_before() -> None:
    assert asked_language("Teams?", "And which channels do the managers use?") == "en"
    assert asked_language("1038/25?", "Kari?", "Kva er saksnummeret?") == "nn"
    assert asked_language("Og e-post?", "Which channels do we have?") == "nb"


def test_questions_of_the_sets_are_taken_for_what_they_are() -> None:
    questions = load_sets("dev")
    missed = [q.text for q in questions if asked_language(q.text) != q.language]
    assert len(missed) <= 0.01 * len(questions), missed


@given(st.text(max_size=300))
def test_anything_has_a_language_to_answer_in(asked: str) -> None:
    assert reply_language(asked) in {"nb", "nn", "en"}
