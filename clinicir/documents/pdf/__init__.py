"""The only home of ReportLab."""
