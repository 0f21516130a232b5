// data-key="n": one key goes there, from anywhere but a field; in a field, Escape leaves it. Alt with the key works in fields too.
const typing = (place) => place.matches?.("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.isComposing) return;
  if (typing(event.target) && !event.altKey) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const places = document.querySelectorAll(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  const place = [...places].find((one) => one.checkVisibility?.() ?? true);
  if (!place || place.disabled) return;
  event.preventDefault();
  if (typing(place)) {
    place.focus();
    place.select?.();
  } else place.click();
});
