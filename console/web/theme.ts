import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** Ledger green: the colour of what is right and of what may be pressed. */
const ledger: MantineColorsTuple = [
  '#e8f6f0',
  '#cfeadf',
  '#a2d8c4',
  '#6fc4a6',
  '#45b28d',
  '#2aa37b',
  '#14906a',
  '#0b7355',
  '#095c45',
  '#064634',
];

/** Cool ink for dark mode, in place of neutral greys. */
const dark: MantineColorsTuple = [
  '#e4e9ee',
  '#b9c3cd',
  '#9aa7b4',
  '#75838f',
  '#3a4652',
  '#2c3640',
  '#212932',
  '#191f27',
  '#12171d',
  '#0c1014',
];

const ON_PRIMARY = 'var(--rk-on-primary)';

/** Words on the primary colour: the library measures them against its light shade only. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const isPrimary = (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
  return input.variant === 'filled' && isPrimary ? { ...colors, color: ON_PRIMARY } : colors;
};
export const theme = createTheme({
  variantColorResolver: variantColors,
  primaryColor: 'ledger',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { ledger, dark },
  white: '#ffffff',
  black: '#1b222b',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  fontFamily:
    'Inter, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", system-ui, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '650',
    textWrap: 'balance',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.25' }, h2: { fontSize: '1.05rem', lineHeight: '1.35' } },
  },
  components: {
    Checkbox: { defaultProps: { iconColor: ON_PRIMARY } },
    Radio: { defaultProps: { iconColor: ON_PRIMARY } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        transitionProps: { duration: 120 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: false } } },
  },
});

/**
 * Colours by what they say, measured against the surface they stand on (at least 4.5 : 1 for words):
 * the library's own dimmed, placeholder and error colours stay below that on white.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f7f6f2',
    '--mantine-color-text': '#1b222b',
    '--mantine-color-dimmed': '#586170',
    '--mantine-color-placeholder': '#667080',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0a684d',
    '--mantine-color-default-border': '#d9d5ca',
    '--rk-on-primary': '#ffffff',
    '--rk-surface': '#ffffff',
    '--rk-sunken': '#efede6',
    '--rk-line': '#e4e0d6',
    '--rk-input-line': '#8d8f94',
    '--rk-good': '#0a684d',
    '--rk-good-soft': '#e0f2ea',
    '--rk-doubt': '#8a4b00',
    '--rk-doubt-strong': '#c26a00',
    '--rk-doubt-soft': '#fdf0d8',
    '--rk-bad': '#b3261e',
    '--rk-bad-soft': '#fce8e6',
    '--rk-busy': '#1b5aa6',
    '--rk-busy-soft': '#e4eefa',
    '--rk-quiet': '#586170',
    '--rk-quiet-soft': '#edebe4',
    '--rk-shadow': '0 1px 2px rgb(40 34 20 / 6%), 0 4px 14px rgb(40 34 20 / 5%)',
  },
  dark: {
    '--mantine-color-body': '#12171d',
    '--mantine-color-text': '#e4e9ee',
    '--mantine-color-dimmed': '#9aa7b4',
    '--mantine-color-placeholder': '#8593a0',
    '--mantine-color-error': '#ff9a8f',
    '--mantine-color-anchor': '#6fd0ae',
    '--mantine-color-default-border': '#3a4652',
    '--rk-on-primary': '#0c1014',
    '--rk-surface': '#191f27',
    '--rk-sunken': '#0e1217',
    '--rk-line': '#2c3640',
    '--rk-input-line': '#687683',
    '--rk-good': '#6fd0ae',
    '--rk-good-soft': '#12332a',
    '--rk-doubt': '#f4bd62',
    '--rk-doubt-strong': '#e8a33c',
    '--rk-doubt-soft': '#3a2c12',
    '--rk-bad': '#ff9a8f',
    '--rk-bad-soft': '#43211f',
    '--rk-busy': '#8fbdf2',
    '--rk-busy-soft': '#1a2d44',
    '--rk-quiet': '#9aa7b4',
    '--rk-quiet-soft': '#262f38',
    '--rk-shadow': '0 1px 2px rgb(0 0 0 / 40%)',
  },
});
