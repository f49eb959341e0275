"""Language-ID models behind one Protocol, one file for each library."""

from langcov.lid.base import Model, Predictions, predict
from langcov.lid.registry import LidSystem, installed, load

__all__ = ["LidSystem", "Model", "Predictions", "installed", "load", "predict"]
