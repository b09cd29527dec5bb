"""Sign in as a person does in a browser: open the address, fill in the form, come back."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx

from app.demo.accounts import PASSWORD

LOGIN = "trunguong"  # of the demo, a viewer of the country


def sign_in(address: str) -> dict[str, str]:
    """Sign in at an address; return what the application receives by the redirect."""
    with httpx.Client(headers={"accept-language": "en"}) as browser:
        page = browser.get(address)
        assert page.status_code == 200, page.text
        step = re.search(r'name="step" value="([^"]+)"', page.text)
        assert step, page.text
        form = {"step": unescape(step[1]), "login": LOGIN, "password": PASSWORD}
        answer = browser.post(address.partition("?")[0], data=form)
    assert answer.status_code == 303, answer.text
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()
    }
