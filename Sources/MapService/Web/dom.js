/// Builds an element. Text goes in as text nodes only, so no name from the data can become markup.
/// A key that starts with "on" is a listener, "style" an object, `true` a bare attribute;
/// null and false leave the attribute out.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'style') {
      for (const [name, text] of Object.entries(value)) node.style.setProperty(name, text);
    } else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

export const byId = (id) => document.getElementById(id);

export const isPhone = () => window.matchMedia('(max-width: 760px)').matches;
