// Pictures that are dropped on the library, or chosen, are sent one by one; of each it says what became of it.
(() => {
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const outcomes = form.querySelector("[data-drop-outcomes]");
  const status = form.querySelector("[data-drop-status]");
  const LARGEST = 10 * 1024 * 1024;
  let queue = Promise.resolve();
  let waiting = 0;

  const line = ({ name, said, url, thumbnail, fault }) => {
    const item = document.createElement("li");
    if (fault) item.className = "picture-refused";
    if (thumbnail) item.append(Object.assign(new Image(), { src: thumbnail, alt: "" }));
    const words = document.createElement("span");
    words.append(Object.assign(document.createElement("strong"), { textContent: name }), ` ${said} `);
    if (url) words.append(Object.assign(document.createElement("a"), { href: url, textContent: "Open it" }));
    item.append(words);
    outcomes.append(item);
    outcomes.hidden = false;
  };

  const send = async (file) => {
    if (file.size > LARGEST) return { name: file.name, said: "is larger than 10 MB. Save it smaller and try again.", fault: true };
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("files", file);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
      if (answer.ok) {
        const [told] = (await answer.json()).files;
        return { ...told, fault: !told.url };
      }
      if (answer.status === 403) return { name: file.name, said: "was not taken: log in again in another tab, load this page anew and send it again.", fault: true };
    } catch { /* no connection, or the log-in page instead of an answer */ }
    return { name: file.name, said: "could not be sent. Are you still connected and logged in? Then send it again.", fault: true };
  };

  const tell = () => {
    status.textContent = waiting ? `${waiting} still to send …` : "All are sent. ";
    if (!waiting) status.append(Object.assign(document.createElement("a"), { href: location.href, textContent: "Show them in the list" }));
  };

  const take = (files) => {
    waiting += files.length;
    for (const file of files) {
      queue = queue.then(() => send(file)).then((told) => { waiting -= 1; line(told); tell(); });
    }
    if (files.length) tell();
  };

  // What is being sent here is nothing that leaving the page would lose.
  form.addEventListener("input", (event) => event.stopPropagation(), true);
  form.querySelector("[data-drop-help]").hidden = false;
  form.querySelector("[data-drop-button]").hidden = form.querySelector("[data-drop-limits]").hidden = true;
  field.required = false;
  field.addEventListener("change", () => { take([...field.files]); field.value = ""; });
  form.addEventListener("submit", (event) => event.preventDefault());

  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  let over = 0;
  const mark = (change) => { over = Math.max(0, over + change); form.classList.toggle("picture-drop-over", over > 0); };
  document.addEventListener("dragenter", (event) => { if (holdsFiles(event)) mark(1); });
  document.addEventListener("dragleave", (event) => { if (holdsFiles(event)) mark(-1); });
  document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(-over);
    take([...event.dataTransfer.files]);
  });
  addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });
})();
