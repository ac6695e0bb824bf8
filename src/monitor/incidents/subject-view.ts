/** The view that an incident's subject is, or is a feature of: "feature_view:driver_stats", "feature:driver_stats:acc_rate". */
export function viewOfSubject(subject: string): string {
  const [kind, view = "", ...rest] = subject.split(":");
  return kind === "feature" ? view : [view, ...rest].join(":");
}
