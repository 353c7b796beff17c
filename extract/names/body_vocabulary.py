"""What ``organisations.toml`` knows of organisations, ready to be looked up."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

from recoupe.extract.names.acting import Acting
from recoupe.extract.names.announced import Announced
from recoupe.extract.names.beside_firms import BesideFirms
from recoupe.extract.names.firms import Firms
from recoupe.extract.names.guessed import Refused
from recoupe.extract.names.institutions import Heads
from recoupe.extract.names.members import Members
from recoupe.extract.names.roles import Vocabulary as RoleVocabulary
from recoupe.extract.surface import bare
from recoupe.extract.wordings import WordingIndex, wording


class Vocabulary:
    """What ``organisations.toml`` knows, ready to be looked up."""

    def __init__(self) -> None:
        path = files("recoupe.extract").joinpath("vocabulary", "organisations.toml")
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.index = WordingIndex(
            wording(words, name)
            for name, aliases in data["organisations"].items()
            for words in (name, *aliases)
        )
        self.slogans = frozenset(data["heads"]["slogans"])
        self.alone = {
            words: name
            for name, aliases in data["organisations"].items()
            for words in (name, *aliases)
            if " " not in words
        }
        self.capital = frozenset(data["capital"]["names"])
        self.heads = Heads(data["heads"])
        names = RoleVocabulary()
        self.role = names.head
        self.first_names = names.feminine | names.masculine
        self.no_letters = frozenset(bare(w) for w in data["false"]["words"] if w.isupper())
        self.spelled_heads = frozenset(map(bare, data["heads"]["spelled"]))
        self.announced = Announced(
            data["announced"],
            [noun for noun in data["heads"]["naming"] if noun not in data["heads"]["people"]],
            frozenset(data["announced"]["not_names"]),
            self.no_letters,
            self.first_names,
        )
        self.trades = frozenset(data["announced"]["trades"])
        self.tools = frozenset(data["products"]["nouns"])
        self.products = _after_noun(data["products"]["nouns"])
        self.firms = Firms(data["firms"], self.first_names)
        self.members = Members(data["members"], self.first_names, self.role)
        self.collectivites = _collectivites(data["collectivites"])
        self.state_not_after = tuple(data["state"]["not_after"])
        self.refused = Refused(data["false"])
        self.false = self.refused.words
        self.beside = BesideFirms(
            data["beside"],
            data["heads"]["naming"],
            frozenset(data["heads"]["people"]),
            self.first_names,
            self.false,
        )
        self.acting = Acting(data["acting"], self.first_names, self.false)


def _collectivites(words: dict[str, list[str]]) -> re.Pattern[str]:
    """« communauté de communes … », « Redon Agglomération », no « conseil de X Communauté »."""
    heads, ends = "|".join(words["heads"]), "|".join(words["ends"])
    trades = "|".join(words["no_ends"])
    return re.compile(rf"(?!.* (?i:{trades})$)(?:(?i:{heads})\b|[A-ZÀ-Þ0-9].*\b(?i:{ends})\b).*")


def _after_noun(nouns: list[str]) -> re.Pattern[str]:
    """« l'application | Donzy en poche », « son site internet | »."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(nouns)}) [«\"“]? ?$")
