import { isOutOfMemory } from "./translate-error.ts";

/** Reading a column of a file takes about so much in each thread; a row group that is larger than usual takes more. */
const MB_A_COLUMN = 6;

/**
 * Works on as many columns at once as fit into the engine's memory: all of them, of most views. A group that does not fit is halved, down to
 * single columns, which are thrown on. Answers stand in the order of the columns.
 */
export async function byGroups<Column, Answer>(
  columns: readonly Column[],
  { memoryLimitMb }: { readonly memoryLimitMb: number },
  work: (group: readonly Column[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let atOnce = Math.max(1, Math.floor(memoryLimitMb / MB_A_COLUMN));
  for (let from = 0; from < columns.length; ) {
    const group = columns.slice(from, from + atOnce);
    try {
      answers.push(...(await work(group)));
      from += group.length;
    } catch (error) {
      if (!isOutOfMemory(error) || group.length === 1) throw error;
      atOnce = Math.floor(group.length / 2);
    }
  }
  return answers;
}
