import { useCallback, useState } from 'react';
import type { DocumentRef } from '#core';
import { pageUrl } from '../api/client.ts';

const counted = new Map<string, number>();

/**
 * How many pages a paper is known to have. A paper does not say: the page after the last one shown is asked for,
 * and is there or not.
 */
export function usePageCount(
  { sha256 }: DocumentRef,
  atLeast: number,
): { readonly count: number; readonly lookFurther: () => void } {
  const [count, setCount] = useState(() => Math.max(1, atLeast, counted.get(sha256) ?? 1));
  const lookFurther = useCallback(() => {
    if (counted.has(sha256)) return;
    counted.set(sha256, count);
    const next = new Image();
    next.onload = () => {
      counted.delete(sha256);
      setCount(count + 1);
    };
    next.src = pageUrl(sha256, count + 1, 0);
  }, [sha256, count]);
  return { count, lookFurther };
}
