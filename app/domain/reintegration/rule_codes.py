"""The codes of the rules that set the deadlines of a case; their lengths are data."""

RESOURCE = "reintegration_case"
RESIDENCE_CHECK, FILE, HELPER = (
    f"reintegration_{name}" for name in ("residence_check", "file", "helper")
)
HANDOVER, QUARTER_REPORT = "reintegration_handover", "reintegration_quarter_report"
REPLY = "data_request_reply"  # to a request of the person about their data
OPENING, OPENING_REVIEW = "reintegration_opening", "reintegration_opening_review"
ALL = (RESIDENCE_CHECK, FILE, HELPER, HANDOVER, QUARTER_REPORT, REPLY)
