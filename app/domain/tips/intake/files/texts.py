"""Texts of informants: plain ones only. A document of a program names its author in it."""

import json
import re

from app.domain.records.files.child.refusal import Refused

MEDIA_TYPE = "text/plain"
IN_TEXT = frozenset("\t\n\r\f")
MARKUP = re.compile(
    r"^[ \t]*(?:"
    r"\{\\rtf|<[!?a-z/]|BEGIN:[A-Z]|-----BEGIN |%!PS|%PDF|\\documentclass|\\input\b|#!|#EXTM3U"
    r"|WEBVTT|\$G[A-Z]{4},|begin 0?[0-7]{3} |diff --git|Index: |\[(?:ar|ti|al|by|au|re|ve):"
    r"|\[InternetShortcut\]|\[Desktop Entry\]|---\s*\n\s*[\w-]+:"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
MAIL = re.compile(
    r"^(?:Received|Message-ID|MIME-Version|Return-Path|Delivered-To|Content-Type|User-Agent"
    r"|X-Mailer|X-Originating-IP|Authentication-Results|DKIM-Signature):\s",
    re.IGNORECASE | re.MULTILINE,
)


def check_text(content: bytes) -> None:
    """Refuse what is no UTF-8, and text that another program wrote as a document of its own."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("kind_not_taken") from None
    if any(sign < " " and sign not in IN_TEXT for sign in set(text)):
        raise Refused("kind_not_taken")
    if MARKUP.search(text) or MAIL.search(text) or _is_json(text):
        raise Refused("text_is_a_document")


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return text.lstrip().startswith(('{"', '[{"', "[["))
