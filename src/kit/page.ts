/** One page of a list that the database cut: `total` counts all rows that match. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
  readonly page: number; // from 1
  readonly pageSize: number;
}

export interface PageRequest {
  readonly page: number;
  readonly pageSize: number;
}
