"""The spaCy pipeline of Recoupe: `load` assembles it, `analyse` runs it over articles."""

from recoupe.models.analysis import Analysed, analyse
from recoupe.models.pipeline import describe, load

__all__ = ["Analysed", "analyse", "describe", "load"]
