// Recordings load when asked for, not before. Until then: a poster and a plain link.
(() => {
  const make = {
    video: () => Object.assign(document.createElement("video"), { controls: true, autoplay: true, preload: "metadata" }),
    audio: () => Object.assign(document.createElement("audio"), { controls: true, autoplay: true, preload: "metadata" }),
    embed: () => Object.assign(document.createElement("iframe"), {
      allow: "fullscreen; picture-in-picture", referrerPolicy: "strict-origin-when-cross-origin",
    }),
  };
  const captions = ({ captions: src, captionsLang: srclang, captionsLabel: label }) =>
    Object.assign(document.createElement("track"), { kind: "captions", src, srclang, label, default: true });

  document.querySelectorAll("button[data-src][data-kind]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-src][data-kind]");
    if (!button || !make[button.dataset.kind]) return;
    const player = make[button.dataset.kind]();
    const name = button.dataset.title || button.textContent.trim();
    player.setAttribute(button.dataset.kind === "embed" ? "title" : "aria-label", name);
    if (button.dataset.captions && button.dataset.kind === "video") player.append(captions(button.dataset));
    player.src = button.dataset.src;
    (button.closest("[data-media-frame]") ?? button.parentElement).replaceChildren(player);
    player.focus();
  });
})();
