// The faceted list in place. Without this file, or on any error, the same form
// and links load a page as usual.
(() => {
  const form = document.querySelector("form[data-facets]");
  if (!form || !window.fetch || !window.DOMParser || !window.AbortController) return;
  const parts = ["[data-facet-heading]", "[data-facet-column]", "[data-facet-results]"];
  const part = (root, selector) => root.querySelector(`form[data-facets] ${selector}`);
  const plain = (address) => address.pathname + address.search;
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
  });
  const restore = (state) => {
    state.open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    const column = part(document, "[data-facet-column]");
    if (column) column.scrollTop = state.top;
    if (!state.focus) return;
    const results = part(document, "[data-facet-results]");
    results.tabIndex = -1;
    (document.getElementById(state.focus) ?? results).focus({ preventScroll: true });
  };

  const show = async (address, { push = true, toTop = false } = {}) => {
    running?.abort();
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

  form.addEventListener("change", () => show(addressOfForm()));
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
  addEventListener("popstate", () => {
    if (plain(location) !== shown) show(new URL(location.href), { push: false });
  });
})();
