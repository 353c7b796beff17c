"""What a newspaper's page says of itself to machines: schema.org's NewsArticle."""

from __future__ import annotations

from recoupe.corpus import sources
from recoupe.corpus.documents import Document


def news_article(document: Document, base_url: str) -> dict[str, object]:
    """The page's JSON-LD, as newspapers write it."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": f"{base_url}{document.path}"},
        "headline": document.title,
        "datePublished": document.published_at,
        "dateModified": document.modified_at or document.published_at,
        "articleSection": document.section,
        "inLanguage": "fr-FR",
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": sources.declaration(document.source).title,
        },
        "isAccessibleForFree": not document.paywalled,
    }
    if document.standfirst:
        data["description"] = document.standfirst
    if document.author:
        author_type = "Organization" if document.author.startswith("Agence") else "Person"
        data["author"] = [{"@type": author_type, "name": document.author}]
    if document.paywalled:
        data["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".article__corps",
        }
    return data
