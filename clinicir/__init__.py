"""clinicir: from the alert of a patient-data breach to the complete dossier, offline."""

__version__ = "0.1.0"
