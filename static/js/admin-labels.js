// Names for the admin's controls that have none: pickers, cells of inlines and lists, halves of a date and time.
(() => {
  const text = (node) => node?.textContent.replace(/[:*\s]+$/, "").trim() ?? "";
  const heading = (cell) => text(cell.closest("table")?.tHead?.rows[0]?.cells[cell.cellIndex]);
  const labelOf = (field) => {
    const cell = field.closest("td");
    const own = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    const row = field.closest(".fieldBox, .flex-container, .form-row");
    return text(own) || (cell && heading(cell)) || text(row?.querySelector("label, legend"));
  };

  const name = () => {
    document.querySelectorAll("#content :is(select, input:not([type=hidden], [type=submit], [type=button]), textarea)").forEach((field) => {
      if (field.labels?.length || field.ariaLabel || field.hasAttribute("aria-labelledby")) return;
      const half = field.closest(".datetime") ? field.previousSibling?.textContent?.replace(/[:\s]+$/, "").trim() : "";
      const label = [labelOf(field), half].filter(Boolean).join(", ");
      if (label) field.setAttribute("aria-label", label);
    });
    document.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      if (!box) return;
      const label = select.ariaLabel || labelOf(select);
      const chosen = box.querySelector(".select2-selection__rendered");
      box.removeAttribute("aria-labelledby");
      box.setAttribute("aria-label", [label, chosen?.tagName === "SPAN" ? chosen.title || text(chosen) : ""].filter(Boolean).join(": "));
      chosen?.removeAttribute("role");
      chosen?.removeAttribute("aria-readonly");
      chosen?.querySelectorAll("li > input").forEach((search) => search.setAttribute("aria-label", label));
      box.querySelectorAll("ul > *:not(li)").forEach((stray) => stray.setAttribute("role", "listitem"));
    });
    document.querySelectorAll("#content thead th.original").forEach((cell) => {
      if (!text(cell)) cell.outerHTML = '<td class="original"></td>';
    });
  };

  const soon = () => setTimeout(name, 0);
  addEventListener("load", soon);
  document.addEventListener("formset:added", soon);
  window.django?.jQuery?.(document).on("select2:select select2:unselect change.select2", soon);
  document.addEventListener("DOMContentLoaded", () => {
    window.django?.jQuery?.(document).on("select2:open", () => {
      document.querySelectorAll(".select2-search--dropdown input").forEach((search) => search.setAttribute("aria-label", search.placeholder || "…"));
    });
  });
})();
