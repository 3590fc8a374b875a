// Elements are made here and nowhere else: whatever is text becomes a text node, so that no name from a stream can be markup.

/** Makes an element. Attributes: "class", "on…" handlers (functions), aria-… and others; null and false are left out. */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  add(element, children);
  return element;
}

export function add(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Puts other children in the place of all there are. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  add(parent, children);
}

/** Writes a text only where it differs: a screen reader is told of changes, not of repetitions. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
