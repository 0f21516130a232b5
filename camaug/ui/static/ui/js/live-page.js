// <live-page every="5" data-mark="…">: asks for this page again and takes over the parts marked data-live that differ;
// with `sound`, a chime when the mark does. That is nobody's use of the page, and keeps no session awake. Without it the
// page reloads itself (noscript). Parts hold no forms.
const chime = () => {
  const audio = new AudioContext();
  for (const [tone, start] of [[880, 0], [660, 0.25]]) {
    const source = audio.createOscillator();
    const volume = audio.createGain();
    source.frequency.value = tone;
    volume.gain.setValueAtTime(0.25, audio.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.6);
    source.connect(volume).connect(audio.destination);
    source.start(audio.currentTime + start);
    source.stop(audio.currentTime + start + 0.6);
  }
};

customElements.define("live-page", class extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.renew(), Number(this.getAttribute("every")) * 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async renew() {
    try {
      const answer = await fetch(location.href, { headers: { "X-By-Itself": "1" } });
      // Nobody has used the page for long: it asks who is there. What asks that itself stays.
      if (answer.status === 403 && !this.hasAttribute("stays")) return location.replace(location.href);
      if (!answer.ok) return;
      this.take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // the line is down: what stands there stays, the next round tries again
    }
  }

  take(page) {
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
    }
    const mark = page.querySelector("live-page")?.dataset.mark ?? "";
    if (mark !== this.dataset.mark && mark && this.hasAttribute("sound")) chime();
    this.dataset.mark = mark;
  }
});
