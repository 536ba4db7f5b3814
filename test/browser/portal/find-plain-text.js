// Runs inside the page, as one expression, as measure-page.js does. Gives every text that a reader
// sees or hears: what stands on the page, and the names that only a screen reader says. Times and
// what is to be chosen of a list are left out: no sentence of the page is in them.
(() => {
  const leftOut = 'time, option, script, style, [aria-hidden="true"]';
  const isRead = (element) =>
    element.closest(leftOut) === null && element.checkVisibility({ visibilityProperty: true });
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.data.trim() !== '' && isRead(node.parentElement)) texts.push(node.data.trim());
  }
  for (const name of ['aria-label', 'aria-description', 'placeholder', 'title', 'alt']) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      const value = element.getAttribute(name).trim();
      if (value !== '' && isRead(element)) texts.push(value);
    }
  }
  return texts;
})();
