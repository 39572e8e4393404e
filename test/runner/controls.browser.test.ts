import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beside, coded, named, shown } from '#runner';
import { launchChromium } from '../support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** A form that notes which events came to which field, and whether a person could have made them. */
async function form(body: string) {
  const page = await browser.newPage();
  page.setDefaultTimeout(5000);
  await page.setContent(`<form><table>${body}</table></form><p id=log></p><script>
    for (const type of ['focus', 'input', 'change', 'blur'])
      document.addEventListener(type, ({ target, isTrusted }) => {
        if (target.name) log.textContent += target.name + ' ' + type + (isTrusted ? '' : '?') + '; ';
      }, true);
  </script>`);
  return { frame: page.mainFrame(), log: () => page.locator('#log').innerText(), page };
}

describe('a field of a form', () => {
  it('takes text as from a person: input while it goes in, change when the field is left', async () => {
    const { frame, log } = await form('<tr><td>Due</td><td><input name=due value=old></td></tr>');
    await named('due', 'Due').type(frame, '20.03.2026');
    expect(await named('due').read(frame)).toBe('20.03.2026');
    expect((await log()).trim()).toBe('due focus; due input; due change; due blur;');
  });

  it('is emptied where the value is nothing', async () => {
    const { frame, log } = await form('<tr><td>Order</td><td><input name=order value=old></td></tr>');
    await beside('Order').type(frame, '');
    expect(await beside('Order').read(frame)).toBe('');
    expect(await log()).toContain('order change');
  });

  it('cuts what is longer than it, as under a person’s fingers', async () => {
    const { frame } = await form('<tr><td><input name=number maxlength=5></td></tr>');
    await named('number').type(frame, '1234567');
    expect(await named('number').read(frame)).toBe('12345');
  });

  it('keeps lines, quotes and signs of any script', async () => {
    const { frame } = await form('<tr><td><textarea name=note></textarea></td></tr>');
    const text = '“Ça” <b>&amp;</b>\n日本 😀 \\ "';
    await named('note').type(frame, text);
    expect(await named('note').read(frame)).toBe(text);
  });

  it('that is a list takes the entry that reads so, and tells the page', async () => {
    const { frame, log } = await form(
      '<tr><td><select name=currency><option value=1>EUR<option value=2>USD</select></td></tr>',
    );
    await named('currency').type(frame, 'USD');
    expect(await named('currency').read(frame)).toBe('USD');
    expect(await log()).toContain('currency change');
  });

  it('that is a list without it is a person’s matter', async () => {
    const { frame } = await form('<tr><td><select name=currency><option>EUR</select></td></tr>');
    await expect(named('currency').type(frame, 'USD')).rejects.toMatchObject({ code: 'option-missing' });
  });

  it('is waited for until it is there', async () => {
    const { frame, page } = await form('<tr id=row></tr>');
    const typed = named('late').type(frame, 'x');
    await page.evaluate(() => {
      document.querySelector('#row')!.innerHTML = '<td><input name=late></td>';
    });
    await typed;
    expect(await named('late').read(frame)).toBe('x');
  });

  it('is waited for until it takes text', async () => {
    const { frame, page } = await form('<tr><td><input name=late readonly></td></tr>');
    const typed = named('late').type(frame, 'x');
    await page.evaluate(() => document.querySelector('input')!.removeAttribute('readonly'));
    await typed;
    expect(await named('late').read(frame)).toBe('x');
  });

  it('of which there are two is none', async () => {
    const { frame } = await form('<tr><td><input name=net value=1></td><td><input name=net value=2></td></tr>');
    await expect(named('net').type(frame, 'x')).rejects.toMatchObject({ code: 'field-ambiguous' });
    await expect(named('net').read(frame)).rejects.toMatchObject({ code: 'field-ambiguous' });
  });

  it('is no other than the one beside its caption', async () => {
    const { frame } = await form('<tr><td>Net</td><td><input name=tax></td></tr>');
    frame.page().setDefaultTimeout(300);
    await expect(named('net', 'Net').type(frame, '1')).rejects.toThrow('Timeout');
    expect(await named('tax').read(frame)).toBe('');
  });
});

it('what stands side by side is read each for itself', async () => {
  const { frame } = await form(
    `<tr><td>Net&nbsp;total</td><td> 1,50 </td><td>Account</td><td><select name=account><option>1200--Bank</select></td></tr>
    <tr><td>Note</td><td><input name=note value="it's &quot;so&quot;"></td></tr>`,
  );
  const account = coded('account', (option) => option.split('--')[0] ?? '');
  const texts = [shown('Net total'), account, named('note', 'Note')].map((control) => control.read(frame));
  expect(await Promise.all(texts)).toEqual([' 1,50 ', '1200', 'it\'s "so"']);
});
