"""The shapes that names of bodies are written in, for all patterns that look for them."""

from __future__ import annotations

import re

#: A word in capitals or with one: « Novalis », « C3S », « Saint-Gobain ».
CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ0-9][\w&+]*(?:[-'.][\w&+]+)*"
#: Capitalised words that « et », « & », « de », « du » may join.
COMPANY = re.compile(
    rf"(?=[A-ZÀ-ÖØ-ÞŒ]){CAPITAL}(?:(?: (?:&|et|de|du|des|de la|d'))?(?: |(?<=d')){CAPITAL})*"
    r"(?: & (?:fils|filles?|frères|sœurs|cie|associés)(?![\w-]))?"
)
#: What joins a noun to its complement.
OF = r"(?:du |de la |de l'|des |de |d')"
#: Letters that stand for a body: « CLV », « CGT Sud ».
LETTERS = r"[A-ZÉ]{2,8}(?:[- ][A-ZÉ0-9][\w-]*)?"
#: Adjectives of inhabitants, which end clubs' names.
DEMONYM = r"[a-zà-ÿ][a-zà-ÿ-]{2,}(?:ais|aise|ois|oise|ien|ienne|éen|éenne|ain|aine|in|ine|ard|arde)"
#: « le SGAR Occitanie », « la DRAJES Bretagne »
REGIONS = (
    r"(?:Auvergne-Rhône-Alpes|"
    r"Bourgogne-Franche-Comté|Bretagne|Centre-Val de Loire|Corse|Grand Est|Hauts-de-France|"
    r"Île-de-France|Ile-de-France|Normandie|Nouvelle-Aquitaine|Occitanie|Pays de la Loire|"
    r"Provence-Alpes-Côte d'Azur|PACA|Guadeloupe|Martinique|Guyane|Réunion|Mayotte)"
)
