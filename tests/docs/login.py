"""Sign in as a person does in a browser: open the address, fill in the form, come back."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx

from app.demo.accounts import PASSWORD

LOGIN = "trunguong"  # of the demo, a viewer of the country


def sign_in(address: str, login: str = LOGIN) -> dict[str, str]:
    """Sign in at an address; return what the application receives by the redirect."""
    with httpx.Client(headers={"accept-language": "en"}) as browser:
        page = browser.get(address)
        assert page.status_code == 200, page.text
        here = address.partition("?")[0]
        form = {"step": _step(page), "login": login, "password": PASSWORD}
        asked = browser.post(here, data=form)
        assert 'name="decision"' in asked.text, asked.text
        answer = browser.post(here, data={"step": _step(asked), "decision": "allow"})
    assert answer.status_code == 303, answer.text
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()
    }


def _step(page: httpx.Response) -> str:
    found = re.search(r'name="step" value="([^"]+)"', page.text)
    assert found, page.text
    return unescape(found[1])
