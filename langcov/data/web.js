// What the pages of langcov serve do beside being forms: dropping files, progress, many ticks at once. All of it
// works without a script, more slowly. Text from outside only ever becomes textContent, a value or an attribute.
const all = (what, inside = document) => [...inside.querySelectorAll(what)];

// ── giving files ────────────────────────────────────────────────────────────
async function filesOf(entry, path = "") {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [{ file, name: path + file.name }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    for (const one of some) if (!one.name.startsWith(".")) found.push(...(await filesOf(one, `${path}${entry.name}/`)));
  }
}

function give(box) {
  const form = box.closest("form");
  const input = box.querySelector("input");
  const told = box.querySelector("[data-chosen]");
  let dropped = null; // files of folders, which the field can't hold
  const files = () => dropped ?? [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  const tooMuch = () => files().reduce((sum, { file }) => sum + file.size, 0) > Number(box.dataset.limit);
  const tell = () => {
    told.textContent = tooMuch() ? box.dataset.tooMuch : files().map(({ name }) => name).slice(0, 5).join(", ") + (files().length > 5 ? ` + ${files().length - 5}` : "");
  };
  const over = (is) => (event) => {
    event.preventDefault();
    box.classList.toggle("over", is);
  };
  box.addEventListener("dragover", over(true));
  box.addEventListener("dragleave", over(false));
  box.addEventListener("drop", async (event) => {
    over(false)(event);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (entries.some((entry) => entry.isDirectory)) {
      dropped = (await Promise.all(entries.map((entry) => filesOf(entry)))).flat();
      input.required = false;
    } else input.files = event.dataTransfer.files;
    tell();
  });
  input.addEventListener("change", () => ((dropped = null), tell()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!files().length || tooMuch()) return tell();
    const body = new FormData(form);
    body.delete(input.name);
    for (const { file, name } of files()) body.append(input.name, file, name);
    send(form, body);
  });
}

function send(form, body) {
  const waiting = form.querySelector("[data-uploading]");
  const bar = waiting.querySelector("progress");
  const request = new XMLHttpRequest();
  waiting.hidden = false;
  all("button", form).forEach((button) => (button.disabled = true));
  request.open("POST", form.action);
  request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = total ? loaded / total : 0));
  request.addEventListener("loadend", () => {
    if (request.status === 200 && request.responseURL !== form.action) location.assign(request.responseURL);
    else if (request.status) {
      const said = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = said.querySelector("main");
      if (main) document.querySelector("main").replaceChildren(...main.childNodes);
      else form.querySelector("[data-chosen]").textContent = request.responseText;
    } else location.reload();
  });
  request.send(body);
}

// ── how far it is ───────────────────────────────────────────────────────────
async function follow(box) {
  const bar = box.querySelector("progress");
  for (;;) {
    await new Promise((done) => setTimeout(done, 400));
    try {
      const answer = await fetch(box.dataset.state, { cache: "no-store" });
      const { state, share } = answer.ok ? await answer.json() : { state: "gone" };
      if (state !== "waiting" && state !== "working") return location.reload();
      if (share === null) bar.removeAttribute("value");
      else bar.value = share;
    } catch {
      bar.removeAttribute("value"); // the program has ended; it may come back
    }
  }
}

// ── many ticks at once ──────────────────────────────────────────────────────
function tick(tools) {
  tools.hidden = false;
  const rows = all("tr[data-sure]", tools.parentElement);
  const box = (row) => row.querySelector("input");
  for (const button of all("[data-tick]", tools)) {
    button.addEventListener("click", () => {
      const how = button.dataset.tick;
      for (const row of rows) if (!row.hidden) box(row).checked = how === "all" || (how === "sure" && row.dataset.sure === "1");
    });
  }
  const find = tools.querySelector("[data-find]"); // what is not shown keeps its tick
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}

// ── a form that is looked at while it is filled in ──────────────────────────
function look(form) {
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      const answer = await fetch(form.dataset.look, { method: "POST", body });
      if (!answer.ok) return;
      const said = await answer.json();
      for (const place of all("[data-wrong]", form)) place.textContent = said.wrong[place.dataset.wrong] ?? "";
      form.querySelector("[data-verdict]").textContent = said.verdict;
    }, 350);
  });
}

// The button says how many are ticked.
function count(button) {
  const said = button.textContent;
  const tell = () => (button.textContent = `${said} (${all(`input[name="${button.dataset.count}"]:checked`).length})`);
  document.addEventListener("change", tell);
  document.addEventListener("click", tell);
  tell();
}

// ── a form is sent once ─────────────────────────────────────────────────────
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return; // who takes it from here sees to that
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});
addEventListener("pageshow", () => all("[data-sent]").forEach((form) => delete form.dataset.sent)); // somebody went back

all("[data-drop]").forEach(give);
all("[data-state]").forEach(follow);
all("[data-script]").forEach(tick);
all("[data-count]").forEach(count);
all("[data-look]").forEach(look);
