// <print-button hidden>: a button that only stands there where it can print.
customElements.define("print-button", class extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", () => print());
  }
});
