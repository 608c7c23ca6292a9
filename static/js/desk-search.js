// Ctrl-K, or ⌘K, goes to the search box of the desk. What uses these keys itself, a text
// with a toolbar say, keeps them: it prevents the default or stops the event.
(() => {
  const field = document.getElementById("desk-q");
  if (!field) return;
  document.addEventListener("keydown", (event) => {
    const alone = (event.ctrlKey !== event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.key.toLowerCase() !== "k" || !alone || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  if (matchMedia("(hover: hover)").matches) field.placeholder = /Mac/.test(navigator.platform) ? "⌘K" : "Ctrl K";
})();
