// A toolbar above every field for longer texts, its keys, and what is pasted into it; also in rows added later.
(() => {
  const { actions, preview, records, pasted } = globalThis.writing;
  const BUTTONS = [
    ["bold", "Bold", "Control+B"], ["italic", "Italic", "Control+I"], ["heading", "Heading"], ["list", "List"],
    ["quote", "Quotation"], ["link", "Link", "Control+K"], ["record", "Record"], ["note", "Footnote"], ["preview", "Preview"],
  ];
  const TITLES = { heading: "Heading, then lower heading", quote: "Quotation with its source", record: "Link to a record" };
  const KEYS = { b: "bold", i: "italic", k: "link" };
  const prepared = new WeakSet();

  const letter = (event) => (/^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "")).toLowerCase();

  const button = (action, label, keys) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.dataset.action = action;
    made.tabIndex = -1;
    if (keys) made.setAttribute("aria-keyshortcuts", `${keys} ${keys.replace("Control", "Meta")}`);
    const hint = [TITLES[action], keys?.replace("Control", "Ctrl")].filter(Boolean).join(", ");
    if (hint) made.title = hint;
    return made;
  };

  // One stop for Tab; the arrows go from button to button.
  const rove = (bar) => {
    const all = [...bar.children];
    all[0].tabIndex = 0;
    bar.addEventListener("keydown", (event) => {
      const at = all.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      all.at(to % all.length).focus();
    });
    bar.addEventListener("focusin", (event) => all.forEach((each) => { each.tabIndex = each === event.target ? 0 : -1; }));
  };

  const prepare = (area) => {
    if (prepared.has(area) || area.name.includes("__prefix__")) return;
    prepared.add(area);
    const name = area.labels[0]?.textContent.replace(/[:*\s]+$/, "") ?? "Text";
    const shown = preview(area, name);
    const bar = document.createElement("div");
    bar.className = "writing-bar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", `Writing: ${name}`);
    bar.setAttribute("aria-controls", area.id);
    bar.append(...BUTTONS.map((given) => button(...given)));
    const switching = bar.lastElementChild;
    switching.setAttribute("aria-controls", shown.id);
    switching.setAttribute("aria-expanded", "false");
    const act = (action) => {
      if (action === "preview") switching.setAttribute("aria-expanded", String(shown.toggle()));
      else if (action === "record") records(area);
      else actions[action](area);
    };
    bar.addEventListener("click", (event) => { const { action } = event.target.dataset; if (action) act(action); });
    rove(bar);
    area.before(bar);
    area.addEventListener("paste", pasted);
    area.addEventListener("keydown", (event) => {
      const action = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[letter(event)];
      if (!action) return;
      event.preventDefault();
      event.stopPropagation(); // elsewhere on the desk Ctrl-K searches
      act(action);
    });
  };

  const prepareAll = (root) => root.querySelectorAll("textarea[data-writing]").forEach(prepare);
  prepareAll(document);
  document.addEventListener("formset:added", (event) => prepareAll(event.target));
})();
