// The public page of what stands in the form, beside it; drawn anew a few seconds after the last key.
// Without it the buttons below the form show the same page in another tab.
(() => {
  const panel = document.getElementById("desk-beside");
  const form = document.querySelector("#content-main form[method=post]");
  if (!panel || !form) return;
  const AFTER = 2500, PATIENCE = 20000;
  const frame = panel.querySelector("[data-frame]"), said = panel.querySelector("[data-said]");
  const opener = form.querySelector("[data-page-preview]"), key = `desk:preview:${panel.dataset.user}`;
  const chosen = { open: false, width: "360", lang: "en" };
  try { Object.assign(chosen, JSON.parse(localStorage.getItem(key))); } catch { /* full, off, or of another time */ }
  let timer, giveUp, waiting, shown, sent, stale = true;

  const remember = () => { try { localStorage.setItem(key, JSON.stringify(chosen)); } catch { /* full or off */ } };
  const say = (...parts) => said.replaceChildren(...parts);
  const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });
  const files = () => [...form.querySelectorAll("input[type=file]")].filter((input) => !input.disabled);

  // What would be sent. What the desk itself adds to the form changes no page.
  const state = () => chosen.lang + new URLSearchParams([...new FormData(form)].filter(
    ([name, value]) => (!name.startsWith("_") || name.startsWith("_take:")) && name !== "csrfmiddlewaretoken" && !(value instanceof File)));

  function fit() {
    const room = frame.clientWidth;
    if (!room) return;
    frame.style.setProperty("--width", chosen.width);
    frame.style.setProperty("--fit", Math.min(1, room / Number(chosen.width)));
  }

  function ended() {
    clearTimeout(giveUp);
    panel.removeAttribute("aria-busy");
    waiting = undefined;
    if (stale) later();
  }

  function arrived(next) {
    let page;
    try { page = next.contentDocument; } catch { /* an error of the browser's own */ }
    if (next !== waiting || page?.URL === "about:blank") return;
    const hindrances = page?.querySelector("[data-hindrances]");
    if (page?.querySelector("[data-preview]")) {
      const at = shown?.contentWindow.scrollY ?? 0;
      next.contentWindow.scrollTo({ top: at, behavior: "instant" });
      next.removeAttribute("data-waiting");
      shown?.remove();
      shown = next;
      say();
    } else {
      next.remove();
      const list = document.createElement("ul");
      for (const item of hindrances?.children ?? []) list.append(Object.assign(document.createElement("li"), { textContent: item.textContent }));
      say(paragraph(!hindrances ? "The desk does not answer. The preview is drawn anew when you go on typing."
        : shown ? "This is the last version that could be shown. To see what you typed since:" : "There is nothing to be seen yet:"), list);
      if (!hindrances) sent = undefined;
    }
    ended();
  }

  // A new frame for each: the way back in the browser stays free of previews.
  function draw() {
    if (!chosen.open || document.hidden) return;
    if (waiting) return void (stale = true);
    const now = state();
    stale = false;
    if (now === sent) return;
    sent = now;
    const next = waiting = document.createElement("iframe");
    next.name = `desk-preview-${Date.now()}`;
    next.title = "Preview of the public page";
    next.dataset.waiting = "";
    next.addEventListener("load", () => arrived(next));
    frame.append(next);
    panel.setAttribute("aria-busy", "true");
    giveUp = setTimeout(() => { next.remove(); sent = undefined; say(paragraph("The desk does not answer. The preview is drawn anew when you go on typing.")); ended(); }, PATIENCE);
    const uploads = files(), noted = document.createElement("input");
    noted.type = "hidden"; noted.name = "_files";
    if (uploads.some((input) => input.files.length)) form.append(noted);
    const before = [form.getAttribute("action"), form.target];
    for (const input of uploads) input.disabled = true;
    form.setAttribute("action", `${panel.dataset.address}?lang=${chosen.lang}`);
    form.target = next.name;
    HTMLFormElement.prototype.submit.call(form);
    if (before[0] === null) form.removeAttribute("action"); else form.setAttribute("action", before[0]);
    form.target = before[1];
    for (const input of uploads) input.disabled = false;
    noted.remove();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(draw, AFTER);
  }
  const typed = () => { stale = true; later(); };

  function show() {
    panel.hidden = !chosen.open;
    opener?.setAttribute("aria-expanded", String(chosen.open));
    for (const button of panel.querySelectorAll("[data-width]")) button.setAttribute("aria-pressed", String(button.dataset.width === chosen.width));
    for (const button of panel.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === chosen.lang));
    fit();
    draw();
  }
  function choose(what) {
    Object.assign(chosen, what);
    remember();
    show();
  }

  panel.addEventListener("click", (event) => {
    const { width, lang, close } = event.target.closest("button")?.dataset ?? {};
    if (width) choose({ width });
    if (lang) choose({ lang });
    if (close !== undefined) { choose({ open: false }); opener?.focus(); }
  });
  opener?.setAttribute("aria-controls", panel.id);
  opener?.addEventListener("click", (event) => {
    event.preventDefault();
    choose({ open: !chosen.open });
    if (chosen.open) panel.scrollIntoView({ block: "nearest" });
  });
  for (const button of form.querySelectorAll("[data-preview-plain]")) button.hidden = true;
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  window.django?.jQuery?.(document).on("select2:select select2:unselect", typed);
  document.addEventListener("formset:added", typed);
  document.addEventListener("formset:removed", typed);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && stale) later(); });
  new ResizeObserver(fit).observe(frame);
  show();
})();
