"""Language-ID models behind one Protocol, one file for each library."""

from langcov.lid.kinds import KINDS, LidSystem, default_specs, installed, load
from langcov.lid.protocol import Model, Predictions, predict

__all__ = ["KINDS", "LidSystem", "Model", "Predictions", "default_specs", "installed", "load", "predict"]
