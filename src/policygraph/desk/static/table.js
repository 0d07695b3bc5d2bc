// Tables that sort by a click on a heading, show only the rows that have all the words of a box, and stand in pages.
const compare = new Intl.Collator("zh-Hans-CN", { numeric: true }).compare;

function key(row, at) {
  const cell = row.cells[at];
  return cell?.dataset.sort ?? cell?.textContent.trim() ?? "";
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// Shows the rows of a table a page at a time; ``given`` says how many, and has the texts of its buttons.
export class Sheet {
  constructor(table, given) {
    this.most = Number(given.most);
    this.body = table.tBodies[0];
    const rest = this.body.querySelector("template");
    const more = rest ? [...rest.content.children] : [];
    rest?.remove();
    this.rows = [...this.body.rows, ...more];
    this.shown = this.rows;
    this.at = 0;
    this.texts = new Map();
    this.told = document.createElement("span");
    this.told.setAttribute("role", "status");
    this.before = button(given.before, () => this.turn(-this.most));
    this.after = button(given.after, () => this.turn(this.most));
    this.words = given.page;
    this.pager = document.createElement("p");
    this.pager.className = "pager noprint";
    this.pager.append(this.before, this.told, this.after);
    (table.closest(".scroll") ?? table).after(this.pager);
    addEventListener("beforeprint", () => this.body.replaceChildren(...this.shown));
    addEventListener("afterprint", () => this.show());
    this.show();
  }

  show() {
    const page = this.shown.slice(this.at, this.at + this.most);
    if (page.length !== this.body.rows.length || page.some((row, at) => row !== this.body.rows[at])) {
      this.body.replaceChildren(...page);
    }
    const values = { first: this.at + 1, last: this.at + page.length, total: this.shown.length };
    this.told.textContent = this.words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    this.pager.hidden = this.shown.length <= this.most;
    this.before.disabled = this.at === 0;
    this.after.disabled = this.at + this.most >= this.shown.length;
  }

  turn(by) {
    this.at = Math.max(0, Math.min(this.at + by, this.shown.length - 1));
    this.show();
    this.body.closest("table").scrollIntoView({ block: "start" });
  }

  sort(at, down, number) {
    const keys = new Map(this.rows.map((row) => [row, key(row, at)]));
    const sorted = (one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);  // what is empty stands last, whichever way
      const found = number ? Number(a) - Number(b) : compare(a, b);
      return down ? -found : found;
    };
    this.rows.sort(sorted);
    if (this.shown !== this.rows) this.shown.sort(sorted);
    this.at = 0;
    this.show();
  }

  text(row) {
    if (!this.texts.has(row)) this.texts.set(row, row.textContent.toLowerCase());
    return this.texts.get(row);
  }

  filter(words) {
    this.shown = words.length ? this.rows.filter((row) => words.every((word) => this.text(row).includes(word))) : this.rows;
    this.at = 0;
    this.show();
    return words.length ? `${this.shown.length} / ${this.rows.length}` : "";
  }
}

const sheets = new Map();
for (const table of document.querySelectorAll("table[data-sorts]")) {
  const sheet = new Sheet(table, table.dataset);
  sheets.set(table.id, sheet);
  for (const heading of table.tHead.querySelectorAll("th")) {
    const pressed = () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      sheet.sort(heading.cellIndex, down, heading.classList.contains("n"));
    };
    const made = button("", pressed);
    made.append(...heading.childNodes);
    heading.append(made);
  }
}
for (const box of document.querySelectorAll("input[data-filter]")) {
  const told = document.querySelector(`[data-shown="${box.dataset.filter}"]`);
  box.addEventListener("input", () => {
    const found = sheets.get(box.dataset.filter).filter(box.value.toLowerCase().split(/\s+/).filter(Boolean));
    if (told) told.textContent = found;
  });
}
