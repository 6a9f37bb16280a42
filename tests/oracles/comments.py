"""The comments of a C source, character by character."""

from __future__ import annotations


def comments(text: str) -> list[str]:
    """Every comment, sorted; strings and character constants hide none."""
    found, at, quote = [], 0, ""
    while at < len(text):
        two = text[at : at + 2]
        if quote:
            at += 2 if text[at] == "\\" else 1
            if at <= len(text) and text[at - 1] in (quote, "\n"):
                quote = ""
        elif two in ("//", "/*"):
            end = at + 2
            if two == "/*":
                while end < len(text) and text[end : end + 2] != "*/":
                    end += 1
                end += 2
            else:
                while end < len(text) and (text[end] != "\n" or text[end - 1] == "\\"):
                    end += 1
            found.append(text[at:end].rstrip("\r"))
            at = end
        else:
            quote = text[at] if text[at] in "\"'" else ""
            at += 1
    return sorted(found)
