// The point that stays in sight when a picture is cut: by click or by arrow keys. The two fields hold it.
(() => {
  const box = document.querySelector("[data-focal]");
  const fields = box && [box.dataset.x, box.dataset.y].map((id) => document.getElementById(id));
  const picture = box?.querySelector("[data-focal-picture] img");
  if (!picture || !fields.every((field) => field && !field.disabled)) return;
  const find = (name) => document.querySelector(`[data-focal-${name}]`);
  const [mark, cut, said] = [find("mark"), find("cut"), find("said")];
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const inside = (value) => Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0.5));
  const read = () => fields.map((field) => inside(field.value === "" ? NaN : Number(field.value)));

  const show = () => {
    const [x, y] = read().map((value) => `${value * 100}%`);
    mark.style.left = x;
    mark.style.top = y;
    cut.style.objectPosition = `${x} ${y}`;
  };

  const put = (point) => {
    fields.forEach((field, axis) => {
      field.value = Math.round(inside(point[axis]) * 100) / 100;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const [x, y] = read().map((value) => Math.round(value * 100));
    said.textContent = `${x} % from the left, ${y} % from the top. Save to keep it.`;
    show();
  };

  picture.addEventListener("click", (event) => {
    const frame = picture.getBoundingClientRect();
    put([(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height]);
    mark.focus({ preventScroll: true });
  });
  mark.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const size = event.shiftKey ? 0.1 : 0.01;
    put(read().map((value, axis) => value + step[axis] * size));
  });
  fields.forEach((field) => field.addEventListener("input", show));

  cut.src = picture.src; // the whole picture, cut here as the server will cut it
  mark.hidden = find("help").hidden = false;
  box.classList.add("focal-live");
  show();
})();
