"""Matrices of a PDF page (ISO 32000-2, 8.3.4), and how user space maps to the page as it is shown."""

from collections.abc import Sequence
from typing import Any

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SLANT = 0.05  # tangent of the angle up to which text counts as upright or square to the page; set by hand, not measured


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second`` (ISO 32000-2, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def to_matrix(operands: Sequence[Any]) -> Matrix:
    """Return the first six operands as a matrix."""
    a, b, c, d, e, f = (float(value) for value in operands[:6])
    return (a, b, c, d, e, f)


def shown_matrix(box: tuple[float, float, float, float], rotation: int) -> tuple[Matrix, float, float]:
    """Return how user space maps to the page as it is shown.

    Args:
        box: Left, bottom, right and top of the crop box in user space.
        rotation: The page's ``/Rotate``, clockwise degrees.

    Returns:
        The matrix, and width and height of the page as shown, in points.
    """
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    shown: dict[int, tuple[Matrix, float, float]] = {
        0: ((1.0, 0.0, 0.0, 1.0, -left, -bottom), width, height),
        90: ((0.0, -1.0, 1.0, 0.0, -bottom, right), height, width),
        180: ((-1.0, 0.0, 0.0, -1.0, right, top), width, height),
        270: ((0.0, 1.0, -1.0, 0.0, top, -left), height, width),
    }
    return shown.get(rotation % 360, shown[0])


def angle_of(matrix: Matrix) -> int | None:
    """Return the counterclockwise degrees by which a matrix turns text: 0, 90, 180, 270, or None where it slants."""
    a, b, c, d, _, _ = matrix
    if abs(b) <= SLANT * abs(a):
        if a < 0:
            return 180 if d < 0 else None  # text in a mirror is no text
        return 0
    if abs(a) <= SLANT * abs(b):
        mirrored = (c > 0) == (b > 0)
        return None if mirrored else 90 if b > 0 else 270
    return None


def turned(angle: int, width: float, height: float) -> Matrix:
    """Return the matrix that turns a page of that size clockwise by an angle: text of that angle then reads along x."""
    return shown_matrix((0.0, 0.0, width, height), angle)[0]
