// Markdown of the HTML that Word and web pages put on the clipboard.
(() => {
  const writing = (globalThis.writing ??= {});
  const BLOCKS = new Set("ADDRESS ARTICLE ASIDE BODY DD DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER LI MAIN NAV OL P PRE SECTION TABLE TR UL BLOCKQUOTE HR CENTER".split(" "));
  const GONE = "script, style, head, meta, link, title, xml, template, noscript, iframe, object, svg, button, select, textarea, input";
  const HIDDEN = /display:\s*none|visibility:\s*hidden|mso-hide:\s*all|mso-element:\s*comment|mso-list:\s*ignore/i;

  const style = (node) => node.dataset?.style ?? "";
  const hidden = (node) => node.hidden || node.matches(GONE) || HIDDEN.test(style(node));
  const isBlock = (node) => BLOCKS.has(node.nodeName);
  const hasBlocks = (node) => [...node.children].some((child) => !hidden(child) && (isBlock(child) || hasBlocks(child)));
  const escaped = (text) => text.replace(/[\\`*[\]]|<(?=[a-z/!?])|(?<!\w)_|_(?!\w)/gi, "\\$&");

  // Marks stick to the words: blanks at the ends of what was bold stand outside.
  const round = (mark, text) => {
    const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
    return words ? before + mark + words + mark + after : text;
  };

  const weight = (node) => /font-weight:\s*(\w+)/i.exec(style(node))?.[1];
  const isBold = (node) => (weight(node) ? weight(node) === "bold" || Number(weight(node)) >= 600 : /^(B|STRONG)$/.test(node.nodeName));
  const isItalic = (node) => /font-style:\s*italic/i.test(style(node)) || (/^(I|EM)$/.test(node.nodeName) && !/font-style:\s*normal/i.test(style(node)));

  class Reader {
    constructor(notesBefore) {
      this.notesBefore = notesBefore;
      this.marked = false; // whether there was anything that plain text has not
    }

    inline(node, marks = "") {
      return [...node.childNodes].map((child) => this.one(child, marks)).join("");
    }

    one(node, marks) {
      if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[\t\n\r ]+/g, " "));
      if (node.nodeType !== Node.ELEMENT_NODE || hidden(node)) return "";
      if (node.nodeName === "BR") return "\n";
      if (node.nodeName === "A") return this.link(node, marks);
      if (node.nodeName === "CODE" && !node.textContent.includes("`")) return `\`${node.textContent.trim()}\``;
      const bold = isBold(node) && !marks.includes("b");
      const italic = isItalic(node) && !marks.includes("i");
      const text = this.inline(node, marks + (bold ? "b" : "") + (italic ? "i" : ""));
      this.marked ||= (bold || italic) && text.trim() !== "";
      return round((bold ? "**" : "") + (italic ? "*" : ""), text);
    }

    link(node, marks) {
      const address = (node.getAttribute("href") ?? "").trim();
      const note = /#_(ftn|edn)(ref)?(\d+)$/.exec(address);
      const web = /^(https?:\/\/|mailto:)/i.test(address) && !/\s/.test(address);
      this.marked ||= web || Boolean(note);
      if (note) return `[^${Number(note[3]) + this.notesBefore}]${note[2] ? ":" : ""}`;
      const words = this.inline(node, marks);
      return web && words.trim() ? round("", words).replace(/\S[\s\S]*\S|\S/, (text) => `[${text.replace(/\n/g, " ")}](${address.replace(/[()]/g, (c) => (c === "(" ? "%28" : "%29"))})`) : words;
    }

    blocks(node) {
      const found = [];
      let running = "";
      const end = () => { found.push(...paragraphs(running)); running = ""; };
      for (const child of node.childNodes) {
        const block = child.nodeType === Node.ELEMENT_NODE && !hidden(child) && (isBlock(child) || hasBlocks(child));
        if (block) { end(); found.push(...this.block(child)); } else running += this.one(child, "");
      }
      end();
      return found;
    }

    block(node) {
      this.marked ||= /^(H[1-6]|UL|OL|BLOCKQUOTE|TABLE)$/.test(node.nodeName) || /mso-list/i.test(style(node));
      const word = /mso-list:\s*\S+\s+level(\d)/i.exec(style(node));
      if (word) return [this.wordItem(node, Number(word[1]))];
      if (/^H[1-6]$/.test(node.nodeName)) return this.heading(node);
      if (node.nodeName === "UL" || node.nodeName === "OL") return [this.list(node)];
      if (node.nodeName === "BLOCKQUOTE") return [indented(this.blocks(node).join("\n\n"), "> ", ">")].filter((text) => text !== ">");
      if (node.nodeName === "TABLE") return this.table(node);
      if (node.nodeName === "PRE") return [indented(node.textContent.replace(/\n+$/, ""), "    ", "")];
      if (node.nodeName === "HR") return [];
      return this.blocks(node);
    }

    heading(node) {
      const words = this.inline(node, "bi").replace(/\s+/g, " ").trim();
      return words ? [`${Number(node.nodeName[1]) > this.top ? "####" : "###"} ${words}`] : [];
    }

    list(node) {
      const items = [...node.children].filter((item) => !hidden(item)).map((item, index) => {
        const mark = node.nodeName === "OL" ? `${index + 1}.` : "-";
        if (/^[UO]L$/.test(item.nodeName)) return indented(this.list(item), "    ", ""); // where it stands in no item
        const [first = "", ...rest] = this.blocks(item);
        return `${mark} ${first}` + rest.map((block) => (block.list ? "\n" : "\n\n") + indented(block, "    ", "")).join("");
      });
      return { list: items.filter((text) => text.trim().length > 1).join("\n"), toString() { return this.list; } };
    }

    wordItem(node, level) {
      const sign = node.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]")?.textContent ?? "";
      const mark = /^\s*\(?\w{1,4}[.)]/.test(sign) ? "1." : "-";
      const text = "    ".repeat(level - 1) + `${mark} ${this.inline(node).replace(/\s+/g, " ").trim()}`;
      return { list: text, toString() { return this.list; } };
    }

    table(node) {
      const rows = [...node.rows].map((row) => [...row.cells].map((cell) => this.inline(cell).replace(/\s+/g, " ").replace(/\|/g, "\\|").trim()));
      const width = Math.max(0, ...rows.map((row) => row.length));
      if (width < 2 || node.querySelector("table")) return [...node.rows].flatMap((row) => [...row.cells].flatMap((cell) => this.blocks(cell)));
      const line = (cells) => `| ${Array.from({ length: width }, (_, index) => cells[index] ?? "").join(" | ")} |`;
      return [[line(rows[0]), line(Array(width).fill("---")), ...rows.slice(1).map(line)].join("\n")];
    }
  }

  const indented = (text, mark, empty) => String(text).split("\n").map((line) => (line ? mark + line : empty)).join("\n");
  const atStart = (text) => text.replace(/^(#{1,6}(?= )|[>+-](?= )|\d+(?=[.)] ))/gm, (found) => (/\d/.test(found) ? found : `\\${found}`)).replace(/^(\d+)([.)])(?= )/gm, "$1\\$2");
  const paragraphs = (running) => {
    const text = running.replace(/[^\S\n\u00a0]+/g, " ").replace(/ ?\n ?/g, "\n").replace(/\n{3,}/g, "\n\n");
    return text.split("\n\n").map((part) => part.replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, "")).filter(Boolean).map((part) => atStart(part).replace(/\n/g, "  \n"));
  };

  // The policy refuses styles and handlers in what is only parsed, too, and says so: they get another name.
  const unstyled = (html) =>
    html.replace(/<style\b[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));

  // Markdown of an HTML text, empty where its plain text says as much; Word's list items, which are paragraphs, grow together.
  writing.fromHtml = (html, notesBefore = 0) => {
    const page = new DOMParser().parseFromString(unstyled(html), "text/html");
    const reader = new Reader(notesBefore);
    reader.top = Math.min(6, ...[...page.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => Number(heading.nodeName[1])));
    const text = reader.blocks(page.body).reduce((text, block, index, all) => {
      const together = index && block.list && all[index - 1].list;
      return index ? `${text}${together ? "\n" : "\n\n"}${block}` : String(block);
    }, "");
    return reader.marked ? text : "";
  };
})();
