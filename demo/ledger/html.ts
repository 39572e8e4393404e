/** Markup that may stand in a page as it is. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[];

/** A template whose values are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: strings.map((text, i) => text + markupOf(parts[i] ?? '')).join('') };
}

function markupOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'markup' in part ? part.markup : part.map((each) => each.markup).join('\n');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** A string as a script inside an attribute may hold it. */
export function scriptString(text: string): string {
  return JSON.stringify(text);
}

const DOCTYPE = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">';

const STYLE: Html = {
  markup: `<style type="text/css">
body, td, th, input, select { font-family: Verdana, Geneva, "DejaVu Sans", sans-serif; font-size: 10px; }
body { margin: 8px; background-color: #e8ebef; color: #000000; }
a { color: #003399; } a:hover { color: #cc3300; }
th { background-color: #6688aa; color: #ffffff; text-align: left; }
input, select { border: 2px inset #e0e0e0; border-radius: 0; padding: 1px; background-color: #ffffff; }
input[type=submit], input[type=button] { border: 2px outset #f4f4f4; background-color: #d4d0c8; padding: 1px 8px; color: #000000; }
input[readonly] { background-color: #e4e4e4; }
h1 { font-size: 14px; color: #003366; margin: 0 0 8px 0; }
</style>`,
};

/** A whole page. `onload` is a script of the application's own. */
export function page(title: string, body: Html, { script = '', onload = '' } = {}): Html {
  const scripts = script && `<script language="JavaScript" type="text/javascript">\n<!--\n${script}\n//-->\n</script>`;
  return html`${{ markup: DOCTYPE }}
<html><head><title>${title}</title>
<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">
${STYLE}${{ markup: scripts }}
</head>
<body onload="${onload}">
${body}
</body></html>
`;
}

/** A page of the main frame with its heading. */
export function screenPage(heading: string, body: Html, scripts: { script?: string; onload?: string } = {}): Html {
  return page(`Ledger 2003 - ${heading}`, html`<h1>${heading}</h1>${body}`, scripts);
}

export function redText(text: string): Html {
  return html`<font color="#cc0000"><b>${text}</b></font>`;
}

/** Caption and content side by side, as every form and every detail page shows them: nothing ties the one to the other. */
export function captioned(caption: string, content: Html): Html {
  return html`<td bgcolor="#c8d2de" nowrap><font color="#003366"><b>${caption}</b></font></td><td bgcolor="#f6f7f9" nowrap>${content}</td>`;
}

/** A value of a detail page; nothing is shown as a hard space, as table cells once needed it. */
export function shown(text: string): Html {
  return text === '' ? html`${{ markup: '&nbsp;' }}` : html`${text}`;
}

/** Rows of captions and contents in the frame of a form or a detail page. */
export function sheet(rows: readonly Html[]): Html {
  const lines = rows.map((row) => html`<tr>${row}</tr>`);
  return html`<table border="0" cellspacing="0" cellpadding="1" bgcolor="#7788aa"><tr><td>
<table border="0" cellspacing="1" cellpadding="3" width="560">
${lines}
</table>
</td></tr></table>`;
}

export function textField(name: string, value: string, size: number, maxlength: number, extra: Html = html``): Html {
  return html`<input type="text" name="${name}" value="${value}" size="${size}" maxlength="${maxlength}"${extra}>`;
}

export function selectField(name: string, options: readonly string[], selected: string): Html {
  const lines = options.map((option) =>
    option === selected ? html`<option selected>${option}</option>` : html`<option>${option}</option>`,
  );
  return html`<select name="${name}">${lines}</select>`;
}
