import { useEffect, useRef } from 'react';

interface DeskKeys {
  readonly onSend: (() => void) | undefined;
  readonly onLeave: () => void;
}

/** Ctrl+Enter sends, Esc leaves: unless a dialog or a list is open, which Esc closes first. A key held down counts once. */
export function useDeskKeys(keys: DeskKeys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        now.current.onSend?.();
      }
      if (event.key === 'Escape' && !isListOpen(event.target)) now.current.onLeave();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function isListOpen(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';
}
