// Keeps what is typed, a few seconds after the last key; tells who else is there.
// Without it the page saves when its buttons are pressed, as ever.
(() => {
  const line = document.getElementById("desk-work");
  const form = line?.closest("form");
  if (!form) return;
  const AFTER = 2500, BEAT = 20000, AGAIN = 5000, PATIENCE = 8000;
  const here = globalThis.keptHere(line.dataset.user, line.dataset.autosave);
  const page = form.elements._page.value;
  const headers = { Accept: "application/json" };
  const returned = "returned" in line.dataset;  // sent with a button, and come back: with a fault, or a question
  let timer, dirty = false, busy = false, over = false;

  const say = (name, text) => {
    const place = line.querySelector(`[data-${name}]`);
    if (place.textContent !== text) place.textContent = text;
  };
  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const fields = () => [...new FormData(form)].filter(([name, value]) => !(value instanceof File) && name !== "csrfmiddlewaretoken");
  const body = (pairs, ...marks) => {
    const data = new FormData();
    for (const [name, value] of [...pairs, ...marks]) data.append(name, value);
    return data;
  };
  const waits = (text) => (text ? "Your words wait here, and are kept on this device." : "Your words wait here: keep this page open.");

  // --- to the desk ---------------------------------------------------------------------

  // A login in another window makes the token of this page an old one: once more, then, with the new one.
  async function post(data) {
    const ask = () => {
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      return fetch(line.dataset.autosave, { method: "POST", body: data, headers, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    };
    const answer = await ask();
    if (answer.status !== 403) return answer;
    const found = await fetch(line.dataset.token, { headers, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    if (!found.ok) return found;
    const { user, token } = await found.json();
    if (user !== line.dataset.user) return answer;
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    return ask();
  }

  async function send(extra) {
    const typed = fields();
    const text = dirty ? here.keep(page, typed) : undefined;
    if (busy) return void (timer = setTimeout(() => send(extra), 500));
    busy = true;
    const wasDirty = dirty;
    if (!extra) dirty = false;
    try {
      const answer = await post(body(typed, ...(extra ? [[extra, "1"]] : [])));
      if (answer.status === 401 || answer.status === 403) {
        over = true;
        dirty = dirty || wasDirty;
        const why = answer.status === 401 ? "You are logged out. Log in again in another window, then go on here."
          : "Somebody else is logged in here now. Log in again in another window, then go on here.";
        return say("kept", dirty ? `${why} ${waits(text)}` : why);
      }
      if (answer.status === 404) {
        dirty = dirty || wasDirty;
        return say("kept", `This is gone, or not yours to change any more. ${dirty ? "What you typed is not saved: copy it from here." : ""}`);
      }
      if (!answer.ok) throw new Error(answer.status);
      const news = await answer.json();
      if (!extra) {
        here.accepted(page, text);
        if (returned) here.settled(page);
        say("kept", news.at ? `What you typed is kept, as of ${news.at}. It is not saved yet.` : "What you type here is not kept any more: copy what you need.");
      } else if (over) say("kept", "You are logged in again.");
      over = false;
      say("others", news.others.length ? `Also open with: ${news.others.join(", ")}.` : "");
      say("newer", news.moved || (news.newer ? `${news.newer} saved this meanwhile. Go on: when you save, you will see both versions.` : ""));
    } catch {
      dirty = dirty || wasDirty;
      if (dirty) {
        say("kept", `The desk does not answer. ${waits(text)}`);
        clearTimeout(timer);
        timer = setTimeout(send, AGAIN);
      }
    } finally { busy = false; }
  }

  const beat = () => send(over && dirty ? undefined : "_beat");
  const typed = (event) => {
    if (event.target.name?.startsWith("_take:")) return;
    dirty = true;
    form.elements._sent.value = "";
    clearTimeout(timer);
    timer = setTimeout(send, AFTER);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  window.django?.jQuery?.(document).on("select2:select select2:unselect formset:removed", typed);
  document.addEventListener("formset:removed", typed);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return;
    clearTimeout(timer);
    if (!dirty) return;
    form.elements._sent.value = random();  // the desk remembers what has arrived, and is not offered it again
    here.keepSent(page, fields());
    dirty = false;
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) { clearTimeout(timer); send(); } });
  addEventListener("focus", () => { if (over) beat(); });
  addEventListener("pagehide", () => {
    const gone = body([["_left", "1"]]);
    for (const name of ["csrfmiddlewaretoken", "_page"]) gone.set(name, form.elements[name].value);
    navigator.sendBeacon(line.dataset.autosave, gone);
  });
  setInterval(() => { if (!document.hidden) beat(); }, BEAT);
  beat();
  if (returned) {  // it stands nowhere else
    dirty = true;
    timer = setTimeout(send, AFTER);
  }

  // --- what an earlier page could not send -----------------------------------------------

  const element = (name, values, ...inside) => {
    const made = Object.assign(document.createElement(name), values);
    made.append(...inside);
    return made;
  };
  const offer = (...inside) => {
    const note = element("p", { className: "desk-note desk-offer" }, ...inside);
    line.after(note);
    return note;
  };

  // Gives the desk what waited. Answers the name under which it keeps it; nothing where it had it already.
  async function deliver(waiting) {
    const name = waiting.page === page ? random() : waiting.page;  // never over what stands in this form
    const data = body(waiting.fields, ["_waited", "1"]);
    data.set("_page", name);
    const answer = await post(data);
    if (!answer.ok) throw new Error(answer.status);
    const { kept } = await answer.json();
    waiting.forget();
    return kept ? name : undefined;
  }

  function offerKept(name, when) {
    if (form.querySelector(`[name=_drop][value="${name}"]`)) return;
    offer(
      `On ${when} you typed something here that was not saved. `,
      element("a", { className: "desk-link", href: `?unsaved=${name}` }, "Bring it back"), " ",
      element("button", { className: "desk-drop", name: "_drop", value: name, formAction: line.dataset.autosave, formNoValidate: true }, "Drop it"),
    );
  }

  function offerWaiting(waiting, when) {
    const button = (words, action) => element("button", { type: "button", onclick: action }, words);
    const note = offer(
      `On ${when} you typed something here that could not be sent. It is kept on this device. `,
      button("Send it now, and show it", async () => {
        const name = await deliver(waiting).catch(() => "");
        if (name) location.search = `?unsaved=${name}`;
        else if (name === "") say("kept", "The desk does not answer.");
        else note.remove();
      }), " ",
      button("Drop it", () => { waiting.forget(); note.remove(); }),
    );
  }

  (async () => {
    for (const waiting of here.waiting()) {
      if (returned && waiting.page === page) continue;  // it stands in this form
      const when = new Date(waiting.at).toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }).replace(" at ", ", ");
      try {
        const name = await deliver(waiting);
        if (name) offerKept(name, when);
      } catch { offerWaiting(waiting, when); }
    }
  })();
})();
