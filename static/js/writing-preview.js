// The text as readers get it, below its field, made by the server a moment after the last key.
(() => {
  const writing = (globalThis.writing ??= {});
  const PAUSE = 400;

  const fetched = async (area, signal) => {
    const body = new FormData();
    body.set("text", area.value);
    body.set("lang", area.lang || "en");
    body.set("csrfmiddlewaretoken", area.form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(area.dataset.preview, { method: "POST", body, signal, credentials: "same-origin" });
    if (answer.status === 413) return { said: await answer.text() };
    if (!answer.ok || answer.redirected) return { said: "The preview does not answer. Log in again in another tab; your words stay here." };
    return { html: await answer.text() };
  };

  // Opens and closes the preview of a field; gives whether it is open.
  writing.preview = (area, name) => {
    const panel = document.createElement("section");
    panel.className = "writing-preview";
    panel.id = `${area.id}_preview`;
    panel.hidden = true;
    panel.tabIndex = 0;
    panel.setAttribute("aria-label", `Preview: ${name}`);
    area.after(panel);
    let asked, timer;

    const show = async () => {
      asked?.abort();
      asked = new AbortController();
      const { signal } = asked;
      try {
        const { html, said } = await fetched(area, signal);
        if (signal.aborted) return;
        if (html === undefined) panel.textContent = said;
        else panel.innerHTML = html; // made by our server, from what nh3 has let through
        if (!panel.textContent.trim()) panel.textContent = "Nothing to show yet.";
      } catch (error) {
        if (error.name !== "AbortError") panel.textContent = "The preview does not answer. Your words stay here.";
      }
    };

    area.addEventListener("input", () => {
      if (panel.hidden) return;
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE);
    });
    panel.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.getAttribute("href").startsWith("#")) return;
      event.preventDefault(); // the form stays
      open(link.href, "_blank", "noopener");
    });
    return { id: panel.id, toggle: () => { panel.hidden = !panel.hidden; if (!panel.hidden) show(); return !panel.hidden; } };
  };
})();
