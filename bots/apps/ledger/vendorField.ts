import { type Control, field, navigating, picked, text } from '#runner';

/** The vendor's code: chosen in a popup, after which the form is sent and comes back. */
const vendorPicker: Control = picked({
  opener: (form) => form.locator('input[value="..."]'),
  async pick(popup, code) {
    await popup.locator('[name=s1]').fill(code);
    await navigating(popup.mainFrame(), () => popup.getByRole('button', { name: 'Search' }).click());
    await popup.getByRole('link', { name: code, exact: true }).click();
  },
  shows: (form) => form.locator('[name=f1]'),
  postsBack: true,
});

export const vendorField = field(text, vendorPicker, 'Vendor');
