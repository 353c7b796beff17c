"""What tests of the extractors share: the pipeline, loaded once, and the reading of one text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from recoupe.extract.annotations import Annotations, annotations_of
from recoupe.extract.names.organisations import OrganisationsComponent
from recoupe.extract.names.people import PeopleComponent
from recoupe.extract.names.programmes import ProgrammesComponent
from recoupe.extract.speech.quotes import QuotesComponent
from recoupe.models import analyse
from recoupe.models.pipeline import base
from recoupe.records import Article, Extraction


@pytest.fixture(scope="session")
def nlp(pipeline: Language) -> Language:
    """The assembled pipeline, under the name that spaCy users give it."""
    return pipeline


@pytest.fixture(scope="session")
def analyse_text(nlp: Language) -> Callable[..., Extraction]:
    """Read one text with the whole pipeline: ``analyse_text(text, published_at=None)``."""

    def analysed(text: str, published_at: str | None = None) -> Extraction:
        result = next(analyse(nlp, [Article(text=text, published_at=published_at)]))
        if result.error is not None:
            raise result.error
        assert result.extraction is not None
        return result.extraction

    return analysed


@pytest.fixture(scope="session")
def read() -> Callable[[str], Annotations]:
    """Read names and quotations of one text, without figures."""
    nlp = base()
    components = [
        ProgrammesComponent(nlp),
        OrganisationsComponent(nlp),
        PeopleComponent(nlp),
        QuotesComponent(nlp),
    ]

    def found(text: str) -> Annotations:
        doc = nlp(text)
        for component in components:
            doc = component(doc)
        return annotations_of(doc)

    return found
