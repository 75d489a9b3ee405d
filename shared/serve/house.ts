/** Things opened in order, to be closed in reverse. One that fails to close does not keep the others open. */
export class House implements AsyncDisposable {
  readonly #closers: (() => PromiseLike<void> | void)[] = []

  /** Remembers what to close; hands it back. */
  keep<T extends AsyncDisposable>(thing: T): T {
    this.#closers.push(() => thing[Symbol.asyncDispose]())
    return thing
  }

  /** Remembers a way of closing. */
  defer(close: () => PromiseLike<void> | void): void {
    this.#closers.push(close)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const faults: unknown[] = []
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close()
      } catch (error) {
        faults.push(error)
      }
    }
    if (faults.length) throw new AggregateError(faults, 'Not everything could be closed')
  }
}
