"""Promises about what comes back: workbook, report, folder, logs."""
