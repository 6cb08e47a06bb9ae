"""Draw the app's icons: a speech bubble with quotation marks, our own neutral mark.

Run ``python scripts/icons.py`` after changing the mark; the PNG files are in git.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent.parent / "assistent" / "web" / "static" / "ikoner"
GROUND, BUBBLE, MARK = "#2a2859", "#ffffff", "#1f42aa"
UNITS = 192
BUBBLE_POINTS = ((36, 48), (156, 48), (156, 126), (92, 126), (62, 152), (62, 126), (36, 126))
QUOTE_POINTS = ((66, 70), (84, 70), (84, 88), (74, 106), (62, 106), (70, 88), (66, 88))
SECOND_QUOTE = 40
SMOOTHING = 4


def draw(size: int, *, masked: bool = False) -> Image.Image:
    """Return the mark; ``masked`` leaves room for a launcher to cut any shape out of it."""
    scale = size * SMOOTHING / UNITS
    image = Image.new("RGBA", (size * SMOOTHING, size * SMOOTHING), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle(
        (0, 0, size * SMOOTHING, size * SMOOTHING), 0 if masked else 36 * scale, fill=GROUND
    )
    shrink = 0.9 if masked else 1.0

    def place(points: tuple[tuple[int, int], ...], right: int = 0) -> list[tuple[float, float]]:
        middle = UNITS / 2
        return [
            (
                (middle + (x + right - middle) * shrink) * scale,
                (middle + (y - middle) * shrink) * scale,
            )
            for x, y in points
        ]

    pen.polygon(place(BUBBLE_POINTS), fill=BUBBLE)
    pen.polygon(place(QUOTE_POINTS), fill=MARK)
    pen.polygon(place(QUOTE_POINTS, SECOND_QUOTE), fill=MARK)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write every size."""
    FOLDER.mkdir(exist_ok=True)
    for size in (180, 192, 512):
        draw(size, masked=size == 180).save(FOLDER / f"{size}.png", optimize=True)
    draw(512, masked=True).save(FOLDER / "512-maske.png", optimize=True)


if __name__ == "__main__":
    main()
