"""One run of a job: what holds it back, its filings one by one, retries, doubts, drafts."""
