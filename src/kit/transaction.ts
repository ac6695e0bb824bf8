declare const transactionBrand: unique symbol;

/** An open database transaction, opaque to everything but the adapters that made it. */
export interface Transaction {
  readonly [transactionBrand]: true;
}

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export interface Transactor {
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** Wraps a driver's own transaction; only a Transactor's adapter calls this. */
export function openTransaction(handle: object): Transaction {
  return handle as Transaction;
}

/** The driver's own transaction again: an adapter that shares the Transactor's driver may treat it as that driver's type. */
export function transactionHandle(tx: Transaction): unknown {
  return tx;
}
