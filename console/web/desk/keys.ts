import { useLayoutEffect, useRef } from 'react';

interface DeskKeys {
  readonly onSend: (() => void) | undefined;
  readonly onLeave: () => void;
}

/** Ctrl+Enter sends, Esc leaves: unless a dialog or a list is open, which Esc closes first. A key held down counts once. */
export function useDeskKeys(keys: DeskKeys): void {
  const now = useRef(keys);
  now.current = keys;
  // Before the dialogs of the desk listen: when Esc closes one of them, it must still be seen to be open here.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || document.querySelector('[role="dialog"]') !== null) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        now.current.onSend?.();
      }
      if (event.key === 'Escape' && !isListOpen(event.target)) now.current.onLeave();
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, []);
}

function isListOpen(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';
}
