/** Larder's mark: jars on two shelves. */
export function Logo({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#5a51d6" />
      <g fill="#fff">
        <rect x="7.5" y="6.5" width="5" height="7" rx="1.6" />
        <rect x="14" y="8.5" width="4" height="5" rx="1.4" opacity=".72" />
        <rect x="19.5" y="6.5" width="5" height="7" rx="1.6" opacity=".9" />
        <rect x="6" y="14.2" width="20" height="1.8" rx=".9" />
        <rect x="7.5" y="19" width="4" height="5" rx="1.4" opacity=".72" />
        <rect x="13" y="17.5" width="5" height="6.5" rx="1.6" />
        <rect x="19.5" y="19.5" width="4.5" height="4.5" rx="1.4" opacity=".9" />
        <rect x="6" y="24.6" width="20" height="1.8" rx=".9" />
      </g>
    </svg>
  );
}
