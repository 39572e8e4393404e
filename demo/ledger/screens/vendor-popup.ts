import { type Html, html, page, scriptString, textField } from '../html.ts';
import type { LedgerVendor } from '../types.ts';
import { containsText, list, pager, sliceOf } from './listing.ts';
import type { Answer, Call } from './screen.ts';

/*
 * The form holds a hidden code and shows a name. The popup writes both into its opener, posts the opener's form back
 * and closes itself; when the vendor is already the chosen one, it only closes.
 */
export const POPUP_SCRIPT = `function vendors() {
  window.open('pick.asp', 'pick', 'width=520,height=420,scrollbars=yes');
}
function choose(code, name) {
  var f = document.forms[0];
  if (f.f1.value == code) return;
  f.f1.value = code;
  f.f2.value = name;
  f.submit();
}`;

export function vendorField(vendor: LedgerVendor | undefined, code: string): Html {
  return html`<input type="hidden" name="f1" value="${code}"><input type="text" name="f2" value="${vendor?.name ?? ''}" size="38" readonly>
<input type="button" value="..." onclick="vendors()">`;
}

export function vendorPopup({ query, books }: Call): Answer {
  const part = query.get('s1') ?? '';
  const found = books.data.vendors.filter(({ code, name }) => containsText(code, part) || containsText(name, part));
  const slice = sliceOf(found, query);
  const rows = slice.rows.map(({ code, name, city }) => [
    choice(code, name, code),
    choice(code, name, name),
    html`${city}`,
  ]);
  const body = html`<form action="pick.asp" method="get" style="margin:0">
Code or name ${textField('s1', part, 24, 40)} <input type="submit" value="Search"></form><br>
${found.length ? list(['Code', 'Name', 'City'], rows) : html`<p>No vendors found.</p>`}
${pager('pick.asp', query, slice)}`;
  return { page: page('Choose vendor', body) };
}

function choice(code: string, name: string, text: string): Html {
  const script = `opener.choose(${scriptString(code)}, ${scriptString(name)}); window.close(); return false`;
  return html`<a href="#" onclick="${script}">${text}</a>`;
}
