"""Layers of a PDF file (optional content): which are shown when it is opened (ISO 32000-2, 8.11)."""

from collections.abc import Collection

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject

from ingest.readers.pdf.engine.damage import DAMAGE

_DEPTH = 16  # of expressions within expressions; a damaged file may have them without end


class Layers:
    """The layers of a file in its default configuration."""

    def __init__(self, reader: PdfReader) -> None:
        """Read which layers are on; those of a damaged configuration are."""
        self._on = True
        self._changed: set[tuple[int, int]] = set()
        self._other_intent: set[tuple[int, int]] = set()
        self._known: dict[tuple[int, int], bool] = {}
        try:
            properties = reader.root_object.get("/OCProperties")
            if properties is not None:
                self._read(properties.get_object())
        except DAMAGE:
            self._on, self._changed = True, set()

    def _read(self, properties: DictionaryObject) -> None:
        default = properties.get("/D", DictionaryObject()).get_object()
        self._on = default.get("/BaseState", "/ON") != "/OFF"
        groups = [_key(group) for group in properties.get("/OCGs", ArrayObject()).get_object()]
        off = {*groups} if not self._on else set()
        off -= {_key(group) for group in default.get("/ON", ArrayObject()).get_object()}
        off |= {_key(group) for group in default.get("/OFF", ArrayObject()).get_object()}
        for reference in default.get("/AS", ArrayObject()).get_object():
            usage = reference.get_object()
            if usage.get("/Event") == "/View":
                for group in usage.get("/OCGs", ArrayObject()).get_object():
                    state = _view_state(group.get_object(), usage.get("/Category", ArrayObject()).get_object())
                    if state:
                        off = off - {_key(group)} if state == "/ON" else off | {_key(group)}
        intents = _names(default.get("/Intent", "/View"))
        for group in properties.get("/OCGs", ArrayObject()).get_object():
            of_group = _names(group.get_object().get("/Intent", "/View"))
            if "/All" not in intents and not of_group & intents:
                self._other_intent.add(_key(group))
        self._changed = off

    def is_shown(self, reference: PdfObject | None) -> bool:
        """Tell whether content that belongs to a layer, or to several by a rule, is shown.

        Args:
            reference: An optional content group or a membership dictionary, or a reference to one.
        """
        key = _key(reference)
        if key not in self._known or key[1] < 0:
            try:
                self._known[key] = self._shown(reference)
            except DAMAGE:
                self._known[key] = True
        return self._known[key]

    def _shown(self, reference: PdfObject | None) -> bool:
        layer = reference.get_object() if reference is not None else None
        if not isinstance(layer, DictionaryObject):
            return True
        if layer.get("/Type") != "/OCMD":
            return self._is_on(reference)
        if "/VE" in layer:
            return self._is_true(layer["/VE"].get_object(), 0)
        members = layer.raw_get("/OCGs") if "/OCGs" in layer else None
        groups = members.get_object() if members is not None else None
        listed = list(groups) if isinstance(groups, ArrayObject) else [members]
        states = [
            self._is_on(group)
            for group in listed
            if group is not None and not isinstance(group.get_object(), NullObject)
        ]
        if not states:
            return True
        return {
            "/AllOn": all(states),
            "/AnyOff": not all(states),
            "/AllOff": not any(states),
        }.get(str(layer.get("/P", "/AnyOn")), any(states))

    def _is_on(self, group: PdfObject | None) -> bool:
        key = _key(group)
        return key in self._other_intent or key not in self._changed

    def _is_true(self, expression: object, depth: int) -> bool:
        if depth > _DEPTH or not isinstance(expression, ArrayObject):
            return True
        results = []
        for operand in expression[1:]:
            inner = operand.get_object()
            nested = isinstance(inner, ArrayObject)
            results.append(self._is_true(inner, depth + 1) if nested else self._is_on(operand))
        if expression[0] == "/Not":
            return not results[0] if results else True
        return any(results) if expression[0] == "/Or" else all(results)


def _key(reference: object) -> tuple[int, int]:
    if isinstance(reference, IndirectObject):
        return reference.idnum, reference.generation
    return id(reference), -1


def _names(value: object) -> set[str]:
    return {str(name) for name in value} if isinstance(value, ArrayObject) else {str(value)}


def _view_state(group: DictionaryObject, categories: Collection[object]) -> str:
    usage = group.get("/Usage", DictionaryObject()).get_object()
    if "/View" not in categories or "/View" not in usage:
        return ""
    return str(usage["/View"].get_object().get("/ViewState", ""))
