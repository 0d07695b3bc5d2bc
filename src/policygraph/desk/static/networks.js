// Draws the network of the page: places come from the server, nothing moves by itself. What is told stands in text nodes.
import { echarts } from "/assets/echart/index.js";

const stage = document.getElementById("network");
const details = document.getElementById("details");
if (stage) start(await (await fetch(stage.dataset.from)).json());

function start(network) {
  const hidden = new Set();
  let frozen = false;
  const chart = echarts.init(stage, null, { renderer: "canvas" });
  const draw = (moved) => {
    const made = option(network, { hidden, frozen, places: moved, paper: false });
    chart.setOption(made, { notMerge: true });
    stage.dataset.edges = made.series[0].links.length;
  };
  draw();
  new ResizeObserver(() => chart.resize()).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(places(chart)));
  chart.on("click", (event) => event.dataType === "node" && tell(network, network.nodes[event.dataIndex]));
  document.getElementById("find").addEventListener("input", (event) => find(chart, network, event.target.value.trim()));
  button("back", () => draw());
  button("freeze", (freeze) => {
    frozen = !frozen;
    freeze.setAttribute("aria-pressed", String(frozen));
    draw(places(chart));
  });
  keys(chart, network);
  roles(network, hidden, () => draw(places(chart)));
  button("png", () => save(chart.getDataURL({ pixelRatio: 2, backgroundColor: "#ffffff" }), "png"));
  button("svg", () => save(URL.createObjectURL(new Blob([asSvg(chart, network, hidden)], { type: "image/svg+xml" })), "svg"));
  stage.dataset.ready = "1";
}

// What a mouse does, by keys: + and - zoom, arrows pan, n and p go from node to node.
function keys(chart, network) {
  const zooms = { "+": 1.25, "=": 1.25, "-": 0.8 };
  const pans = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
  const steps = { n: 1, p: -1 };
  const roam = { type: "graphRoam", seriesIndex: 0 };
  let at = -1;
  stage.addEventListener("keydown", (event) => {
    const { [event.key]: zoom } = zooms, { [event.key]: pan } = pans, { [event.key]: step } = steps;
    if (event.ctrlKey || event.altKey || event.metaKey || !(zoom || pan || step)) return;
    event.preventDefault();
    if (zoom) chart.dispatchAction({ ...roam, zoom, originX: chart.getWidth() / 2, originY: chart.getHeight() / 2 });
    if (pan) chart.dispatchAction({ ...roam, dx: pan[0], dy: pan[1] });
    if (!step) return;
    at = at < 0 && step < 0 ? network.nodes.length - 1 : (at + step + network.nodes.length) % network.nodes.length;
    chart.dispatchAction({ type: "downplay", seriesIndex: 0 });
    chart.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: at });
    tell(network, network.nodes[at]);
  });
}

function button(id, act) {
  const found = document.getElementById(id);
  found.addEventListener("click", () => act(found));
}

function option(network, { hidden, frozen, places, paper }) {
  const style = getComputedStyle(document.body);
  const ink = paper ? "#1c2430" : style.getPropertyValue("--text");
  const ground = paper ? "#ffffff" : style.getPropertyValue("--ground");
  const font = style.fontFamily.replaceAll('"', "'"); // a double quote would end an attribute of the SVG
  const heaviest = Math.max(1, ...network.edges.map((edge) => edge.weight));
  const dense = network.edges.length > 600;
  return {
    animation: false,
    textStyle: { fontFamily: font },
    tooltip: { confine: true, formatter: (point) => echarts.format.encodeHTML(point.name) },
    legend: { type: "scroll", top: 6, data: network.groups.map((group) => group.name), textStyle: { color: ink }, pageTextStyle: { color: ink } },
    series: [{
      type: "graph", layout: "none", roam: true, draggable: !frozen, left: 30, right: 90, top: 50, bottom: 30, preserveAspect: true,
      edgeSymbol: network.directed ? ["none", "arrow"] : ["none", "none"], edgeSymbolSize: 6,
      categories: network.groups.map((group) => ({ name: group.name, itemStyle: { color: group.colour } })),
      data: network.nodes.map((node, place) => ({
        id: node.id, name: node.label, x: places ? places[place][0] : node.x, y: places ? places[place][1] : node.y,
        symbol: node.shape, symbolSize: node.size, category: node.group, itemStyle: { borderColor: ground, borderWidth: 1 },
      })),
      links: network.edges.filter((edge) => !hidden.has(edge.role)).map((edge) => ({
        source: edge.from, target: edge.to,
        lineStyle: {
          color: edge.role ? network.roles[edge.role].colour : "#8a94a0", curveness: edge.role ? 0.08 : 0.04,
          width: heaviest > 1 ? 0.6 + (2.4 * edge.weight) / heaviest : 1.2, opacity: dense ? 0.28 : 0.55,
        },
      })),
      label: { show: true, position: "right", color: ink, fontSize: 11, textBorderColor: ground, textBorderWidth: 2 },
      labelLayout: { hideOverlap: true },
      emphasis: { focus: "adjacency", label: { show: true, fontWeight: "bold" }, lineStyle: { opacity: 0.95 } },
      scaleLimit: { min: 0.3, max: 12 },
    }],
  };
}

// Where the nodes are now: a person may have moved them.
function places(chart) {
  const data = chart.getModel().getSeriesByIndex(0).getData();
  return Array.from({ length: data.count() }, (_, place) => data.getItemLayout(place));
}

function find(chart, network, text) {
  chart.dispatchAction({ type: "downplay", seriesIndex: 0 });
  if (!text) return;
  const found = network.nodes.flatMap((node, place) => (node.label.includes(text) ? [place] : []));
  found.sort((a, b) => network.nodes[a].label.length - network.nodes[b].label.length);
  if (!found.length) return details.replaceChildren(element("p", details.dataset.none));
  chart.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: found.slice(0, 20) });
  tell(network, network.nodes[found[0]]);
}

function tell(network, node) {
  const label = Object.fromEntries(network.nodes.map((each) => [each.id, each.label]));
  const ties = new Map();
  for (const edge of network.edges) {
    const other = edge.from === node.id ? edge.to : edge.to === node.id ? edge.from : null;
    if (other === null) continue;
    const way = network.directed ? (edge.from === node.id ? "→ " : "← ") : "";
    const key = `${way}${label[other]}`;
    const tie = ties.get(key) ?? { weight: 0, roles: new Set() };
    tie.weight += edge.weight;
    if (edge.role) tie.roles.add(network.roles[edge.role].label);
    ties.set(key, tie);
  }
  const counts = Object.values(network.roles).flatMap(({ label: name }) => {
    const count = [...ties.values()].filter((tie) => tie.roles.has(name)).length;
    return count ? [`${name} ${count}`] : [];
  });
  const list = element("ul");
  const first = [...ties].sort((a, b) => b[1].weight - a[1].weight || a[0].localeCompare(b[0], "zh"));
  for (const [name, tie] of first.slice(0, 30)) {
    list.append(element("li", `${name}  ${tie.roles.size ? [...tie.roles].join("、") : tie.weight}`));
  }
  const links = element("p");
  for (const [href, text] of [[node.href, details.dataset.page], [node.clauses, details.dataset.clauses]]) {
    if (!href) continue;
    const link = element("a", text);
    link.href = href;
    links.append(link, " ");
  }
  const place = [node.kindLabel, node.place].filter(Boolean).join(" · ");
  details.replaceChildren(
    element("h2", node.label), element("p", place), links, element("p", counts.join("，")),
    element("h3", `${details.dataset.ties} ${ties.size}`), list,
  );
}

function roles(network, hidden, draw) {
  const group = document.getElementById("roles");
  const held = new Set(network.edges.map((edge) => edge.role));
  for (const [role, { label, colour }] of Object.entries(network.roles)) {
    if (!group || !held.has(role)) continue;
    const box = element("input");
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(role);
      else hidden.add(role);
      draw();
    });
    const name = element("label");
    name.style.setProperty("--role", colour);
    name.append(box, ` ${label}`);
    group.append(name);
  }
}

function asSvg(chart, network, hidden) {
  const size = { width: chart.getWidth(), height: chart.getHeight() };
  const paper = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  paper.setOption(option(network, { hidden, frozen: true, places: places(chart), paper: true }));
  const text = paper.renderToSVGString();
  paper.dispose();
  return text;
}

function save(address, form) {
  const link = element("a");
  link.href = address;
  link.download = `network-${stage.dataset.name}.${form}`;
  link.click();
}

function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
