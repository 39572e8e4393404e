import { BusinessException, type Control, field, navigating, picked, text } from '#runner';

/** The vendor's code: chosen in a popup, after which the form is sent and comes back. */
const vendorPicker: Control = picked({
  opener: (form) => form.locator('input[value="..."]'),
  async pick(popup, code) {
    await popup.locator('[name=s1]').fill(code);
    await navigating(popup.mainFrame(), () => popup.getByRole('button', { name: 'Search' }).click());
    const entry = popup.getByRole('link', { name: code, exact: true });
    const next = popup.getByText('Next >>');
    while ((await entry.count()) === 0) {
      if ((await next.count()) === 0) throw noSuchVendor();
      await navigating(popup.mainFrame(), () => next.click());
    }
    await entry.click();
  },
  shows: { css: '[name=f1]' },
  postsBack: true,
});

function noSuchVendor(): BusinessException {
  const why = 'The master data has no supplier with this code.';
  return new BusinessException('unknown-vendor', why, { fields: ['vendor'] });
}

export const vendorField = field(text, vendorPicker, 'Vendor');
