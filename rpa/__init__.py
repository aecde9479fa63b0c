"""Files the procedures of PERKESO's ASSIST portal from a job file and a spreadsheet."""

__version__ = "0.1.0"
