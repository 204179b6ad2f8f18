"""Plain values of a block of YAML, as front matter has them; for more a file has its manifest."""

import re

_LINE = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_INNER = re.compile(r"^(?:[ \t]+\S|-[ \t]|#|[ \t]*$|[\]}])")
_COMMENT = re.compile(r"\s+#.*$")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPED = {"_": "\u00a0", "N": "\u0085", "n": " ", "t": " ", "r": " ", "0": "", "L": " ", "P": " "}


def parse_yaml(block: str) -> dict[str, str]:
    """The plain values of the outermost keys; {} when a line is none of YAML."""
    stated: dict[str, str] = {}
    key, folded = "", False
    for line in block.split("\n"):
        match = _LINE.match(line)
        if match is not None:
            key, value = plain_key(match["key"]), match["value"] or ""
            folded = value.strip() in (">", "|", ">-", "|-", ">+", "|+")
            stated[key] = "" if folded else _scalar(value)
        elif not _INNER.match(line):
            return {}
        elif folded and line.strip():
            stated[key] = f"{stated[key]} {line.strip()}".strip()
    return stated


def _scalar(value: str) -> str:
    value = value.strip()
    if value[:1] in ("'", '"'):
        end = value.find(value[0], 1)
        while (value[0] == "'" and value[end + 1 : end + 2] == "'") or (value[0] == '"' and value[end - 1] == "\\"):
            end = value.find(value[0], end + 1 + (value[0] == "'"))
        inner = value[1:end] if end > 0 else value[1:]
        return inner.replace("''", "'") if value[0] == "'" else _ESCAPE.sub(_unescaped, inner)
    return _COMMENT.sub("", value)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    return chr(min(int(code, 16), 0x10FFFF)) if code else _ESCAPED.get(match[4], match[4])


def plain_key(key: str) -> str:
    """A key without its case and its separators."""
    return re.sub(r"[\s_-]", "", key).lower()
