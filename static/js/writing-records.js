// A dialog that finds records by their titles and puts a link to one into the text.
(() => {
  const writing = (globalThis.writing ??= {});
  const PAUSE = 250;
  let dialog, field, list, said, chosen, timer, asked, source;

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const build = () => {
    field = element("input", { type: "search", id: "writing-term", autocomplete: "off", maxLength: 100 });
    list = element("ul", { className: "writing-offers" });
    said = element("p", { className: "writing-said" });
    said.setAttribute("role", "status");
    const head = element("h2", { id: "writing-dialog-title", textContent: "Link to a record" });
    const label = element("label", { htmlFor: field.id, textContent: "Title, name or code" });
    const close = element("button", { type: "button", textContent: "Close" });
    dialog = element("dialog", { className: "writing-dialog" }, head, label, field, said, list, close);
    dialog.setAttribute("aria-labelledby", head.id);
    document.body.append(dialog);
    close.addEventListener("click", () => dialog.close());
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, PAUSE); });
    dialog.addEventListener("keydown", moved);
    dialog.addEventListener("close", () => { clearTimeout(timer); asked?.abort(); chosen.area.focus(); });
  };

  const moved = (event) => {
    if (event.key === "Escape") { event.preventDefault(); dialog.close(); return; } // not only the word in the field
    if (event.key === "Enter" && event.target === field) { event.preventDefault(); list.querySelector("button")?.focus(); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [field, ...list.querySelectorAll("button")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    stops[(at + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length].focus();
  };

  const find = async () => {
    asked?.abort();
    const term = field.value.trim();
    if (!term) { list.replaceChildren(); said.textContent = ""; return; }
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(`${source}?${new URLSearchParams({ q: term, lang: chosen.area.lang || "en" })}`, { signal, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error("refused");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      offer([...page.querySelectorAll("[data-reference]")].map((item) => item.dataset));
    } catch (error) {
      if (error.name === "AbortError") return;
      list.replaceChildren();
      said.textContent = "The search does not answer. Log in again in another tab; your words stay here.";
    }
  };

  const offer = (found) => {
    list.replaceChildren(...found.map((record) => {
      const about = element("span", { className: "writing-about", textContent: record.about });
      const button = element("button", { type: "button" }, record.title, " ", about);
      button.addEventListener("click", () => {
        dialog.close();
        writing.linkTo(chosen.area, record, chosen.start, chosen.end);
      });
      return element("li", {}, button);
    }));
    said.textContent = found.length ? `${found.length} found` : "Nothing found that you may link to.";
  };

  writing.records = (area) => {
    if (!dialog) build();
    chosen = { area, start: area.selectionStart, end: area.selectionEnd };
    source = area.dataset.records;
    field.value = area.value.slice(chosen.start, chosen.end).slice(0, 100).trim();
    list.replaceChildren();
    said.textContent = "";
    dialog.showModal();
    field.select();
    if (field.value) find();
  };
})();
