"""The components as spaCy factories, named in the package's entry points.

spaCy imports this module at every ``spacy.blank``: it stays light, and each factory imports its
component, and the component its data, when a pipeline first asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from recoupe.extract.dates.find import DatesComponent
    from recoupe.extract.facts.component import FactsComponent
    from recoupe.extract.figures.component import QuantitiesComponent
    from recoupe.extract.names.organisations import OrganisationsComponent
    from recoupe.extract.names.people import PeopleComponent
    from recoupe.extract.names.programmes import ProgrammesComponent
    from recoupe.extract.places.link import TerritoriesComponent
    from recoupe.extract.sentences import SentencesComponent
    from recoupe.extract.speech.quotes import QuotesComponent


@Language.factory("recoupe_sentences")
def make_sentences(nlp: Language, name: str) -> SentencesComponent:
    """Sentence boundaries at line breaks; stands before the parser."""
    from recoupe.extract.sentences import SentencesComponent

    return SentencesComponent(nlp, name)


@Language.factory("recoupe_dates")
def make_dates(nlp: Language, name: str) -> DatesComponent:
    """Dates, periods and deadlines in ``doc.spans["dates"]``."""
    from recoupe.extract.dates.find import DatesComponent

    return DatesComponent(nlp, name)


@Language.factory("recoupe_programmes")
def make_programmes(nlp: Language, name: str) -> ProgrammesComponent:
    """Public programmes and laws in ``doc.spans["programmes"]``."""
    from recoupe.extract.names.programmes import ProgrammesComponent

    return ProgrammesComponent(nlp, name)


@Language.factory("recoupe_organisations")
def make_organisations(nlp: Language, name: str) -> OrganisationsComponent:
    """Organisations in ``doc.spans["organisations"]``."""
    from recoupe.extract.names.organisations import OrganisationsComponent

    return OrganisationsComponent(nlp, name)


@Language.factory("recoupe_people")
def make_people(nlp: Language, name: str) -> PeopleComponent:
    """People with role and organisation in ``doc.spans["people"]``."""
    from recoupe.extract.names.people import PeopleComponent

    return PeopleComponent(nlp, name)


@Language.factory("recoupe_territories")
def make_territories(nlp: Language, name: str) -> TerritoriesComponent:
    """Territories with their official codes in ``doc.spans["territories"]``."""
    from recoupe.extract.places.link import TerritoriesComponent

    return TerritoriesComponent(nlp, name)


@Language.factory("recoupe_quantities")
def make_quantities(nlp: Language, name: str) -> QuantitiesComponent:
    """Figures in ``doc.spans["quantities"]``, other numbers in ``doc.spans["references"]``."""
    from recoupe.extract.figures.component import QuantitiesComponent

    return QuantitiesComponent(nlp, name)


@Language.factory("recoupe_quotes")
def make_quotes(nlp: Language, name: str) -> QuotesComponent:
    """Quotations with their speakers in ``doc.spans["quotes"]``."""
    from recoupe.extract.speech.quotes import QuotesComponent

    return QuotesComponent(nlp, name)


@Language.factory("recoupe_facts")
def make_facts(nlp: Language, name: str) -> FactsComponent:
    """What the text says of each figure: status, territory, programme, speaker."""
    from recoupe.extract.facts.component import FactsComponent

    return FactsComponent(nlp, name)
