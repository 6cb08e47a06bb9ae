"""What is said while the embedding model is prepared, and when it cannot be."""

from __future__ import annotations

MODEL_WAITING = "Venter på at en annen klargjøring skal bli ferdig"
MODEL_CHECKING = "Kontrollerer det som finnes fra før"
MODEL_READING = "Leser vektene"
MODEL_CONVERTING = "Bygger modellen (kan ta et halvt minutt)"
MODEL_EXPORTING = "Lagrer modellen som ONNX"
MODEL_SHRINKING = "Gjør modellen mindre og raskere"
MODEL_VERIFYING = "Sammenligner med originalen"
MODEL_DONE = "Ferdig"


def model_missing(folder: str) -> str:
    """There is no prepared model."""
    return f"Fant ingen embeddingmodell i {folder}. Kjør «assistent modell» for å lage den."


def model_damaged(folder: str) -> str:
    """The prepared model is incomplete or altered."""
    return (
        f"Embeddingmodellen i {folder} er skadet. Kjør «assistent modell» for å lage den på nytt."
    )


def model_source_missing(package: str) -> str:
    """The package with the weights is not installed."""
    return (
        f"Pakken «{package}», som embeddingmodellen lages fra, er ikke installert. "
        "Installer assistenten på nytt, og kjør «assistent modell»."
    )


def model_source_unusable(package: str, path: str) -> str:
    """The package's weights cannot be read."""
    return (
        f"Filen {path} i pakken «{package}» mangler eller kan ikke brukes. "
        "Installer pakken på nytt, og kjør «assistent modell»."
    )


def model_needs_compiler() -> str:
    """No C compiler for the check against the original."""
    return (
        "Fant ingen C-kompilator (cc), som trengs for å kontrollere embeddingmodellen. "
        "Installer en, for eksempel pakken «gcc», og kjør «assistent modell» på nytt."
    )


def model_compiler_failed(compiler: str) -> str:
    """The C compiler gave up."""
    return (
        f"C-kompilatoren {compiler} klarte ikke å bygge kontrollen av embeddingmodellen. "
        "Kontroller at både kompilatoren og C-biblioteket (for eksempel «libc6-dev») er "
        "installert, og kjør «assistent modell» på nytt."
    )


def model_disagrees(sentence: str) -> str:
    """The prepared model does not do what the original does."""
    return (
        f"Den nye embeddingmodellen gir et annet resultat enn originalen for «{sentence}», og "
        "er ikke tatt i bruk. Installer pakkene i de versjonene som prosjektet oppgir, og kjør "
        "«assistent modell» på nytt."
    )


def model_folder_foreign(folder: str, entry: str) -> str:
    """The folder set for the model holds something else."""
    return (
        f"Mappen {folder} inneholder «{entry}», som ikke hører til embeddingmodellen. "
        "Mappen blir erstattet når modellen lages: Sett ASSISTENT_MODELL_MAPPE til en egen mappe."
    )


def model_folder_unusable(folder: str, reason: str) -> str:
    """The folder for the model cannot be written."""
    return (
        f"Kan ikke lagre embeddingmodellen i {folder}: {reason}. Kontroller rettigheter og ledig "
        "plass, eller sett ASSISTENT_MODELL_MAPPE til en annen mappe."
    )


def model_no_space(folder: str, needed: float) -> str:
    """Too little room on the disk; ``needed`` is in gigabytes."""
    size = f"{needed:.1f}".replace(".", ",")
    return (
        f"Det er for lite plass der {folder} ligger. Embeddingmodellen trenger {size} GB mens den "
        "lages. Frigjør plass, eller sett ASSISTENT_MODELL_MAPPE til en annen mappe."
    )


def model_busy(folder: str) -> str:
    """Another process has been preparing the model for too long."""
    return (
        f"En annen prosess klargjør embeddingmodellen i {folder}. "
        "Vent til den er ferdig, og prøv igjen."
    )


def other_model_unusable(name: str) -> str:
    """The sentence-transformers model named in the settings cannot be loaded."""
    return (
        f"Kan ikke laste embeddingmodellen «{name}». Kontroller at ASSISTENT_EMBEDDING_MODELL er "
        "en mappe med en sentence-transformers-modell, eller fjern innstillingen for å bruke den "
        "innebygde."
    )
