// Names are offered while somebody types. Without this file, or on any error, the
// field is a plain form: Enter searches.
(() => {
  if (!window.fetch || !window.AbortController) return;
  const PAUSE = 150; // milliseconds of silence before anything is asked

  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  const enhance = (form) => {
    const field = form.querySelector("input[type=search]");
    const words = form.dataset;
    const list = make("ul", { className: "offers", id: `${field.id}-offers`, hidden: true });
    const status = make("p", { className: "visually-hidden" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.label);
    status.setAttribute("role", "status");
    form.append(list, status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) field.setAttribute(name, value);

    let active = -1;
    let running = null;
    let timer = 0;
    let asked = field.value.trim();

    const choose = (index) => {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = index;
      const option = list.children[active];
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };
    const close = () => {
      clearTimeout(timer);
      running?.abort();
      choose(-1);
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
    };
    const open = () => {
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    };
    const show = (offers) => {
      choose(-1);
      list.replaceChildren(...offers.map(({ label, lang, kind, url }, index) => {
        const option = make("li", { id: `${list.id}-${index}` }, make("span", { lang, textContent: label }), make("span", { textContent: kind }));
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = url;
        return option;
      }));
      if (!offers.length) close();
      else if (document.activeElement === field) open();
      status.textContent = { 0: words.none, 1: words.one }[offers.length] ?? words.many.replace("{n}", offers.length);
    };
    const ask = async () => {
      running?.abort();
      const request = (running = new AbortController());
      const address = new URL(words.suggest, location.href);
      address.searchParams.set("q", asked);
      try {
        const answer = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
        const offers = answer.ok ? await answer.json() : [];
        if (!request.signal.aborted) show(offers);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };
    const go = (option) => location.assign(option.dataset.url);

    field.addEventListener("input", () => {
      clearTimeout(timer);
      const typed = field.value.trim();
      if (typed === asked) return;
      asked = typed;
      if (!typed) {
        list.replaceChildren();
        status.textContent = "";
        close();
      } else timer = setTimeout(ask, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // the keys belong to the input method: Hangul is being put together
      const [count, last] = [list.children.length, list.children.length - 1];
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!count) return;
        event.preventDefault();
        const closed = list.hidden;
        open();
        const down = event.key === "ArrowDown";
        // One step beyond either end is the field itself.
        if (closed) choose(down ? 0 : last);
        else if (down) choose(active === last ? -1 : active + 1);
        else choose(active === -1 ? last : active - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        go(list.children[active]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // the first closes the list, the second empties the field
        close();
      }
    });
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });
  };

  document.querySelectorAll("form[data-suggest]").forEach(enhance);
})();
