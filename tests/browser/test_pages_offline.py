"""Every page works on a closed network; the `tab` fixture refuses any other host."""

import json

from playwright.sync_api import Page, expect

SLOW = 60_000  # three processes share two cores when all tests run


def test_the_first_page_leads_to_the_others(tab: Page) -> None:
    tab.goto("/")

    expect(tab).to_have_title("Bình Yên API")
    links = [link.get_attribute("href") for link in tab.get_by_role("link").all()]
    assert links == ["/public/tips", "/docs", "/redoc", "/graphql", "/health/ready"]


def test_swagger_shows_a_chapter(tab: Page, operation: str) -> None:
    tab.goto("/docs?chapter=units")

    expect(tab.get_by_text(operation, exact=True).first).to_be_visible(timeout=SLOW)


def test_swagger_follows_a_link_to_a_chapter(tab: Page) -> None:
    tab.goto("/docs#/teams")

    expect(tab.locator("#operations-teams-list_teams")).to_be_visible(timeout=SLOW)


def test_swagger_asks_with_a_token(tab: Page, token: str, operation: str) -> None:
    tab.goto("/docs?chapter=units")

    tab.get_by_label("Access token").fill(token, timeout=SLOW)
    tab.get_by_text(operation, exact=True).first.click(timeout=SLOW)
    tab.get_by_role("button", name="Try it out").click()
    tab.get_by_role("button", name="Execute").click()

    answer = tab.locator(".live-responses-table tbody .response-col_status")
    expect(answer).to_contain_text("200", timeout=SLOW)


def test_redoc_shows_a_chapter(tab: Page, operation: str) -> None:
    tab.goto("/redoc?chapter=units")

    expect(tab.get_by_role("heading", name=operation).first).to_be_visible(timeout=SLOW)


def test_redoc_leads_to_another_chapter(tab: Page, operation: str) -> None:
    tab.goto("/redoc?chapter=vocabularies")
    tab.get_by_role("heading", name="vocabularies").first.wait_for(timeout=SLOW)

    tab.get_by_label("Chapter").select_option("units", timeout=SLOW)

    expect(tab.get_by_role("heading", name=operation).first).to_be_visible(timeout=SLOW)
    assert tab.url.endswith("/redoc?chapter=units")


def test_redoc_searches(tab: Page, operation: str) -> None:
    tab.goto("/redoc?chapter=units")

    tab.get_by_role("textbox", name="Search").fill(operation, timeout=SLOW)

    found = tab.get_by_role("search").get_by_role("menuitem", name=operation).first
    expect(found).to_be_visible(timeout=SLOW)


def test_graphiql_answers_its_first_query_to_a_token(tab: Page, token: str) -> None:
    tab.goto("/graphql")

    tab.locator(".graphiql-editor-tool .CodeMirror:visible").click(timeout=SLOW)
    tab.keyboard.insert_text(json.dumps({"Authorization": f"Bearer {token}"}))
    tab.get_by_role("button", name="Execute query").click()

    expect(tab.locator(".result-window")).to_contain_text("Cao Bằng", timeout=SLOW)


def test_graphiql_opens_its_settings(tab: Page) -> None:
    tab.goto("/graphql")

    tab.get_by_role("button", name="Open settings dialog").click(timeout=SLOW)

    expect(tab.get_by_role("dialog")).to_contain_text("Theme")


def test_graphiql_explores_the_schema(tab: Page) -> None:
    tab.goto("/graphql")

    tab.get_by_role("button", name="Show GraphiQL Explorer").click(timeout=SLOW)

    expect(tab.locator(".graphiql-explorer-root")).to_contain_text("units", timeout=SLOW)
