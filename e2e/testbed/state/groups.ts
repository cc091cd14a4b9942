/** Things by a key they share, in the order in which they came: finding them costs the same however many there are. */
export class Groups<T> {
  readonly #groups = new Map<string, T[]>();

  add(key: string, item: T): void {
    const group = this.#groups.get(key);
    if (group) group.push(item);
    else this.#groups.set(key, [item]);
  }
  of = (key: string): readonly T[] => this.#groups.get(key) ?? [];

  /** Forgets the first of a group. */
  dropFirst(key: string): void {
    const group = this.#groups.get(key);
    group?.shift();
    if (group?.length === 0) this.#groups.delete(key);
  }
}
