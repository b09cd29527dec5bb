"""The codes of the rules that set the deadlines of a case; their lengths are data."""

RESOURCE = "reintegration_case"
RESIDENCE_CHECK, FILE, HELPER = (
    f"reintegration_{name}" for name in ("residence_check", "file", "helper")
)
HANDOVER, QUARTER_REPORT = "reintegration_handover", "reintegration_quarter_report"
REQUEST, REPLY = "reintegration_request", "data_request_reply"  # each request has its own
OPENING, OPENING_REVIEW = "reintegration_opening", "reintegration_opening_review"
OF_CASE = (RESIDENCE_CHECK, FILE, HELPER, HANDOVER, QUARTER_REPORT)
