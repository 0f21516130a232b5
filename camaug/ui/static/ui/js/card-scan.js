// <card-scan>: a scanner types the identity card's QR text into whatever has the focus and ends with Enter.
// Text: card number|old number|name|ddmmyyyy|gender|address|ddmmyyyy. It is caught in any field inside and spread out.
customElements.define("card-scan", class extends HTMLElement {
  connectedCallback() {
    for (const field of this.querySelectorAll("[maxlength]")) field.removeAttribute("maxlength"); // the text is longer
    this.addEventListener("keydown", (event) => {
      const text = event.target.value ?? "";
      const parts = text.split("|").map((part) => part.trim());
      if (event.key !== "Enter" || parts.length < 7 || !/^\d{12}$/.test(parts[0])) return;
      event.preventDefault();
      event.target.value = "";
      this.fill(parts);
    });
  }

  fill([number, old, name, born, gender, address, issued]) {
    const { dataset } = this;
    this.put(dataset.number, number);
    this.put(dataset.oldNumber, old);
    this.put(dataset.name, name);
    this.put(dataset.gender, gender);
    this.put(dataset.address, address);
    this.putDate(dataset.born, born);
    this.putDate(dataset.issued, issued);
    this.querySelector("[role=status]").textContent = dataset.said;
    this.dispatchEvent(new CustomEvent("card-read", { bubbles: true }));
  }

  put(name, value) {
    const field = this.querySelector(`[name="${CSS.escape(name)}"]:not([type=radio])`);
    if (field) field.value = value;
    for (const choice of this.querySelectorAll(`[type=radio][name="${CSS.escape(name)}"]`)) {
      choice.checked = choice.value === value || choice.labels[0]?.textContent.trim() === value;
    }
  }

  putDate(name, digits) {
    if (!/^\d{8}$/.test(digits)) return;
    this.put(`${name}-day`, digits.slice(0, 2));
    this.put(`${name}-month`, digits.slice(2, 4));
    this.put(`${name}-year`, digits.slice(4));
    this.put(name, `${digits.slice(4)}-${digits.slice(2, 4)}-${digits.slice(0, 2)}`);
  }
});
