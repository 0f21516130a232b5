// <resumable-upload data-to="/uploads/">: sends what is chosen in pieces (tus 1.0.0), goes on where a cut line or a closed
// page left off, and leaves the uploads' ids in the form. Without it the form carries the files itself.
const PIECE = 262144;
const TUS = { "Tus-Resumable": "1.0.0" };
const base64 = (octets) => btoa(Array.from(new Uint8Array(octets), (octet) => String.fromCharCode(octet)).join(""));
const pause = (tries) => new Promise((go) => {
  setTimeout(go, Math.min(10000, 500 * 2 ** tries));
  addEventListener("online", go, { once: true });
});

customElements.define("resumable-upload", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[type=file]");
    this.list = Object.assign(document.createElement("ul"), { className: "sending" });
    this.append(this.list);
    this.waiting = [];
    this.addEventListener("change", () => this.take());
    this.field.form.addEventListener("submit", (event) => this.hold(event));
  }

  take() {
    const lines = [...this.field.files].map((file) => [file, this.line(file)]);
    this.field.value = "";
    this.querySelector(".drop__said").replaceChildren();
    const idle = !this.waiting.length;
    this.waiting.push(...lines);
    if (idle) this.work();
  }

  line(file) {
    const [line, name, meter, said] = ["li", "span", "progress", "span"].map((kind) => document.createElement(kind));
    name.textContent = file.name;
    Object.assign(meter, { max: file.size, value: 0, ariaLabel: file.name });
    said.setAttribute("role", "status");
    line.append(name, meter, said);
    this.list.append(line);
    return { line, meter, say: (word, state) => Object.assign(said, { textContent: word }) && (line.dataset.state = state) };
  }

  async work() {
    while (this.waiting.length) {
      await this.send(...this.waiting[0]).catch((no) => this.waiting[0][1].say(no.message, "refused"));
      this.waiting.shift();
    }
    if (this.held) this.field.form.requestSubmit(this.held.submitter);
  }

  hold(event) {
    this.held = this.waiting.length ? event : null;
    if (this.held) event.preventDefault();
  }

  async send(file, shown) {
    const key = `upload ${file.name} ${file.size} ${file.lastModified}`;
    let [place, offset, tries] = [localStorage.getItem(key), null, 0];
    while (offset === null || offset < file.size) {
      try {
        if (!place) [place, offset] = [await this.begin(file), 0];
        else if (offset === null) offset = await this.ask(place);
        if (offset === null) place = null;
        else offset = await this.piece(place, file, offset);
        localStorage.setItem(key, place ?? "");
        tries = 0;
      } catch (problem) {
        if (problem.final) throw problem;
        [offset, tries] = [null, tries + 1];
        shown.say(this.dataset.waiting, "waiting");
        await pause(tries);
        continue;
      }
      shown.meter.value = offset ?? 0;
      shown.say(`${this.dataset.sending} ${Math.floor((100 * (offset ?? 0)) / file.size)}%`, "sending");
    }
    localStorage.removeItem(key);
    shown.say(this.dataset.sent, "sent");
    const id = place.match(/[0-9a-f-]{36}/)[0];
    shown.line.append(Object.assign(document.createElement("input"), { type: "hidden", name: `${this.field.name}-uploaded`, value: id }));
  }

  async begin(file) {
    const name = base64(new TextEncoder().encode(file.name));
    const answer = await this.call("POST", this.dataset.to, { "Upload-Length": file.size, "Upload-Metadata": `filename ${name}` });
    return answer.headers.get("Location");
  }

  async ask(place) {
    const answer = await this.call("HEAD", place, {}, null, [404]);
    return answer.status === 404 ? null : Number(answer.headers.get("Upload-Offset"));
  }

  async piece(place, file, offset) {
    const octets = await file.slice(offset, offset + PIECE).arrayBuffer();
    const sum = crypto.subtle ? { "Upload-Checksum": `sha256 ${base64(await crypto.subtle.digest("SHA-256", octets))}` } : {};
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset, ...sum };
    const answer = await this.call("PATCH", place, headers, octets, [404, 409]);
    return answer.status === 404 ? null : Number(answer.headers.get("Upload-Offset"));
  }

  async call(method, place, headers, body = null, known = []) {
    const token = this.field.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(place, { method, body, headers: { ...TUS, "X-CSRFToken": token, ...headers } });
    if (answer.ok || known.includes(answer.status)) return answer;
    const plain = answer.headers.get("Content-Type")?.startsWith("text/plain") ? await answer.text() : "";
    const again = answer.status >= 500 || answer.status === 400 || answer.status === 460;
    throw Object.assign(new Error(plain || this.dataset.failed), { final: !again });
  }
});
