"""Pictures, letters, workbook back, report."""
