import type { ReactNode } from 'react';

/** Drawn for this console: 20 by 20, in the colour of the words beside them, and never alone in saying something. */
function icon(paths: ReactNode) {
  return function Icon({ size = 18 }: { readonly size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {paths}
      </svg>
    );
  };
}

export const OverviewIcon = icon(<path d="M3 11h5V3H3zM12 17h5V9h-5zM3 17h5v-3H3zM12 6h5V3h-5z" />);
export const ExceptionIcon = icon(<path d="M4 4h12v9h-6l-4 4v-4H4zM10 6.5v3M10 11.2v.1" />);
export const TaskIcon = icon(<path d="M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5" />);
export const ScheduleIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 6v4l2.6 1.8" />
  </>,
);
export const ApplicationIcon = icon(<path d="M3 4h14v12H3zM3 7.5h14M5.2 5.8h.1M7.4 5.8h.1M6 11h4M6 13.5h7" />);
export const QualityIcon = icon(<path d="M3 15a7.5 7.5 0 0 1 14 0M10 15l3.5-5.5M3 17h14" />);
export const CheckIcon = icon(<path d="m4.5 10.5 3.5 3.5 7.5-8" />);
export const CrossIcon = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const DoubtIcon = icon(<path d="M10 3 2.5 16.5h15zM10 8v4M10 14.2v.1" />);
export const DifferIcon = icon(<path d="M5 8h10M5 12h10M13 4 7 16" />);
export const PlusIcon = icon(<path d="M10 4v12M4 10h12" />);
export const MinusIcon = icon(<path d="M4 10h12" />);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.4" />
    <path d="M10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.3 4.3l1.2 1.2M14.5 14.5l1.2 1.2M15.7 4.3l-1.2 1.2M5.5 14.5l-1.2 1.2" />
  </>,
);
export const MoonIcon = icon(<path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z" />);
export const PersonIcon = icon(
  <>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M3.8 17c.8-3.4 3.2-5 6.2-5s5.4 1.6 6.2 5" />
  </>,
);
export const LockIcon = icon(<path d="M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9" />);
export const UploadIcon = icon(<path d="M10 13V4M6.5 7.5 10 4l3.5 3.5M4 13v3.5h12V13" />);
export const FitIcon = icon(<path d="M3 7V3h4M17 7V3h-4M3 13v4h4M17 13v4h-4" />);
export const ArrowIcon = icon(<path d="M4 10h12M11.5 5.5 16 10l-4.5 4.5" />);
