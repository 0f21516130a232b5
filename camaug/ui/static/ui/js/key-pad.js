// <key-pad data-for="typed">: keys on a touch screen that type into the field; hidden without it, the field itself stays.
customElements.define("key-pad", class extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    const field = document.getElementById(this.dataset.for);
    this.addEventListener("click", (event) => {
      const key = event.target.closest("button")?.value;
      if (key === undefined) return;
      field.value = key === "" ? field.value.slice(0, -1) : field.value + key;
    });
  }
});
