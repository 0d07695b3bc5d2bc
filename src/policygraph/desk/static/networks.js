// Draws the network of the page: places come from the server, nothing moves by itself. What is told stands in text nodes.
import { echarts } from "/assets/echart/index.js";

const stage = document.getElementById("network");
const details = document.getElementById("details");
if (stage) start(await (await fetch(stage.dataset.from)).json());

function start(network) {
  const hidden = new Set();
  const state = { at: -1, frozen: false, places: null };
  const chart = echarts.init(stage, null, { renderer: "canvas" });
  const draw = (anew) => {
    if (anew) state.places = network.nodes.map(({ x, y }) => [x, y]);
    const made = option(network, hidden, state);
    chart.setOption(made, { notMerge: anew });  // else zoom and hidden groups stay as they are
    stage.dataset.edges = made.series[0].links.length;
  };
  const choose = (at) => {
    state.at = at;
    tell(network, network.nodes[at]);
  };
  draw(true);
  new ResizeObserver(() => chart.resize()).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(false));
  chart.getZr().on("mouseup", () => remember(chart, state.places));
  chart.on("click", (event) => event.dataType === "node" && choose(event.dataIndex));
  document.getElementById("find").addEventListener("input", (event) => find(chart, network, event.target.value.trim(), choose));
  groups(chart, network, () => draw(false));
  button("back", () => {
    draw(true);
    chart.dispatchAction({ type: "legendAllSelect" });
  });
  button("freeze", (freeze) => {
    state.frozen = !state.frozen;
    freeze.setAttribute("aria-pressed", String(state.frozen));
    draw(false);
  });
  keys(chart, network, state, choose);
  roles(network, hidden, () => draw(false));
  const paper = () => option(network, hidden, { frozen: true, places: state.places }, true);
  button("png", () => save(asPng(chart, paper()), "png"));
  button("svg", () => save(URL.createObjectURL(new Blob([asSvg(chart, paper())], { type: "image/svg+xml" })), "svg"));
  stage.dataset.ready = "1";
}

// What a mouse does, by keys: + and - zoom, arrows pan, n and p go from node to node, arrows with Shift move the node.
function keys(chart, network, state, choose) {
  const zooms = { "+": 1.25, "=": 1.25, "-": 0.8 };
  const pans = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
  const steps = { n: 1, p: -1 };
  const roam = { type: "graphRoam", seriesIndex: 0 };
  stage.addEventListener("keydown", (event) => {
    const { [event.key]: zoom } = zooms, { [event.key]: pan } = pans, { [event.key]: step } = steps;
    if (event.ctrlKey || event.altKey || event.metaKey || !(zoom || pan || step)) return;
    event.preventDefault();
    if (zoom) chart.dispatchAction({ ...roam, zoom, originX: chart.getWidth() / 2, originY: chart.getHeight() / 2 });
    if (pan && event.shiftKey) return move(chart, state, [-pan[0] / 2, -pan[1] / 2]);
    if (pan) chart.dispatchAction({ ...roam, dx: pan[0], dy: pan[1] });
    if (!step) return;
    const { length } = network.nodes, { at } = state;
    choose(at < 0 && step < 0 ? length - 1 : (at + step + length) % length);
    chart.dispatchAction({ type: "downplay", seriesIndex: 0 });
    chart.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: state.at });
  });
}

// The chosen node goes some pixels to the right and down, and its ties with it, as if a mouse dragged it.
function move(chart, { at: node, frozen, places }, [right, down]) {
  const series = chart.getModel().getSeriesByIndex(0), data = series.getData(), sight = series.coordinateSystem;
  const at = node < 0 || frozen ? -1 : data.indexOfRawIndex(node);
  if (at < 0) return;
  const [x, y] = sight.dataToPoint(data.getItemLayout(at));
  data.setItemLayout(at, sight.pointToData([x + right, y + down]));
  for (const edge of data.graph.getNodeByIndex(at).edges) lay(edge);
  chart.getViewOfSeriesModel(series).updateLayout(series);
  remember(chart, places);
}

// A tie goes from node to node, bent as it was drawn.
function lay(edge) {
  const [a, b] = [edge.node1.getLayout(), edge.node2.getLayout()];
  const bent = edge.getModel().get(["lineStyle", "curveness"]) || 0;
  const middle = [(a[0] + b[0]) / 2 - (a[1] - b[1]) * bent, (a[1] + b[1]) / 2 - (b[0] - a[0]) * bent];
  edge.setLayout([[...a], [...b], middle]);
}

// Boxes that hide a group as a click on the legend does, and follow it.
function groups(chart, network, draw) {
  const place = document.getElementById("groups");
  const boxes = network.groups.map(({ name, colour }) => {
    const { box, label } = ticked(name, colour);
    box.addEventListener("change", () => chart.dispatchAction({ type: box.checked ? "legendSelect" : "legendUnSelect", name }));
    place.append(label);
    return box;
  });
  for (const turned of ["legendselectchanged", "legendselected", "legendunselected", "legendselectall"]) {
    chart.on(turned, ({ selected }) => {
      network.groups.forEach(({ name }, at) => { boxes[at].checked = selected[name] !== false; });
      draw();  // what was moved stays where it is
    });
  }
}

function ticked(name, colour) {
  const box = element("input"), label = element("label");
  box.type = "checkbox";
  box.checked = true;
  label.style.setProperty("--role", colour);
  label.append(box, ` ${name}`);
  return { box, label };
}

function button(id, act) {
  const found = document.getElementById(id);
  found.addEventListener("click", () => act(found));
}

function option(network, hidden, { frozen, places }, paper = false) {
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
        id: node.id, name: node.label, x: places[place][0], y: places[place][1],
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

// Keeps where the nodes are now, for a person may have moved them; those of hidden groups are where they were.
function remember(chart, places) {
  const data = chart.getModel().getSeriesByIndex(0).getData();
  for (let at = 0; at < data.count(); at += 1) places[data.getRawIndex(at)] = [...data.getItemLayout(at)];
}

function find(chart, network, text, choose) {
  chart.dispatchAction({ type: "downplay", seriesIndex: 0 });
  if (!text) return;
  const found = network.nodes.flatMap((node, place) => (node.label.includes(text) ? [place] : []));
  found.sort((a, b) => network.nodes[a].label.length - network.nodes[b].label.length);
  if (!found.length) return details.replaceChildren(element("p", details.dataset.none));
  chart.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: found.slice(0, 20) });
  choose(found[0]);
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
    const { box, label: name } = ticked(label, colour);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(role);
      else hidden.add(role);
      draw();
    });
    group.append(name);
  }
}

// The picture as it is seen, in the colours of paper: zoom, hidden groups and moved nodes with it.
function onPaper(chart, made, ground, how) {
  const { series: [{ zoom, center }], legend: [{ selected }] } = chart.getOption();
  const paper = echarts.init(ground, null, { ...how, width: chart.getWidth(), height: chart.getHeight() });
  made.legend.selected = selected;
  Object.assign(made.series[0], zoom ? { zoom } : {}, center ? { center } : {});
  paper.setOption(made);
  return paper;
}

function asSvg(chart, made) {
  const paper = onPaper(chart, made, null, { renderer: "svg", ssr: true });
  const text = paper.renderToSVGString();
  paper.dispose();
  return text;
}

function asPng(chart, made) {
  const paper = onPaper(chart, made, document.createElement("div"), { renderer: "canvas" });
  const address = paper.getDataURL({ pixelRatio: 2, backgroundColor: "#ffffff" });
  paper.dispose();
  return address;
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
