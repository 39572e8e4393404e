import { randomBytes } from 'node:crypto';
import { showDate } from '../formats.ts';
import { captioned, type Html, html, redText, screenPage, selectField, sheet, shown } from '../html.ts';
import type { Form } from '../latin1.ts';
import type { Memo } from '../types.ts';
import { list } from './listing.ts';
import type { Answer, Call } from './screen.ts';

/*
 * A later addition by another hand: names that are new on each page, one id for everything, a list that is made of table cells
 * at the end of the page, a date in two fields, an editor in a frame, a file that travels by itself. None of it works before
 * the page has woken up, and what was done before is forgotten.
 */

const TOPICS = ['Prices', 'Delivery', 'Payment', 'Quality'];

export function memoScreen({ form, session, books, now }: Call): Answer {
  if (!form) return formPage();
  const memo = readEntry(form);
  if (memo.supplier === '') return formPage(['Error! Supplier missing!']);
  const postedBy = { postedBy: session.user, postedAt: new Date(now).toISOString() };
  return { write: () => postedPage(books.postMemo({ ...memo, ...postedBy })) };
}

/** Takes a file and answers with what the form is to remember of it. */
export function memoFile({ form }: Call): Answer {
  return { page: html`${form?.get('n') ?? ''}, ${(form?.get('d') ?? '').length} characters` };
}

export function memoEnquiry({ books }: Call): Answer {
  const rows = books.data.memos.map(({ number, supplier, topic }) => [
    html`<a href="enq_memo.asp?n=${number}">${number}</a>`,
    html`${supplier}`,
    html`${topic}`,
  ]);
  return { page: screenPage('Memo enquiry', list(['Memo', 'Supplier', 'Topic'], rows)) };
}

export function memoDetail({ query, books }: Call): Answer {
  const memo = books.data.memos.find(({ number }) => number === query.get('n'));
  if (!memo) return { page: screenPage('Memo', redText('Memo not found!')) };
  const rows = [
    html`${captioned('Memo', shown(memo.number))}${captioned('Supplier', shown(memo.supplier))}`,
    html`${captioned('Topic', shown(memo.topic))}${captioned('Follow-up', shown(showDate(memo.followUp)))}`,
    html`${captioned('Text', shown(memo.text))}${captioned('Attachment', shown(memo.attachment.split(',')[0] ?? ''))}`,
  ];
  return { page: screenPage('Memo', sheet(rows)) };
}

function readEntry(form: Form): Pick<Memo, 'supplier' | 'topic' | 'followUp' | 'text' | 'attachment'> {
  const named = (name: string) => form.get(name) ?? '';
  const supplier = named(named('f0'));
  return { supplier, topic: named('f1'), followUp: named('f2'), text: named('f3'), attachment: named('f4') };
}

function formPage(errors: readonly string[] = []): { page: Html } {
  const name = `f${randomBytes(4).toString('hex')}`;
  const rows = [
    html`${captioned('Supplier', html`<input type="text" id="x" name="${name}" size="20">`)}`,
    html`${captioned('Topic', html`<input type="hidden" name="f1" value=""><b id="topic">(none)</b>`)}`,
    html`${captioned('Follow-up', html`<input type="text" id="x" size="11"><input type="hidden" name="f2" value="">`)}`,
    html`${captioned('Text', html`<iframe id="editor" width="300" height="60"></iframe><input type="hidden" name="f3">`)}`,
    html`${captioned('Attachment', html`<input type="file" id="x"> <i>(none)</i><input type="hidden" name="f4" value="">`)}`,
  ];
  const entries = TOPICS.map((topic) => html`<tr><td bgcolor="#ffffff">${topic}</td></tr>`);
  const body = html`${errors.map((error) => html`<p>${redText(error)}</p>`)}
<form action="memo.asp" method="post">
<input type="hidden" name="f0" value="${name}">
${sheet(rows)}
<br><input type="submit" name="b1" value="Post"> ${selectField('f9', ['Printer 1', 'Printer 2'], 'Printer 1')}
</form>
<table id="topics" style="display:none" border="1">${entries}</table>`;
  return { page: screenPage('Supplier memo', body, { script: SCRIPT, onload: "setTimeout('wake()', 1500)" }) };
}

const SCRIPT = `function iso(text) {
  var d = text.split('.');
  return d.length == 3 ? d[2] + '-' + d[1] + '-' + d[0] : '';
}
function wake() {
  var f = document.forms[0], all = f.getElementsByTagName('input');
  var topics = document.getElementById('topics'), shown = document.getElementById('topic');
  var editor = document.getElementById('editor').contentWindow.document;
  var date, file;
  for (var i = 0; i < all.length; i++) {
    if (all[i].type == 'file') file = all[i];
    if (all[i].type == 'text' && all[i].name == '') date = all[i];
  }
  editor.designMode = 'on';
  shown.onclick = function() { topics.style.display = 'block'; };
  topics.onclick = function(e) {
    f.f1.value = shown.innerText = e.target.innerText;
    topics.style.display = 'none';
  };
  date.onchange = function() { f.f2.value = iso(date.value); };
  file.onchange = function() {
    var reader = new FileReader();
    reader.onload = function() { setTimeout(function() { send(f, file, reader.result); }, 400); };
    reader.readAsText(file.files[0]);
  };
  f.onsubmit = function() { f.f3.value = editor.body.innerText; };
  document.body.className = 'awake';
}
function send(f, file, text) {
  var request = new XMLHttpRequest();
  request.open('POST', 'memo_file.asp');
  request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
  request.onload = function() {
    f.f4.value = request.responseText;
    f.getElementsByTagName('i')[0].innerText = file.files[0].name;
  };
  request.send('n=' + escape(file.files[0].name) + '&d=' + escape(text));
}`;

function postedPage({ number }: Memo): Html {
  return screenPage('Supplier memo', html`<p><font color="#006600"><b>Memo ${number} posted</b></font></p>`);
}
