"""Fractions, « un sur dix », approximate nouns and multipliers, with what only resembles them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from recoupe.extract.figures.quantities import find_quantities

SHARES = [
    ("une enveloppe amputée d'un dixième.", "un dixième", "ratio", "0.1"),
    ("les frais tombent à un vingtième de son budget", "un vingtième", "ratio", "0.05"),
    ("dont un tiers versé", "un tiers", "ratio", "0.3333"),
    ("une salle pour moitié moins", "moitié moins", "multiplier", "0.5"),
    ("Le double, jure-t-elle.", "Le double", "multiplier", "2"),
    ("ils avancent le double sans rien dire", "le double", "multiplier", "2"),
    ("un bon millier d'abonnés", "un bon millier", "count", "1000"),
    ("Un camion contrôlé sur trente-deux", "Un camion contrôlé sur trente-deux", "ratio", "0.0312"),
    (
        "Six directeurs adjoints de collège sur dix",
        "Six directeurs adjoints de collège sur dix",
        "ratio",
        "0.6",
    ),
    ("un habitant sur deux", "un habitant sur deux", "ratio", "0.5"),
    ("Près de la moitié des projets", "la moitié", "ratio", "0.5"),
    ("égal à la moitié de l'indemnité", "la moitié", "ratio", "0.5"),
    ("une bonne moitié des ruches", "une bonne moitié", "ratio", "0.5"),
    ("un bon tiers des ruches", "un bon tiers", "ratio", "0.3333"),
    ("à un quart d'heure à pied", "un quart d'heure", "duration", "15"),
    ("trois quarts d’heure d’attente", "trois quarts d’heure", "duration", "45"),
    ("C'est trois fois la normale.", "trois fois", "multiplier", "3"),
    ("les deux tiers du budget", "deux tiers", "ratio", "0.6667"),
    ("trois quarts des maires", "trois quarts", "ratio", "0.75"),
    ("un tiers des communes", "un tiers", "ratio", "0.3333"),
    ("un quart des établissements", "un quart", "ratio", "0.25"),
    ("quatre cinquièmes des élus", "quatre cinquièmes", "ratio", "0.8"),
    ("1/3 des communes", "1/3", "ratio", "0.3333"),
    ("le 2/3 des communes", "2/3", "ratio", "0.6667"),
    ("1/4 de mois de salaire", "1/4", "ratio", "0.25"),
    ("dont à peine un cinquième est décaissé", "un cinquième", "ratio", "0.2"),
    ("et un étudiant sur huit ne se soigne pas", "un étudiant sur huit", "ratio", "0.125"),
    ("ajouter 1/12e du montant", "1/12e", "ratio", "0.0833"),
    ("3/4 des élus", "3/4", "ratio", "0.75"),
    ("¼ de l'empreinte carbone", "¼", "ratio", "0.25"),
    ("un Français sur dix", "un Français sur dix", "ratio", "0.1"),
    ("neuf élus sur 10", "neuf élus sur 10", "ratio", "0.9"),
    ("1 personne sur 5", "1 personne sur 5", "ratio", "0.2"),
    ("près d'un jeune sur quatre", "un jeune sur quatre", "ratio", "0.25"),
    ("une trentaine de communes", "une trentaine", "count", "30"),
    ("une vingtaine d'années", "une vingtaine d'années", "duration", "20"),
    ("une centaine de millions d'euros", "une centaine de millions d'euros", "amount", "100000000"),
    ("une demi-douzaine d'élus", "une demi-douzaine", "count", "6"),
    ("deux douzaines d'œufs", "deux douzaines", "count", "24"),
    ("des milliers de foyers", "milliers", "count", "1000"),
    (
        "plusieurs centaines de milliers d'euros",
        "centaines de milliers d'euros",
        "amount",
        "100000",
    ),
    ("un demi-million d'euros", "un demi-million d'euros", "amount", "500000"),
    ("Le nombre de projets a doublé.", "doublé", "multiplier", "2"),
    ("Les prix vont tripler.", "tripler", "multiplier", "3"),
    ("C'est le double de l'an passé.", "le double", "multiplier", "2"),
    ("un doublement de l'enveloppe", "doublement", "multiplier", "2"),
    ("Le budget est multiplié par trois.", "multiplié par trois", "multiplier", "3"),
    ("multiplié par 2,5", "multiplié par 2,5", "multiplier", "2.5"),
    ("Le stock a été divisé par deux.", "divisé par deux", "multiplier", "0.5"),
    ("trois fois plus de dossiers", "trois fois plus", "multiplier", "3"),
    ("2,5 fois plus élevé", "2,5 fois plus", "multiplier", "2.5"),
    ("dix fois moins cher", "dix fois moins", "multiplier", "0.1"),
    ("deux fois le budget de la ville", "deux fois", "multiplier", "2"),
    ("L'appel a été souscrit deux fois et demie.", "deux fois et demie", "multiplier", "2.5"),
    ("J'en voudrais le double en plus grand.", "le double", "multiplier", "2"),
    ("Les dons ont fondu de moitié.", "moitié", "ratio", "0.5"),
    ("Un stock de trois fois la récolte.", "trois fois", "multiplier", "3"),
    ("Il faut un demi-hectare par bête.", "un demi-hectare", "measure", "0.5"),
    ("une fois et demie plus de dossiers", "une fois et demie plus", "multiplier", "1.5"),
]


@pytest.mark.parametrize(("text", "span", "kind", "value"), SHARES)
def test_a_share_is_read(text: str, span: str, kind: str, value: str) -> None:
    found = find_quantities(text)
    assert [(text[d.start : d.end], d.kind, d.value) for d in found] == [
        (span, kind, Decimal(value))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Une fois le diagnostic posé, tout s'accélère.",
        "Une fois la salle rénovée, il a fallu la meubler.",
        "la première moitié du siècle",
        "un double enjeu",
        "la doublure du manteau",
        "un couloir à double sens",
        "une pizza à moitié prix",
        "les quarts de finale",
        "le tiers-monde",
        "mis en quarantaine à Brest",
        "le troisième tiers temps",
        "la centaine y est presque",
        "(en milliers)",
        "aux quatre coins du pays",
        "tous deux ont voté",
        "toutes les deux ont signé",
        "un élu à deux doigts de partir",
        "Ils marchent deux par deux.",
        "une scène à quatre mains",
        "le programme Zéro artificialisation",
        "repartir de zéro",
        "une ville zéro déchet",
        "la Guerre de Trente Ans",
        "les Cent Arpents",
        "un homme et une femme",
        "l'un et l'autre",
        "La une du journal",
        "une heure plus tard",
    ],
)
def test_what_only_resembles_a_share_is_none(text: str) -> None:
    assert [text[d.start : d.end] for d in find_quantities(text)] == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("562 hommes sur 650", ["562", "650"]),
        ("deux dossiers sur sept", ["deux", "sept"]),
        ("9 contrats signés sur les 9 territoires", ["9", "9"]),
        ("une seule passe sur six", ["une seule", "six"]),
        ("Elle a gagné 2 fois le titre", ["2"]),
        ("deux fois par an", ["deux"]),
    ],
)
def test_a_count_and_its_whole_are_two_figures(text: str, spans: list[str]) -> None:
    assert [text[d.start : d.end] for d in find_quantities(text)] == spans
