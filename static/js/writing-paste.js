// What is pasted from Word or a web page becomes clean Markdown; plain text stays as it is.
(() => {
  const writing = (globalThis.writing ??= {});
  const LONGEST = 2_000_000; // of the HTML; beyond it the browser pastes the plain text

  writing.pasted = (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!html || html.length > LONGEST) return;
    const area = event.target;
    const text = writing.fromHtml(html, writing.lastNote(area.value));
    if (!text.trim()) return;
    event.preventDefault();
    const [before, after] = [area.value.slice(0, area.selectionStart), area.value.slice(area.selectionEnd)];
    const apart = /\n/.test(text) || /^(?:#|>|-|\||\d+\.) ?/.test(text);
    const start = apart && before.trim() ? "\n\n".slice(/\n*$/.exec(before)[0].length) : "";
    const end = apart && after.trim() ? "\n\n".slice(/^\n*/.exec(after)[0].length) : "";
    writing.replace(area, area.selectionStart, area.selectionEnd, start + text + end);
  };
})();
