// <pick-all>: one tick for all rows of the form, and how many are ticked. Without it each row is ticked by itself.
customElements.define("pick-all", class extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    const rows = () => [...form.querySelectorAll("tbody input[type=checkbox]")];
    const all = this.querySelector("[data-all]");
    const label = this.querySelector("[data-count]");
    const before = label.textContent;
    const count = () => {
      const ticked = rows().filter((row) => row.checked).length;
      all.querySelector("input").checked = ticked === rows().length;
      all.querySelector("input").indeterminate = ticked > 0 && ticked < rows().length;
      label.textContent = ticked ? `${label.dataset.count}: ${ticked}` : before;
    };
    all.hidden = false;
    all.addEventListener("change", (event) => {
      for (const row of rows()) row.checked = event.target.checked;
      count();
    });
    form.addEventListener("change", count);
    addEventListener("pageshow", count);
  }
});
