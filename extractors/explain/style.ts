/** The page's look; text reaches 4.5 : 1, boxes differ in stroke as well as in colour. */
export const STYLE = `
:root { color-scheme: light; --ink: #1f2933; --quiet: #52606d; --line: #cbd2d9; --own: #0b5cad; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #f5f7fa; }
header { padding: 16px 24px; background: #fff; border-bottom: 1px solid var(--line); }
h1 { font-size: 22px; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 18px; margin: 24px 0 8px; } h3 { font-size: 15px; margin: 0; overflow-wrap: anywhere; }
header p { margin: 4px 0 0; color: var(--quiet); }
.doubts { margin: 8px 0 0; padding: 6px 14px; list-style: none; border-left: 4px solid #b3441f; background: #fdf3ea; }
.key { margin: 0 0 10px; color: var(--quiet); font-size: 14px; }
fieldset { border: 0; padding: 0; margin: 12px 0 0; display: flex; flex-wrap: wrap; gap: 4px 20px; }
legend { float: left; margin-right: 12px; font-weight: 600; }
label { display: inline-flex; gap: 6px; align-items: center; min-height: 28px; }
input { width: 18px; height: 18px; accent-color: var(--own); }
main { display: grid; grid-template-columns: minmax(0, 1fr) 420px; gap: 24px; padding: 24px; align-items: start; }
aside { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: 0 4px 24px; }
aside h2:first-child { margin-top: 0; }
.page { margin: 0 0 24px; } figcaption { color: var(--quiet); font-size: 14px; }
.sheet { position: relative; background: #fff; border: 1px solid var(--line); }
.sheet img, .bare { display: block; width: 100%; height: auto; }
.boxes { position: absolute; inset: 0; width: 100%; height: 100%; }
rect { fill: transparent; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.sure { stroke: #8a97a6; } .doubtful { stroke: #b3441f; stroke-dasharray: 4 2; }
.marks rect { stroke: #7a3fa0; stroke-dasharray: 2 2; stroke-width: 2; } .marks .label { stroke: #1b6e4b; stroke-dasharray: 6 3; }
.notes rect { stroke: #b3441f; stroke-width: 2; stroke-dasharray: 2 3; fill: #ffbf0026; }
.values rect { stroke: var(--own); stroke-width: 2; fill: #0b5cad14; }
.values a:focus-visible { outline: none; } .values a:focus-visible rect { stroke-width: 4; }
body:has(#show-words:not(:checked)) .words, body:has(#show-marks:not(:checked)) .marks, body:has(#show-values:not(:checked)) .values { display: none; }
.fields { list-style: none; margin: 0; padding: 0; }
.fields > li { background: #fff; border: 1px solid var(--line); border-left: 4px solid var(--line); padding: 10px 14px; margin-bottom: 10px; scroll-margin: 12px; }
.fields > li:hover, .fields > li:focus-within, .fields > li:focus, .fields > li:target { border-color: var(--own); background: #eef5fc; outline: none; }
.fields > li:focus-visible { outline: 3px solid var(--own); outline-offset: 2px; }
.value { margin: 2px 0; font-size: 17px; font-weight: 600; overflow-wrap: anywhere; } .none { color: var(--quiet); font-weight: 400; font-style: italic; }
.trust { margin: 0 0 4px; font-size: 14px; } meter { width: 80px; vertical-align: middle; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 12px; margin: 0; font-size: 14px; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--own); min-height: 24px; }
dl ul { margin: 0; padding: 0; list-style: none; } .share { color: var(--quiet); }
.tag { display: inline-block; padding: 0 6px; border: 1px solid var(--line); border-radius: 3px; background: #fff; }
.list { overflow-x: auto; } table { border-collapse: collapse; font-size: 14px; background: #fff; } th, td { text-align: left; vertical-align: top; padding: 3px 8px; border: 1px solid var(--line); }
a { color: var(--own); }
@media (max-width: 900px) { main { grid-template-columns: minmax(0, 1fr); padding: 12px; } header { padding: 12px; } aside { position: static; max-height: none; } }
`;

/** Pointing at a field, or stepping onto it with the keyboard, lights up its boxes, and the other way round. */
export function highlights(ids: readonly string[]): string {
  return ids
    .map((id) => {
      const lit = ['hover', 'focus-within', 'focus', 'target'].map((how) => `body:has(#${id}:${how}) .of-${id} rect`);
      const back = ['hover', 'focus-within'].map((how) => `body:has(.of-${id}:${how}) #${id}`);
      return `${lit.join(', ')}, .of-${id}:target rect { stroke: #8f3d00; stroke-width: 3; fill: #ffbf0059; }\n${back.join(', ')} { border-color: var(--own); background: #eef5fc; }`;
    })
    .join('\n');
}
