// Words that wait in the browser until the desk has them: by who typed them, where, and on which page.
// What the desk has not taken in waits on the device; what was sent with a button waits in its tab, for the answer.
(() => {
  const ROOT = "desk:words:", MOST = 30, MONTH = 30 * 24 * 60 * 60 * 1000;
  const storage = (name) => { try { return globalThis[name]; } catch { return undefined; } };
  const device = storage("localStorage"), tab = storage("sessionStorage");
  const keys = (store) => Object.keys(store ?? {}).filter((key) => key.startsWith(ROOT));
  const read = (store, key) => {
    try {
      const { at, fields } = JSON.parse(store.getItem(key));
      return Number.isFinite(at) && Array.isArray(fields) ? { at, fields } : undefined;
    } catch { return undefined; }
  };
  const write = (store, key, fields) => {
    const text = JSON.stringify({ at: Date.now(), fields });
    try { store.setItem(key, text); return text; } catch { return undefined; /* full or off */ }
  };

  for (const store of [device, tab]) {
    const newest = keys(store).map((key) => [key, read(store, key)?.at ?? 0]).sort(([, a], [, b]) => b - a);
    newest.forEach(([key, at], place) => { if (place >= MOST || at < Date.now() - MONTH) store.removeItem(key); });
  }

  globalThis.keptHere = (user, address) => {
    const stem = `${ROOT}${user}:${address}:`;
    return {
      // Answers what was written, or nothing where there is no room for it.
      keep: (page, fields) => write(device, stem + page, fields),
      keepSent: (page, fields) => write(device?.getItem(stem + page) ? device : tab, stem + page, fields),
      // The desk has these very words.
      accepted: (page, text) => { if (text && device.getItem(stem + page) === text) device.removeItem(stem + page); },
      // What was sent with a button stands in the form again, and the desk has it from there.
      settled: (page) => tab?.removeItem(stem + page),
      waiting: () => [device, tab].flatMap((store) => keys(store).filter((key) => key.startsWith(stem)).map((key) => (
        { page: key.slice(stem.length), ...read(store, key), forget: () => store.removeItem(key) }
      ))).filter(({ fields }) => fields),
    };
  };
})();
