// Search fields for pictures: thumbnails in what is offered, and the chosen one under the field.
(() => {
  const $ = window.django?.jQuery;
  if (!$?.fn.select2) return;

  // Deferred, so before Django makes the fields, which it does once the page is ready. Other fields offer words alone.
  $.fn.select2.defaults.set("templateResult", (offer) => {
    if (!offer.thumbnail) return offer.text;
    const row = document.createElement("span");
    row.className = "picture-offer";
    row.append(Object.assign(new Image(), { src: offer.thumbnail, alt: "" }), offer.text);
    return row;
  });

  const show = (select) => {
    const shown = select.parentElement.querySelector(".picture-chosen");
    if (!shown) return;
    shown.hidden = !select.value;
    if (select.value) shown.src = select.dataset.picture.replace("/0/", `/${select.value}/`);
  };
  $(document).on("change", "select[data-picture]", (event) => show(event.target));
})();
