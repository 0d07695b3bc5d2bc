// Tables that sort by a click on a heading and show only the rows that have all the words of a box.
const compare = new Intl.Collator("zh-Hans-CN", { numeric: true }).compare;

function key(row, at) {
  const cell = row.cells[at];
  return cell.dataset.sort ?? cell.textContent.trim();
}

function sort(table, heading) {
  const at = heading.cellIndex;
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const number = heading.classList.contains("n");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [row, key(row, at)]);
  rows.sort(([, a], [, b]) => {
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);  // what is empty stands last, whichever way
    const found = number ? Number(a) - Number(b) : compare(a, b);
    return down ? -found : found;
  });
  body.append(...rows.map(([row]) => row));
}

function filter(table, words, told) {
  let shown = 0;
  for (const row of table.tBodies[0].rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  if (told) told.textContent = words.length ? `${shown} / ${table.tBodies[0].rows.length}` : "";
}

for (const table of document.querySelectorAll("table[data-sorts]")) {
  for (const heading of table.tHead.querySelectorAll("th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, heading));
  }
}
for (const box of document.querySelectorAll("input[data-filter]")) {
  const table = document.getElementById(box.dataset.filter);
  const told = document.querySelector(`[data-shown="${box.dataset.filter}"]`);
  box.addEventListener("input", () => filter(table, box.value.toLowerCase().split(/\s+/).filter(Boolean), told));
}
