// Asks before a page with unsaved words is left; takes empty heads out of tables.
(() => {
  document.querySelectorAll("#content thead th").forEach((cell) => {
    if (!cell.textContent.trim() && !cell.querySelector("input, img")) cell.outerHTML = "<td></td>";
  });
  const form = document.querySelector("#content-main form[method=post]:not(#changelist-form, #login-form)");
  if (!form) return;
  let changed = Boolean(document.querySelector(".errornote"));
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
