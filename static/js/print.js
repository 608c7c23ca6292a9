// On paper a link needs its whole address; a style sheet alone can only print the path.
addEventListener("beforeprint", () => {
  document.querySelectorAll("main a[href]").forEach((link) => { link.dataset.address = link.href; });
});
