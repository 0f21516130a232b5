// A choice with data-reveals="id" shows what belongs to it and hides what does not; without it, all is seen.
const reveal = () => {
  for (const choice of document.querySelectorAll("[data-reveals]")) {
    document.getElementById(choice.dataset.reveals).hidden = !choice.checked;
  }
};
reveal();
document.addEventListener("change", reveal);
