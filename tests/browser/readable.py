"""First checks of accessibility, in the page as it stands."""

from playwright.sync_api import Page

CONTRAST = """() => {
  const light = c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const value = rgb => rgb.map(c => light(c / 255)).reduce(
    (sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const numbers = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const color = numbers(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const words = [...document.querySelectorAll("body *")].filter(node =>
    node.getClientRects().length &&
    ([...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) ||
      node.matches("input, select, textarea")));
  return words.map(node => {
    const [a, b] = [value(numbers(getComputedStyle(node).color).slice(0, 3)), value(behind(node))];
    return [node.tagName, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  });
}"""
UNNAMED = """() => [...document.querySelectorAll("input, select, textarea, button, a, summary")]
  .filter(node => node.type !== "hidden" && !(node.labels && node.labels.length &&
    [...node.labels].every(label => label.textContent.trim())) &&
    !(node.matches("button, a, summary") && node.textContent.trim()) &&
    !node.getAttribute("aria-label")).map(node => node.outerHTML)"""
SMALL = """least => [...document.querySelectorAll("input, select, textarea, button, summary")]
  .filter(node => node.getClientRects().length && node.type !== "radio").filter(node => {
    const { width, height } = node.getBoundingClientRect();
    return Math.min(width, height) < least;
  }).map(node => node.outerHTML)"""
TWICE = """() => [...document.querySelectorAll("[id]")].map(node => node.id).filter(
  (id, n, all) => all.indexOf(id) !== n)"""


def check_readable(page: Page, least: int = 44) -> list[tuple[str, float]]:
    """Check as axe would at first: names, sizes, ids, headings, and the contrast of each word."""
    page.wait_for_load_state("load")  # what is measured has its style by then
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate(SMALL, least) == []
    assert page.evaluate(TWICE) == []
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    return [tuple(one) for one in page.evaluate(CONTRAST)]
