// <drag-order>: a row is dragged by its handle, by mouse or finger, to another place in its list or in another list;
// letting go sends the form marked data-drop. Without it the buttons beside each row do the same.
customElements.define("drag-order", class extends HTMLElement {
  connectedCallback() {
    this.classList.add("drag-order--on");
    this.addEventListener("pointerdown", (event) => this.lift(event));
  }

  lift(event) {
    const handle = event.target.closest(".handle");
    if (!handle || event.button) return;
    event.preventDefault();
    const row = handle.closest("[data-place]");
    const from = row.nextElementSibling;
    const home = row.parentElement;
    const move = (e) => this.carry(row, e);
    const end = (e) => {
      for (const [name, ear] of ears) document.removeEventListener(name, ear);
      row.classList.remove("listed__row--lifted");
      if (e.type === "pointerup" && (row.parentElement !== home || row.nextElementSibling !== from)) this.drop(row);
      else home.insertBefore(row, from);
    };
    const stop = (e) => { if (e.key === "Escape") end(e); };
    const ears = [["pointermove", move], ["pointerup", end], ["pointercancel", end], ["keydown", stop]];
    for (const [name, ear] of ears) document.addEventListener(name, ear);
    row.classList.add("listed__row--lifted");
  }

  carry(row, event) {
    event.preventDefault();
    const edge = 60;
    if (event.clientY < edge) scrollBy(0, -12);
    if (event.clientY > innerHeight - edge) scrollBy(0, 12);
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const other = under?.closest("[data-place]");
    const list = under?.closest("[data-list]") ?? under?.closest(".form-page")?.querySelector("[data-list]");
    if (!list || !this.contains(list) || other === row) return;
    if (!other) return list.append(row);
    const box = other.getBoundingClientRect();
    other.parentElement.insertBefore(row, event.clientY < box.top + box.height / 2 ? other : other.nextElementSibling);
  }

  drop(row) {
    const form = this.querySelector("form[data-drop]");
    const list = row.closest("[data-list]");
    form.elements.move.value = row.dataset.place;
    form.elements.was.value = row.dataset.was;
    form.elements.to.value = `${list.dataset.list}/${[...list.children].indexOf(row)}`;
    this.querySelector("[data-status]").textContent = this.dataset.said;
    form.submit();
  }
});
