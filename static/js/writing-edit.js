// Changes of a text in its field, each undone by Ctrl-Z: marks round words, marks before lines, links, notes.
(() => {
  const writing = (globalThis.writing ??= {});

  // Puts text in place of a range, as if typed, and selects from..to of the field.
  const replace = (area, start, end, text, from = start + text.length, to = from) => {
    area.focus();
    area.setSelectionRange(start, end);
    const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
    if (!done || !area.value.slice(start).startsWith(text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.setSelectionRange(from, to);
  };

  // The selection without blanks and asterisks at its ends, so that marks stick to the words.
  const words = (area) => {
    let { selectionStart: start, selectionEnd: end } = area;
    while (start < end && /[\s*]/.test(area.value[start])) start += 1;
    while (end > start && /[\s*]/.test(area.value[end - 1])) end -= 1;
    return { start, end };
  };

  const wrap = (area, mark) => {
    const { start, end } = words(area);
    const before = /\**$/.exec(area.value.slice(0, start))[0].length;
    const after = /^\**/.exec(area.value.slice(end))[0].length;
    const around = Math.min(before, after);
    const chosen = area.value.slice(start, end);
    if (mark.length === 2 ? around >= 2 : around % 2 === 1) {
      replace(area, start - mark.length, end + mark.length, chosen, start - mark.length, end - mark.length);
    } else {
      replace(area, start, end, mark + chosen + mark, start + mark.length, end + mark.length);
    }
  };

  // Whole lines of the selection, rewritten; an empty line before and after, where the block needs one.
  const lines = (area, rewrite, apart) => {
    const { value } = area;
    const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const next = value.indexOf("\n", Math.max(area.selectionEnd, start));
    const end = next < 0 ? value.length : next;
    const text = rewrite(value.slice(start, end).split("\n")).join("\n");
    const above = value.slice(0, start).split("\n").at(-2) ?? "";
    const below = value.slice(end + 1).split("\n")[0];
    const before = above.trim() && !apart.test(above) && apart.test(text) ? "\n" : "";
    const after = below.trim() && !apart.test(below) && apart.test(text) ? "\n" : "";
    const last = start + before.length + text.length;
    replace(area, start, end, before + text + after, last, last);
  };

  const prefixed = (area, mark, pattern) =>
    lines(area, (all) => (all.every((line) => pattern.test(line)) ? all.map((line) => line.replace(pattern, "")) : all.map((line) => mark + line)), pattern);

  const actions = {
    bold: (area) => wrap(area, "**"),
    italic: (area) => wrap(area, "*"),
    list: (area) => prefixed(area, "- ", /^- ?/),
    heading: (area) =>
      lines(area, ([first, ...rest]) => {
        const [, marks, title] = /^(#*) ?(.*)$/.exec(first);
        return [({ "": "### ", "###": "#### " }[marks] ?? "") + title, ...rest];
      }, /^#+ /),
    quote: (area) => {
      const pattern = /^> ?/;
      const undo = pattern.test(area.value.slice(area.value.lastIndexOf("\n", area.selectionStart - 1) + 1));
      lines(area, (all) => (undo ? all.map((line) => line.replace(pattern, "")) : [...all.map((line) => `> ${line}`), "> — "]), pattern);
    },
    link: (area) => {
      const { selectionStart: start, selectionEnd: end, value } = area;
      const chosen = value.slice(start, end);
      if (/^https?:\/\/\S+$/.test(chosen)) replace(area, start, end, `[](${chosen})`, start + 1);
      else replace(area, start, end, `[${chosen}](https://)`, start + (chosen ? chosen.length + 3 : 1), start + (chosen ? chosen.length + 11 : 1));
    },
    note: (area) => {
      const number = writing.lastNote(area.value) + 1;
      replace(area, area.selectionEnd, area.selectionEnd, `[^${number}]`);
      const text = `${area.value.endsWith("\n\n") ? "" : area.value.endsWith("\n") ? "\n" : "\n\n"}[^${number}]: `;
      replace(area, area.value.length, area.value.length, text);
    },
  };

  // A link to a record, with the chosen words or its title.
  const linkTo = (area, { reference, title }, start, end) => {
    const chosen = area.value.slice(start, end) || title.replace(/[\\[\]]/g, "\\$&");
    replace(area, start, end, `[${chosen}](${reference})`);
  };

  const lastNote = (text) => Math.max(0, ...[...text.matchAll(/\[\^(\d{1,6})\]/g)].map((found) => Number(found[1])));

  Object.assign(writing, { replace, actions, linkTo, lastNote });
})();
