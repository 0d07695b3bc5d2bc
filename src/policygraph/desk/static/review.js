// The text beside a review: which passage is at hand, how it looks, and where a person marked something.
window.deskReview = {
  pane() { return document.querySelector(".review-text .running"); },
  show(name) {
    document.querySelector(".review-side")?.scrollTo(0, 0);  // the case stands above its list
    const pane = this.pane();
    if (!pane) return;
    pane.querySelectorAll(".now").forEach((each) => each.classList.remove("now"));
    const found = [...pane.querySelectorAll("mark")].filter((each) => each.dataset.c.split(" ").includes(name));
    found.forEach((each) => each.classList.add("now"));
    if (!found.length) return;
    const frame = pane.closest(".review-text");  // the page itself stays where it is: its bar is in use
    const [here, all] = [found[0].getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollTop += here.top - all.top - (all.height - here.height) / 2;
  },
  look(looks) {  // of the passages that look otherwise now
    for (const each of this.pane()?.querySelectorAll("mark") ?? []) {
      const look = looks[each.dataset.c.split(" ")[0]];
      if (look) each.className = look + (each.classList.contains("now") ? " now" : "");
    }
  },
  marked() {
    const pane = this.pane(), chosen = window.getSelection();
    if (!pane || !chosen.rangeCount || chosen.isCollapsed || !pane.contains(chosen.anchorNode)) return null;
    const range = chosen.getRangeAt(0), before = document.createRange();
    before.selectNodeContents(pane);
    before.setEnd(range.startContainer, range.startOffset);
    const start = [...before.toString()].length;
    return [start, start + [...range.toString()].length];
  },
  who(name) {
    if (name !== undefined) localStorage.setItem("policygraph-who", name);
    return localStorage.getItem("policygraph-who") ?? "";
  },
  time() { return new Date().toISOString(); },
  day() { const d = new Date(); d.setMinutes(d.getMinutes() - d.getTimezoneOffset()); return d.toISOString().slice(0, 10); },
};
