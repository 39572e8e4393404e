import { type Html, html, page, redText, screenPage } from '../html.ts';
import type { LoginMethod } from '../types.ts';
import type { Call } from './screen.ts';

const PRODUCT = 'Ledger 2003';

export function loginPage(method: LoginMethod, message = ''): Html {
  return page(
    `${PRODUCT} - Login`,
    html`<br><br><br><center>
<table border="0" cellspacing="0" cellpadding="1" bgcolor="#334455"><tr><td>
<form action="login.asp" method="${method}" style="margin:0">
<table border="0" cellspacing="0" cellpadding="6" bgcolor="#d4d9df" width="340">
<tr><td colspan="2" bgcolor="#003366"><font color="#ffffff" size="3"><b>${PRODUCT}</b></font>
 <font color="#aabbcc">Accounts Payable &middot; Release 4.2c</font></td></tr>
<tr><td align="right">User</td><td><input type="text" name="f1" size="20" maxlength="20"></td></tr>
<tr><td align="right">Password</td><td><input type="password" name="f2" size="20" maxlength="20"></td></tr>
<tr><td>&nbsp;</td><td><input type="submit" name="b1" value="Log in"></td></tr>
<tr><td colspan="2" align="center">${message ? redText(message) : html`&nbsp;`}</td></tr>
</table></form></td></tr></table>
<p><font color="#888888">Best viewed with 1024 x 768 pixels. &copy; 1998-2003 Quillmark Business Systems</font></p>
</center>`,
  );
}

/** Between the password and the frameset, for users with one-time codes; carries along what was typed, as such pages do. */
export function codePage(method: LoginMethod, user: string, password: string): Html {
  return page(
    `${PRODUCT} - Code`,
    html`<br><center>
<form action="login.asp" method="${method}">
<input type="hidden" name="f1" value="${user}"><input type="hidden" name="f2" value="${password}">
Code <input type="text" name="f4" size="8" maxlength="8">
<input type="submit" name="b1" value="Go on">
</form></center>`,
  );
}

/** Nobody gets past it who does not choose a new password, and a bot must not. */
export function newPasswordPage(message: string): Html {
  return page(
    `${PRODUCT} - Password`,
    html`<br><center><p>${redText(message)}</p>
<form action="password.asp" method="post">
New password <input type="password" name="f3" size="20" maxlength="20"><br>
Again <input type="password" name="f4" size="20" maxlength="20"><br>
<input type="submit" name="b1" value="Change"></form></center>`,
  );
}

/** Before the frameset, in the whole window, for whoever has not seen what is new. */
export function tourPage(asked: string): Html {
  const skip = `frames.asp?${asked === '' ? '' : `${asked}&`}skip=1`;
  return page(
    `${PRODUCT} - Tour`,
    html`<br><center><p><b>What is new in Release 4.2c</b></p><p>Step 1 of 5: the colours of the menu.</p>
<p><a href="tour.asp?step=2">Next</a> &nbsp; <a href="${skip}">Skip the tour</a></p></center>`,
  );
}

/** A page with a survey over it, which takes every click until it is told no. */
export function underSurvey({ markup }: Html): Html {
  const survey = html`<div id="survey" style="position:fixed;top:0;left:0;width:100%;height:100%;background:#ffffdd">
<p><b>How do you like ${PRODUCT}?</b></p>
<p><a href="#" onclick="this.parentNode.parentNode.style.display='none'; return false">No, thanks</a></p></div>`;
  return { markup: markup.replace('</body>', () => `${survey.markup}</body>`) };
}

export function badGatewayPage(): Html {
  return page('Error', html`<h1>HTTP 502 - Bad gateway</h1><p>The upstream server closed the connection.</p>`);
}

export function expiredPage(): Html {
  return page(
    PRODUCT,
    html`<br><center><p>${redText('Session expired!')}</p>
<p><a href="login.asp" target="_top">Log in again</a></p></center>`,
  );
}

export function refusedPage(): Html {
  return page(PRODUCT, html`<p>${redText('Invalid call! Please use the menu.')}</p>`);
}

export function databaseErrorPage(): Html {
  return page(
    PRODUCT,
    html`<font face="Courier New">ORA-02291: integrity constraint (LEDGER.FK_VENDOR) violated - parent key not found</font>`,
  );
}

export function serverErrorPage(): Html {
  return page(
    'Error',
    html`<h1>HTTP 500 - Internal server error</h1><p>Active Server Pages error 'ASP 0115'. Trappable error.</p>`,
  );
}

export function notFoundPage(): Html {
  return page('Error', html`<h1>HTTP 404 - File not found</h1>`);
}

export function frameset(): Html {
  return html`<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Frameset//EN">
<html><head><title>${PRODUCT}</title>
<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head>
<frameset cols="180,*" border="1" frameborder="1" framespacing="1">
<frame name="menu" src="menu.asp" scrolling="auto" noresize>
<frame name="main" src="welcome.asp" scrolling="auto">
<noframes><body>Your browser does not support frames.</body></noframes>
</frameset></html>
`;
}

const MENU: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Entry',
    [
      ['voucher.asp', 'Vendor invoice'],
      ['receipt.asp', 'Goods receipt'],
      ['memo.asp', 'Supplier memo'],
    ],
  ],
  [
    'Enquiries',
    [
      ['enq_vouchers.asp', 'Vouchers'],
      ['enq_receipts.asp', 'Goods receipts'],
      ['enq_vendors.asp', 'Vendor list'],
      ['enq_memos.asp', 'Memos'],
    ],
  ],
];

export function menuPage({ session }: Call): { page: Html } {
  const groups = MENU.map(([heading, links]) => {
    const lines = links.map(
      ([path, text]) =>
        html`<tr><td bgcolor="#e8ebef">&nbsp;&raquo; <a href="${path}" target="main">${text}</a></td></tr>`,
    );
    return html`<tr><td bgcolor="#6688aa"><font color="#ffffff"><b>${heading}</b></font></td></tr>${lines}`;
  });
  const body = html`<table border="0" cellspacing="1" cellpadding="4" width="100%" bgcolor="#7788aa">
<tr><td bgcolor="#003366"><font color="#ffffff" size="3"><b>${PRODUCT}</b></font></td></tr>
${groups}
<tr><td bgcolor="#d4d9df">User: <b>${session.user}</b><br><a href="logout.asp" target="_top">Log out</a></td></tr>
</table>`;
  return { page: page('Menu', body) };
}

/** The first one after a login is greeted by an alert. */
export function welcomePage({ session }: Call): { page: Html } {
  const onload = session.greeted ? '' : "alert('Reminder: the posting period closes on Friday at 18:00.')";
  session.greeted = true;
  const body = html`<p>Welcome, <b>${session.user}</b>.</p><p>Please choose a function from the menu on the left.</p>
<p><font color="#888888">Company 01 &middot; Fiscal year 2003</font></p>`;
  return { page: screenPage('Welcome', body, { onload }) };
}
