// Keeps what is typed, a few seconds after the last key; tells who else is there.
// Without it the page saves when its buttons are pressed, as ever.
(() => {
  const line = document.getElementById("desk-work");
  const form = line?.closest("form");
  if (!form) return;
  const AFTER = 2500, BEAT = 20000, say = (name, text) => {
    const place = line.querySelector(`[data-${name}]`);
    if (place.textContent !== text) place.textContent = text;
  };
  const local = `desk:${line.dataset.autosave}`;
  let timer, dirty = false, busy = false, over = false;

  const body = (extra) => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    if (extra) data.set(extra, "1");
    return data;
  };
  const keepHere = () => {
    try { localStorage.setItem(local, JSON.stringify([...body()].filter(([name]) => name !== "csrfmiddlewaretoken"))); } catch { /* full or off */ }
  };

  async function send(extra) {
    if (busy) return void (timer = setTimeout(() => send(extra), 500));
    busy = true;
    const wasDirty = dirty;
    if (!extra) dirty = false;
    try {
      const answer = await fetch(line.dataset.autosave, {
        method: "POST", body: body(extra), headers: { Accept: "application/json" }, redirect: "error", keepalive: false,
      });
      if (answer.status === 401) {
        if (!over || !extra) keepHere();
        over = true;
        dirty = dirty || wasDirty;
        return say("kept", "You are logged out. Log in again in another window; your words wait here, and are kept on this device.");
      }
      if (!answer.ok) throw new Error(answer.status);
      over = false;
      const news = await answer.json();
      localStorage.removeItem(local);
      if (!extra) say("kept", `What you typed is kept, as of ${news.at}. It is not saved yet.`);
      say("others", news.others.length ? `Also open with: ${news.others.join(", ")}.` : "");
      say("newer", news.newer ? `${news.newer} saved this meanwhile. Go on: when you save, you will see both versions.` : "");
    } catch {
      dirty = dirty || wasDirty;
      if (dirty) {
        keepHere();
        say("kept", "The desk does not answer. Your words wait here, and are kept on this device until it does.");
        clearTimeout(timer);
        timer = setTimeout(send, 5000);
      }
    } finally { busy = false; }
  }

  const typed = (event) => {
    if (event.target.name?.startsWith("_take:")) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(send, AFTER);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  window.django?.jQuery?.(document).on("select2:select select2:unselect formset:removed", typed);
  document.addEventListener("formset:removed", typed);
  form.addEventListener("submit", () => { clearTimeout(timer); dirty = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) { clearTimeout(timer); send(); } });
  addEventListener("pagehide", () => {
    const gone = new FormData();
    for (const name of ["csrfmiddlewaretoken", "_page"]) gone.set(name, form.elements[name].value);
    gone.set("_left", "1");
    navigator.sendBeacon(line.dataset.autosave, gone);
  });
  setInterval(() => { if (!document.hidden) send(over && dirty ? undefined : "_beat"); }, BEAT);
  if (line.querySelector("[data-others]")) send("_beat");

  // What an earlier page could not send: it is put back into the form, and kept from there.
  const waiting = localStorage.getItem(local);
  if (waiting) {
    const offer = document.createElement("p");
    offer.className = "desk-note desk-offer";
    offer.append("Something you typed here could not be sent. ");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Send it now, and show it";
    button.addEventListener("click", async () => {
      const data = new FormData();
      for (const [name, value] of JSON.parse(waiting)) data.append(name, value);
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const answer = await fetch(line.dataset.autosave, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      localStorage.removeItem(local);
      dirty = false;
      location.search = `?unsaved=${data.get("_page")}`;
    });
    offer.append(button);
    line.after(offer);
  }
})();
