"""Words kept in several languages as a mapping from language code to text."""

import re
import unicodedata
from collections.abc import Mapping

FALLBACK = "en"


def noted(words: str) -> str:
    """Words for the catalogues, left in English: whoever shows them translates them. Imported as ``_``."""
    return words


def localised(text: Mapping[str, str] | None, language: str) -> str:
    """The text in this language, else in English, else in whatever language there is."""
    if not text:
        return ""
    return (
        text.get(language)
        or text.get(language.split("-", maxsplit=1)[0])
        or text.get(FALLBACK)
        or next(iter(text.values()))
    )


def titled(text: str) -> str:
    """The text as a heading or label begins: first letter large, the rest as it was."""
    return text[:1].upper() + text[1:]


_ARABIC_FOLDS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": ""})


def plainly(text: str) -> str:
    """Words in a spelling-blind form, one blank between them: no case, marks, hyphens, alef and yeh variants."""
    bare = (c for c in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.category(c) not in {"Mn", "Cf"})
    return " ".join(re.sub(r"[\W_]+", " ", "".join(bare).translate(_ARABIC_FOLDS)).split())


def folded(text: str) -> str:
    """What names are found by: plain words run together, without articles."""
    words = plainly(text).split()
    kept = [w for w in words if w not in {"al", "ar", "as", "the", "of"}]
    return "".join(w.removeprefix("ال") if len(w) > 4 else w for w in (kept or words))
