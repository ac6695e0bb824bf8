/**
 * Created time (null lowest), then place in the source, as one 128-bit number over columns cr and r: two int64 side by side keep their
 * order, and one number compares much faster than a pair.
 */
export const ROW_ORDER = "(coalesce(cr::HUGEINT, -9223372036854775807) * 18446744073709551616 + r)";
