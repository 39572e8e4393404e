/** Something that stands on a page, found by the page itself. */
export interface Order {
  /** Where it stands; on the whole page where absent. */
  readonly xpath?: string | undefined;
  /** What is meant there; the place itself where absent. */
  readonly css?: string | undefined;
  /** What is entered there, if that is one plain entry of a form. */
  readonly enter?: string | undefined;
}

export interface Carried {
  /** What each thing there shows: the value of a field, the chosen option of a select, the text of anything else. */
  readonly texts: readonly string[];
  /** False where it is for more patient hands: nothing there yet, more than one, not ready, of another kind. */
  readonly entered: boolean;
}

/**
 * Runs within the page, so it may use nothing from outside of itself. Text goes in as an edit of a person's does: with the
 * page's events for input, cut where the field is full, and with the one for a change when the field is left.
 */
export function carryOut(orders: readonly Order[]): Carried[] {
  const found = ({ xpath, css }: Order): Element[] => {
    const roots: Node[] = [];
    if (xpath === undefined) roots.push(document);
    else {
      const places = document.evaluate(xpath, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
      for (let at = 0; at < places.snapshotLength; at++) roots.push(places.snapshotItem(at)!);
    }
    const meant = (root: Node) =>
      css === undefined
        ? [root]
        : root instanceof Element || root === document
          ? [...(root as Element | Document).querySelectorAll(css)]
          : [];
    return roots.flatMap(meant).filter((node) => node instanceof Element);
  };

  const shown = (element: Element): string => {
    if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text.trim() ?? '';
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
    return element.textContent ?? '';
  };

  const isReady = (element: HTMLElement) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 0 &&
    !element.matches(':disabled');

  const choose = (select: HTMLSelectElement, text: string): boolean => {
    const fitting = [...select.options].filter((option) => option.text.trim() === text && !option.disabled);
    if (fitting.length !== 1 || select.multiple) return false;
    select.focus();
    select.selectedIndex = fitting[0]!.index;
    select.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    select.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  };

  const write = (field: HTMLInputElement | HTMLTextAreaElement, text: string): boolean => {
    if (field.readOnly || !['text', 'search', 'tel', 'textarea'].includes(field.type)) return false;
    field.focus();
    if (document.activeElement !== field) return false;
    field.select();
    const written =
      text === ''
        ? field.value === '' || document.execCommand('delete')
        : document.execCommand('insertText', false, text);
    field.blur();
    return written;
  };

  const enter = (element: Element | undefined, text: string): boolean => {
    if (!(element instanceof HTMLElement) || !isReady(element)) return false;
    if (element instanceof HTMLSelectElement) return choose(element, text);
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return write(element, text);
    return false;
  };

  return orders.map((order) => {
    const elements = found(order);
    const entered = order.enter !== undefined && elements.length === 1 && enter(elements[0], order.enter);
    return { texts: elements.map(shown), entered };
  });
}
