// The faceted list in place. Without this file, or on any error, the same form
// and links load a page as usual.
(() => {
  const form = document.querySelector("form[data-facets]");
  if (!form || !window.fetch || !window.DOMParser || !window.AbortController) return;
  const parts = ["[data-facet-heading]", "[data-facet-column]", "[data-facet-results]"];
  const part = (root, selector) => root.querySelector(`form[data-facets] ${selector}`);
  const words = form.querySelector("[data-facet-words]");
  const plain = (address) => address.pathname + address.search;
  const FEW = 10; // hidden values that need no filter
  const PAUSE = 200; // milliseconds of silence before more values are fetched
  let running = null;
  let shown = plain(location);
  document.documentElement.classList.add("enhanced");

  const addressOfForm = () => {
    // Not form.action: a field of that name stands in front of it.
    const address = new URL(form.getAttribute("action"), location.href);
    address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "")).toString();
    return address;
  };

  // What is unfolded and what has the focus stays so: new nodes are matched by id.
  const remember = () => ({
    focus: form.contains(document.activeElement) ? document.activeElement.id || "gone" : "",
    open: [...form.querySelectorAll("details[id][open]")].map((node) => node.id),
    top: part(document, "[data-facet-column]")?.scrollTop ?? 0,
    sought: Object.fromEntries([...form.querySelectorAll(".facet-find")].map((field) => [field.id, field.value])),
  });
  const restore = (state) => {
    state.open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    const column = part(document, "[data-facet-column]");
    if (column) column.scrollTop = state.top;
    makeAllFindable(state.sought);
    if (!state.focus) return;
    const results = part(document, "[data-facet-results]");
    results.tabIndex = -1;
    (document.getElementById(state.focus) ?? results).focus({ preventScroll: true });
  };

  const show = async (address, { push = true, toTop = false } = {}) => {
    running?.abort();
    const sent = words?.value;
    const request = (running = new AbortController());
    part(document, "[data-facet-results]")?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (request.signal.aborted) return;
      if (!part(page, "[data-facet-results]")) throw new Error("not a list");
      const state = remember();
      for (const selector of parts) {
        const [old, fresh] = [part(document, selector), part(page, selector)];
        if (old && fresh) old.replaceWith(document.adoptNode(fresh));
      }
      const asked = page.querySelector("[data-facet-words]");
      if (words && asked && (words !== document.activeElement || words.value === sent)) words.value = asked.value;
      document.title = page.title;
      if (push && plain(address) !== shown) history.pushState(null, "", address);
      shown = plain(address);
      restore(state);
      const status = form.querySelector("[data-facet-status]");
      const heading = ["[data-facet-announce]", ".selection", "h1"].map((name) => form.querySelector(name)).find(Boolean);
      if (status && heading) status.textContent = heading.textContent.trim();
      if (toTop) part(document, "[data-facet-results]").scrollIntoView();
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    } finally {
      if (running === request) running = null;
    }
  };

  // --- What is folded away, by a few letters: at once among what is there, and from the page of
  // all values where not all are.
  const letters = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();

  const option = (name, { value, label, lang, count }) => {
    const input = Object.assign(document.createElement("input"), { type: "checkbox", id: `f-${name}-${encodeURIComponent(value)}`, name, value });
    const words = Object.assign(document.createElement("span"), { className: "facet-label" });
    words.append(Object.assign(document.createElement("span"), { textContent: label, lang }));
    const tally = Object.assign(document.createElement("span"), { className: "tally", textContent: count });
    const whole = Object.assign(document.createElement("label"), { className: "facet-option" });
    whole.append(input, words, " ", tally);
    return whole;
  };
  const valuesAt = async (address, signal) => {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.querySelectorAll("[data-facet-values] a[data-value]:not([aria-current])")].map((link) => ({
      value: link.dataset.value,
      label: link.textContent,
      lang: link.querySelector("[lang]")?.lang || page.documentElement.lang,
      count: link.closest("li").querySelector(".tally").textContent,
    }));
  };

  const makeFindable = (more, sought) => {
    const { facetMore: name, values, find, nothing } = more.dataset;
    if (Number(more.dataset.size) <= FEW) return;
    const found = more.querySelector(".facet-found");
    const own = [...found.children];
    const field = Object.assign(document.createElement("input"), { type: "search", id: `find-${name}`, className: "facet-find", placeholder: find, autocomplete: "off" });
    const said = Object.assign(document.createElement("p"), { className: "facet-empty", hidden: true });
    field.setAttribute("aria-label", find);
    said.setAttribute("role", "status");
    found.before(field, said);
    let asking = null;
    let timer = 0;
    const tell = (count) => {
      said.textContent = count ? String(count) : nothing;
      said.classList.toggle("visually-hidden", count > 0);
      said.hidden = false;
    };
    const narrow = () => {
      const wanted = letters(field.value.trim());
      asking?.abort();
      clearTimeout(timer);
      found.replaceChildren(...own);
      own.forEach((node) => { node.hidden = !letters(node.querySelector(".facet-label").textContent).includes(wanted); });
      const there = own.filter((node) => !node.hidden).length;
      if (!wanted) said.hidden = true;
      else if (!values) tell(there);
      else timer = setTimeout(async () => {
        const request = (asking = new AbortController());
        const address = new URL(values, location.href);
        address.searchParams.set("contains", field.value.trim());
        try {
          const fetched = await valuesAt(address, request.signal);
          if (request.signal.aborted) return;
          // What is chosen already stands above; what was ticked here and not sent yet stays.
          const kept = [...form.querySelectorAll(`input[name="${name}"]`)].filter((input) => !found.contains(input) || input.checked);
          const have = new Set(kept.map((input) => input.value));
          own.forEach((node) => { node.hidden = true; });
          found.replaceChildren(...own, ...fetched.filter(({ value }) => !have.has(value)).map((each) => option(name, each)));
          tell(fetched.length);
        } catch (error) {
          if (error.name !== "AbortError") tell(there); // the link to the page is still there
        }
      }, PAUSE);
    };
    field.addEventListener("input", narrow);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) event.preventDefault(); // it is no field of the form
    });
    if (sought[field.id]) {
      field.value = sought[field.id];
      narrow();
    }
  };
  const makeAllFindable = (sought = {}) => form.querySelectorAll("details[data-facet-more]").forEach((more) => makeFindable(more, sought));

  // Only Enter, the button, leaving the field or emptying it search: half a word would find nothing,
  // and a list that flickers while somebody types is read by nobody.
  words?.addEventListener("input", () => {
    if (!words.value && new URLSearchParams(location.search).get("q")) show(addressOfForm());
  });

  form.addEventListener("change", (event) => {
    if (event.target.name) show(addressOfForm());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOfForm());
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-facet-link]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(new URL(link.href), { toTop: link.dataset.facetLink === "page" });
  });
  makeAllFindable();
  addEventListener("popstate", () => {
    if (plain(location) !== shown) show(new URL(location.href), { push: false });
  });
})();
