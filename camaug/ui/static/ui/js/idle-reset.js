// <idle-reset after="30" to="/kiosk/…/">: a kiosk that nobody touches goes back to its first screen; `print` prints first.
customElements.define("idle-reset", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, () => this.wait(), { passive: true });
    this.wait();
    if (this.hasAttribute("print")) addEventListener("load", () => print(), { once: true });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => location.assign(this.getAttribute("to")), Number(this.getAttribute("after")) * 1000);
  }
});
