// The page to ask in SPARQL: an editor where there is one, else a plain box; answers as a table, made as text.
import { Sheet } from "./table.js";

const box = document.getElementById("query");
const place = document.getElementById("editor");
const result = document.getElementById("result");
const status = document.getElementById("status");
const files = document.getElementById("files");
const ID = "https://w3id.org/policygraph/";
let read = () => box.value;
let write = (text) => { box.value = text; };

async function edit() {
  const CM = await import("/assets/codemirror/index.js");
  const found = CM.languages.find((each) => each.name === "SPARQL");
  const support = found ? await found.load() : [];
  const dark = matchMedia("(prefers-color-scheme: dark)").matches ? [CM.oneDark] : [];
  const view = new CM.EditorView({
    doc: box.value,
    extensions: [
      CM.keymap.of([{ key: "Mod-Enter", run: () => { ask(); return true; } }]),
      CM.basicSetup, support, ...dark, CM.EditorView.lineWrapping,
      CM.EditorView.contentAttributes.of({ "aria-label": place.querySelector("label").textContent }),
    ],
  });
  place.replaceChildren(view.dom);
  read = () => view.state.doc.toString();
  write = (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

function cell(found) {
  const made = document.createElement("td");
  if (!found) return made;
  if (found.type === "uri" && found.value.startsWith(`${ID}id/`)) {
    const link = document.createElement("a");
    link.href = `/${found.value.slice(ID.length)}`;
    link.textContent = found.value.slice(ID.length);
    made.append(link);
  } else {
    made.textContent = found.value;
  }
  return made;
}

function table(found) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of found.head.vars) {
    const heading = document.createElement("th");
    heading.scope = "col";
    heading.textContent = name;
    head.append(heading);
  }
  const body = made.createTBody();
  for (const binding of found.results.bindings) {
    body.insertRow().append(...found.head.vars.map((name) => cell(binding[name])));
  }
  return made;
}

function text(written) {
  const made = document.createElement("pre");
  made.className = "code";
  made.textContent = written;
  return made;
}

async function show(answer) {
  const kind = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || !kind.includes("json") || kind.includes("ld+json")) {
    return [text((await answer.text()).slice(0, 200000)), ""];
  }
  const found = await answer.json();
  if ("boolean" in found) return [text(found.boolean ? result.dataset.true : result.dataset.false), ""];
  const count = found.results.bindings.length;
  return count ? [table(found), String(count)] : [text(result.dataset.none), "0"];
}

async function ask() {
  const query = read();
  status.textContent = "…";
  history.replaceState(null, "", `#${encodeURIComponent(query)}`);
  try {
    const answer = await fetch("/sparql", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
      body: query,
    });
    const [shown, count] = await show(answer);
    result.replaceChildren(shown);
    document.querySelector(".pager")?.remove();
    if (shown.tagName === "TABLE") new Sheet(shown, result.dataset);
    status.textContent = count;
    files.hidden = !count;
    for (const link of files.querySelectorAll("a")) link.dataset.query = query;
  } catch (error) {
    status.textContent = String(error);
  }
}

files.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-form]");
  if (!link || link.href.startsWith("blob:")) return;
  event.preventDefault();
  const answer = await fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: link.dataset.form },
    body: link.dataset.query,
  });
  const made = document.createElement("a");
  made.href = URL.createObjectURL(await answer.blob());
  made.download = link.download;
  made.click();
});
document.getElementById("run").addEventListener("click", ask);
document.getElementById("example").addEventListener("change", async (event) => {
  const name = event.target.value;
  if (!name) return;
  const answer = await fetch(`${event.target.dataset.from}/${name}/sparql`);
  write((await answer.json()).sparql);
});
if (location.hash.length > 1) box.value = decodeURIComponent(location.hash.slice(1));
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
});
if (place.dataset.editor) edit();
