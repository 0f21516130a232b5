// <pass-key data-options="…" data-for="credential">: its button has the browser ask the passkey (data-make: make one),
// puts the answer into the form's field of that name and sends the form. Hidden where the browser knows no passkeys.
customElements.define("pass-key", class extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.ask());
  }

  async ask() {
    const { publicKey } = JSON.parse(this.dataset.options);
    const trouble = this.querySelector("[role=alert]");
    trouble.hidden = true;
    try {
      const answer = "make" in this.dataset
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
      const form = this.closest("form");
      form.elements[this.dataset.for].value = JSON.stringify(answer.toJSON());
      HTMLFormElement.prototype.submit.call(form);
    } catch {
      trouble.hidden = false;
    }
  }
});
