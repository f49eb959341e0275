// What a report does beside showing its tables: pictures, sorting, filtering, saving. Text from outside only
// ever becomes textContent, an attribute or data of a picture.
const SHOWN = 200; // rows of the table of all figures that are drawn at once
const SYSTEMS = 10; // whose marks pictures show at first
const make = (tag, given = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside);
  return made;
};

// ── saving ──────────────────────────────────────────────────────────────────
function save(name, address) {
  make("a", { href: address, download: name.replace(/[^\p{L}\p{N}._-]+/gu, "_") }).click();
}

function csvCell(text) {
  const formula = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text));
  const safe = formula ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function saveCsv(name, rows) {
  const text = rows.map((row) => row.map((cell) => csvCell(String(cell ?? ""))).join(",")).join("\n") + "\n";
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  save(name + ".csv", address);
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// ── tables ──────────────────────────────────────────────────────────────────
const figure = (cell) => cell.firstChild?.textContent ?? ""; // text, or a link
const inside = (cell, tag) => cell.querySelector(tag)?.textContent ?? "";

// Figures by size (<0.1 is less than 0.1), what is none after them whichever way, texts by the alphabet.
function value(text) {
  const found = parseFloat(text.replace(/^[<>]/, ""));
  return text[0] === "<" ? found * 0.99 : text[0] === ">" ? found * 1.0001 : found;
}

function sorted(entries, way, text) {
  const keyed = entries.map((entry) => ({ entry, text: text(entry), number: value(text(entry)) }));
  keyed.sort((a, b) => {
    const none = [a, b].map(({ number }) => Number.isNaN(number));
    if (none[0] && none[1]) return way * a.text.localeCompare(b.text);
    if (none[0] || none[1]) return none[0] ? 1 : -1;
    return way * (a.number - b.number);
  });
  return keyed.map(({ entry }) => entry);
}

// Heads become buttons; `sort` is told which column, and 1, -1 or 0 for the order as it was.
function sortableHeads(heads, sort) {
  heads.forEach((head, at) => {
    const button = make("button", { type: "button", title: "sort" }, ...head.childNodes);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const next = { ascending: -1, descending: 0 }[head.getAttribute("aria-sort")] ?? 1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (next) head.setAttribute("aria-sort", next > 0 ? "ascending" : "descending");
      sort(at, next);
    });
  });
}

function tools(name, filter, rows) {
  const count = make("span", { className: "quiet" });
  count.setAttribute("role", "status");
  const input = make("input", { type: "search", placeholder: "filter rows" });
  input.setAttribute("aria-label", `Filter: ${name}`);
  input.addEventListener("input", () => {
    const [left, of] = filter(input.value.trim().toLowerCase());
    count.textContent = input.value.trim() ? `${left} of ${of}` : "";
  });
  const button = make("button", { type: "button" }, "CSV");
  button.setAttribute("aria-label", `Save as CSV: ${name}`);
  button.addEventListener("click", () => saveCsv(name, rows()));
  return make("div", { className: "tools" }, input, button, count);
}

// The rows of a table as CSV: an interval has columns of its own, so has a mark.
function asRows(heads, entries, groups) {
  const parts = heads.map((_, at) => ({
    interval: entries.some(({ row }) => inside(row.cells[at], "small")),
    mark: entries.some(({ row }) => inside(row.cells[at], "sup")),
  }));
  const wide = (at, text, interval, mark) => [
    text,
    ...(parts[at].interval ? interval : []),
    ...(parts[at].mark ? [mark] : []),
  ];
  const head = heads.flatMap((text, at) => wide(at, text, [`${text} low`, `${text} high`], `${text} mark`));
  const lines = entries.map(({ row, group }) => [
    ...(groups ? [group] : []),
    ...[...row.cells].flatMap((cell, at) => {
      const bounds = inside(cell, "small").replace(/[[\]]/g, "").split(", ");
      return wide(at, figure(cell), [bounds[0] ?? "", bounds[1] ?? ""], inside(cell, "sup"));
    }),
  ]);
  return [groups ? ["group", ...head] : head, ...lines];
}

function enliven(box) {
  const table = box.querySelector("table");
  const heads = [...table.tHead.rows[0].cells];
  const names = heads.map((head) => head.textContent);
  const entries = [];
  for (const body of table.tBodies) {
    const group = body.querySelector(".group");
    for (const row of body.rows) if (row !== group) entries.push({ row, body, group: group?.textContent ?? "" });
  }
  const groups = entries.some((entry) => entry.group);
  const shown = () => entries.filter(({ row }) => !row.hidden);
  let isSorted = false;
  sortableHeads(heads, (at, way) => {
    const inOrder = way ? sorted(entries, way, ({ row }) => figure(row.cells[at])) : entries;
    for (const { row, body } of inOrder) (way ? table.tBodies[0] : body).append(row);
    isSorted = Boolean(way);
    showGroups();
  });
  const showGroups = () => {
    for (const body of table.tBodies) {
      const group = body.querySelector(".group");
      if (group) group.hidden = isSorted || ![...body.rows].some((row) => row !== group && !row.hidden);
    }
  };
  const filter = (text) => {
    for (const { row, group } of entries) {
      row.hidden = !`${group} ${row.textContent}`.toLowerCase().includes(text);
    }
    showGroups();
    return [shown().length, entries.length];
  };
  box.before(tools(box.getAttribute("aria-label"), filter, () => asRows(names, shown(), groups)));
}

// ── the table of all figures ────────────────────────────────────────────────
function allFigures(box) {
  const { keys, kinds, texts, rows } = JSON.parse(box.querySelector("script").textContent);
  const told = (row, at) => (row[at] === null ? "" : kinds[at] === "text" ? texts[row[at]] : row[at]);
  const brief = (row, at) =>
    typeof row[at] === "number" && kinds[at] === "number" ? String(Number(row[at].toPrecision(5))) : told(row, at);
  let [kept, most] = [rows, SHOWN];
  const heads = keys.map((key) => make("th", { scope: "col" }, key));
  const body = make("tbody");
  const more = make("button", { type: "button" });
  const draw = () => {
    body.replaceChildren(
      ...kept.slice(0, most).map((row) => make("tr", {}, ...keys.map((_, at) => make("td", { title: told(row, at) }, brief(row, at))))),
    );
    more.textContent = `Show more of ${kept.length}`;
    more.hidden = kept.length <= most;
  };
  more.addEventListener("click", () => ((most *= 4), draw()));
  let [inOrder, text] = [rows, ""];
  const filter = (wanted) => {
    text = wanted;
    kept = inOrder.filter((row) => keys.map((_, at) => told(row, at)).join(" ").toLowerCase().includes(text));
    draw();
    return [kept.length, rows.length];
  };
  sortableHeads(heads, (at, way) => {
    inOrder = way ? sorted(rows, way, (row) => String(told(row, at))) : rows;
    filter(text);
  });
  const table = make("table", {}, make("caption", {}, "All figures"), make("thead", {}, make("tr", {}, ...heads)), body);
  const wide = make("div", { className: "wide", tabIndex: 0 }, table);
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", "All figures");
  const exact = () => [keys, ...kept.map((row) => keys.map((_, at) => told(row, at)))];
  box.append(tools("All figures", filter, exact), wide, more);
  draw();
}

// ── pictures ────────────────────────────────────────────────────────────────
const dark = matchMedia("(prefers-color-scheme: dark)");
const chosen = new Set();

const PAPER = ["#1c1e21", "#5c636b", "#dcdfe3"]; // ink, quiet and lines of a picture that is saved

function look(onPaper) {
  const style = getComputedStyle(document.documentElement);
  const onScreen = ["--ink", "--quiet", "--line"].map((name) => style.getPropertyValue(name).trim());
  const [ink, quiet, line] = onPaper ? PAPER : onScreen;
  const axis = { labelColor: ink, titleColor: quiet, gridColor: line, tickColor: line, domainColor: line };
  return {
    background: onPaper ? "white" : null,
    font: "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif",
    view: { stroke: null },
    axis: { ...axis, titleFontWeight: "normal" },
    legend: { labelColor: ink, titleColor: quiet, titleFontWeight: "normal" },
    text: { color: ink },
  };
}

// Only the marks of the systems that were chosen.
function restricted(value) {
  if (Array.isArray(value)) return value.map(restricted);
  if (value === null || typeof value !== "object") return value;
  const copy = {};
  for (const [key, part] of Object.entries(value)) {
    if (key === "datasets") {
      copy[key] = Object.fromEntries(
        Object.entries(part).map(([name, rows]) => [name, rows.filter((row) => !row.system || chosen.has(row.system))]),
      );
    } else if (key === "scale" && value.field === "system" && Array.isArray(part?.domain)) {
      const kept = part.domain.map((name) => chosen.has(name));
      const only = (list) => (Array.isArray(list) ? list.filter((_, at) => kept[at]) : list);
      copy[key] = { ...part, domain: only(part.domain), ...(part.range ? { range: only(part.range) } : {}) };
    } else copy[key] = restricted(part);
  }
  return copy;
}

const embedded = async (plot, spec, onPaper) => {
  const options = { actions: false, renderer: "svg", ast: true, tooltip: { disableDefaultStyle: true } };
  return (await vegaEmbed(plot, restricted(spec), { ...options, config: look(onPaper) })).view;
};

async function draw(picture) {
  picture.drawn = true;
  picture.view?.finalize();
  picture.view = await embedded(picture.plot, picture.spec, false);
  picture.plot.querySelector("svg").setAttribute("aria-hidden", "true"); // the picture has a name as a whole
}

function prepare(box) {
  const spec = JSON.parse(box.querySelector("script").textContent);
  const picture = { spec, plot: box.querySelector(".plot"), drawn: false };
  const button = (kind) => {
    const made = make("button", { type: "button" }, kind.toUpperCase());
    made.setAttribute("aria-label", `Save as ${kind.toUpperCase()}: ${box.querySelector("figcaption").textContent}`);
    made.addEventListener("click", async () => {
      const paper = make("div", { className: "paper" });
      paper.style.width = `${picture.plot.clientWidth}px`;
      box.append(paper);
      const view = await embedded(paper, picture.spec, true);
      save(`${box.dataset.name}.${kind}`, await view.toImageURL(kind, kind === "png" ? 2 : 1));
      view.finalize();
      paper.remove();
    });
    return made;
  };
  box.append(make("div", { className: "tools" }, button("svg"), button("png")));
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    if (!picture.drawn) draw(picture);
  }, { rootMargin: "300px" }).observe(box);
  return picture;
}

function choose(pictures) {
  const names = new Set();
  for (const { spec } of pictures) {
    for (const rows of Object.values(spec.datasets ?? {})) for (const row of rows) if (row.system) names.add(row.system);
  }
  const box = document.getElementById("chooser");
  [...names].slice(0, box ? SYSTEMS : Infinity).forEach((name) => chosen.add(name));
  if (!box) return;
  const labels = [...names].map((name) => {
    const input = make("input", { type: "checkbox", checked: chosen.has(name) });
    input.addEventListener("change", () => {
      chosen[input.checked ? "add" : "delete"](name);
      pictures.filter((picture) => picture.drawn).forEach(draw);
    });
    return make("label", {}, input, ` ${name}`);
  });
  box.append(make("div", {}, ...labels));
}

document.querySelectorAll(".wide").forEach(enliven);
document.querySelectorAll(".records").forEach(allFigures);
const pictures = [...document.querySelectorAll(".picture")].map(prepare);
choose(pictures);
dark.addEventListener("change", () => pictures.filter((picture) => picture.drawn).forEach(draw));

// Pictures that nobody has scrolled to are drawn when there is nothing else to do: a print has all.
async function drawRest() {
  for (const picture of pictures.filter(({ drawn }) => !drawn)) await draw(picture);
}
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 500));
if (pictures.length) idle(drawRest);
