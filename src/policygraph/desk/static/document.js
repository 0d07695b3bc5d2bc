// The page of a document: a click on a mark, or on what is open, shows the facts made from it.
const place = document.getElementById("text");
const panel = document.getElementById("facts");
let facts = null;

async function all() {
  facts ??= fetch(place.dataset.facts).then((answer) => answer.json());
  return facts;
}

function element(name, text, ...classes) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.classList.add(...classes);
  return made;
}

function cells(fact) {
  const list = element("dl", "", "cells");
  for (const [name, value] of fact.cells) list.append(element("dt", name), element("dd", value));
  if (fact.iri) {
    const link = element("a", fact.iri, "id");
    link.href = fact.page;
    const cell = element("dd");
    cell.append(link);
    list.append(element("dt", "IRI"), cell);
  }
  return list;
}

async function show(mark) {
  const known = await all();
  for (const old of place.querySelectorAll("mark.chosen")) old.classList.remove("chosen");
  mark.classList.add("chosen");
  const shown = mark.dataset.f.split(" ").filter((key) => known[key]).map((key) => {
    const fact = known[key];
    const box = element("section", "", "fact", ...fact.classes);
    box.append(element("h3", `${fact.kind} ${fact.section}`), element("p", fact.says, "says"), cells(fact));
    return box;
  });
  panel.replaceChildren(...shown);
}

if (panel) {
  all();  // asked for while a person reads: a click waits for nothing
  place.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-f]");
    if (mark) show(mark);
  });
  place.addEventListener("keydown", (event) => {
    const mark = event.target.closest("mark[data-f]");
    if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      show(mark);
    }
  });
  const open = (key) => {
    const mark = [...place.querySelectorAll("mark[data-f]")].find((each) => each.dataset.f.split(" ").includes(key));
    if (!mark) return false;
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
    show(mark);
    return true;
  };
  for (const link of document.querySelectorAll("a[data-open]")) {
    link.addEventListener("click", (event) => {
      if (open(link.dataset.open)) event.preventDefault();
    });
  }
  if (location.hash.length > 1) open(decodeURIComponent(location.hash.slice(1)));
}
for (const proof of document.querySelectorAll("details[data-fact]")) {
  proof.addEventListener("toggle", async () => {
    const fact = (await all())[proof.dataset.fact];
    if (fact) proof.querySelector("dl").replaceWith(cells(fact));
  }, { once: true });
}
