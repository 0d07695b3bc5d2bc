"""The cascade and the networks in a real browser: what a person sees and does there."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from test_desk_browser import Seen, browser, desk, seen  # noqa: F401

from policygraph.messages import say

COLD = 90_000  # milliseconds: the first page asks what all others are made of, on a busy machine


@pytest.fixture(autouse=True)
def patient(seen: Seen) -> None:  # noqa: F811
    seen.page.set_default_timeout(COLD)


def test_a_target_is_followed_from_the_table_to_the_words(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/cascade?region=210200")
    field = page.locator("tbody tr", has_text="居民健康素养水平").locator(".mark", has_text="≥27%")
    assert say("export.label-tighter", "zh") in str(field.first.get_attribute("title"))
    page.get_by_role("link", name="居民健康素养水平", exact=True).click()
    box = page.locator(".chain a", has_text="大连市 2021")
    box.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('tr:target').id") == "dalian-2021"
    assert page.locator("tr:target blockquote").first.is_visible()


def test_the_table_is_narrowed_by_its_form_and_kept_in_the_address(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/cascade")
    page.get_by_label(say("desk.of-verdict", "zh")).select_option("looser")
    page.get_by_role("button", name=say("desk.show", "zh")).click()
    page.wait_for_url("**verdict=looser**")
    assert page.locator(".matrix .mark", has_text="▼").count() > 0
    with page.expect_download() as kept:
        page.get_by_role("link", name="xlsx").click()
    assert kept.value.suggested_filename == "cascade-targets.xlsx"


def test_a_network_is_searched_read_and_kept(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/networks?document=dalian-2021")
    page.locator("#network[data-ready]").wait_for()
    page.get_by_label(say("export.find", "zh")).fill("教育局")
    told = page.locator("#details")
    assert told.get_by_role("heading", level=2).inner_text() == "大连市教育局"
    assert told.get_by_role("link", name=say("desk.its-page", "zh")).get_attribute("href") == "/agency/210200/education"
    assert told.locator("li", has_text="健康知识普及行动 大连市 2021").count() == 1
    with page.expect_download() as kept:
        page.get_by_role("button", name="svg").click()
    assert "大连市卫生健康委员会" in "".join(ET.parse(kept.value.path()).getroot().itertext())


def test_roles_are_hidden_and_nodes_held_still(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/networks?document=dalian-2021")
    stage = page.locator("#network[data-ready]")
    stage.wait_for()
    before = int(str(stage.get_attribute("data-edges")))
    page.locator("#roles").get_by_label(say("export.role-support", "zh")).uncheck()
    assert 0 < int(str(stage.get_attribute("data-edges"))) < before
    hold = page.get_by_role("button", name=say("desk.freeze", "zh"))
    hold.click()
    assert hold.get_attribute("aria-pressed") == "true"


def test_a_network_is_read_by_keys(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/networks?document=dalian-2021")
    page.locator("#network[data-ready]").focus()
    told, heads = page.locator("#details h2"), []
    for key in ("n", "n", "p", "+", "-", "ArrowLeft", "ArrowUp", "p"):
        page.keyboard.press(key)
        heads.append(told.inner_text())
    assert heads[0] != heads[1]
    assert heads[2:7] == [heads[0]] * 5, "to zoom and to pan is not to choose"
    assert heads[7] not in heads[:7], "before the first comes the last"


def drawn(seen: Seen, name: str) -> list[float]:  # noqa: F811
    """Return where the label of a node stands in the picture that the page keeps."""
    with seen.page.expect_download() as kept:
        seen.page.get_by_role("button", name="svg").click()
    texts = ET.parse(kept.value.path()).getroot().iter("{http://www.w3.org/2000/svg}text")
    (found,) = (each for each in texts if each.text == name)
    return [float(each) for each in re.findall(r"[\d.]+", str(found.get("transform")))]


def test_the_node_at_hand_is_moved_by_keys(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/networks?document=dalian-2021")
    page.locator("#network[data-ready]").wait_for()
    page.get_by_label(say("export.find", "zh")).fill("大连海关")
    before, other = drawn(seen, "大连海关"), drawn(seen, "大连银保监局")
    page.locator("#network").focus()
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    after = drawn(seen, "大连海关")
    assert [round(now - then) for then, now in zip(before, after, strict=True)] == [40, 20]
    assert drawn(seen, "大连银保监局") == other
    page.get_by_role("button", name=say("desk.freeze", "zh")).press("Enter")
    page.locator("#network").press("Shift+ArrowRight")
    assert drawn(seen, "大连海关") == after, "it stays where it was put, and is held still"
    page.get_by_role("button", name=say("desk.places-back", "zh")).press("Enter")
    assert drawn(seen, "大连海关") == before


def test_a_group_is_hidden_by_keys(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/networks?kind=agency-action&document=dalian-2021&colour=kind")
    page.locator("#network[data-ready]").wait_for()
    page.get_by_text(say("desk.hide-groups", "zh"), exact=True).press("Enter")
    drawn(seen, "大连海关")
    box = page.locator("#groups").get_by_label(say("export.kind-agency", "zh"))
    box.press("Space")
    with page.expect_download() as kept:
        page.get_by_role("button", name="svg").press("Enter")
    told = "".join(ET.parse(kept.value.path()).getroot().itertext())
    assert "全民健身行动" in told
    assert "大连海关" not in told


def test_questions_and_answers_are_reached_by_keys(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/questions")
    page.locator("input[name=q]").focus()
    page.keyboard.type("牵头最多")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="哪些政府职能牵头最多").focus()
    page.keyboard.press("Enter")
    page.get_by_label("文件", exact=True).focus()
    page.keyboard.type("dalian-2021")
    page.keyboard.press("Enter")
    page.locator("h1", has_text="大连市").wait_for()
    page.locator("#answer thead th", has_text="牵头数").get_by_role("button").focus()
    page.keyboard.press("Space")
    assert page.locator("#answer thead th", has_text="牵头数").get_attribute("aria-sort") == "ascending"
