// Copying, to be called in the user's click. Where the browser has no clipboard for this page (plain http from
// another machine), a text field inside `place`, which may be the open dialog, is selected and copied instead.
// What is to be said of it is returned.

const COPY = '[class*="st-key-copy-"]';

const COPIED = "Copied";
const NOT_COPIED = "The browser did not allow it";

async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    return COPIED;
  } catch {
    const focused = place.activeElement ?? document.activeElement;
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, ariaHidden: "true" });
    field.style.cssText = "position: fixed; opacity: 0";
    place.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    focused?.focus?.({ preventScroll: true });
    return copied ? COPIED : NOT_COPIED;
  }
}
