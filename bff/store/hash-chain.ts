/** A row whose link covers its content and the link before it: a change, a gap or a forgery shows. */
type ChainRow = { readonly seq: number; readonly previous: Buffer; readonly link: Buffer };

export type ChainCheck = {
  /** How many rows hold, from the first on. */
  readonly rows: number;
  /** The last row that holds. Written down elsewhere, it later shows whether rows after it were cut off. */
  readonly last?: { readonly seq: number; readonly link: Buffer };
  /** The number of the first row that was changed, or that follows a missing one. */
  readonly brokenAt?: number;
};

/** What the first row follows. */
export const startOfChain = Buffer.alloc(32);

const pageSize = 1_000;

/** Follows a chain from its start, a page at a time, until it ends or breaks. */
export async function followChain<Row extends ChainRow>(
  pageAfter: (seq: number | undefined, limit: number) => Promise<readonly Row[]>,
  linkOf: (row: Row) => Buffer,
): Promise<ChainCheck> {
  let rows = 0;
  let last: ChainCheck['last'];
  for (;;) {
    const page = await pageAfter(last?.seq, pageSize);
    for (const row of page) {
      const follows = row.previous.equals(last?.link ?? startOfChain);
      if (!follows || !row.link.equals(linkOf(row)))
        return { rows, ...(last && { last }), brokenAt: row.seq };
      rows += 1;
      last = { seq: row.seq, link: row.link };
    }
    if (page.length < pageSize) return { rows, ...(last && { last }) };
  }
}
