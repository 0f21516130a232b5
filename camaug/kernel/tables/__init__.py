"""Tables that people keep in Excel: read from CSV and XLSX within limits, written row by row, harmless when opened."""
