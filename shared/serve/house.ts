/** Things opened in order, to be closed in reverse. One that fails to close does not keep the others open. */
export class House implements AsyncDisposable {
  readonly #closers: (() => PromiseLike<void> | void)[] = []
  #ended = false

  /** Remembers what to close; hands it back. */
  keep<T extends AsyncDisposable>(thing: T): T {
    this.defer(() => thing[Symbol.asyncDispose]())
    return thing
  }

  /** Remembers a way of closing. In a house that has ended, closes at once and throws: somebody stopped us while we started. */
  defer(close: () => PromiseLike<void> | void): void {
    if (this.#ended) {
      void close()
      throw new Error('It was stopped while it started.')
    }
    this.#closers.push(close)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true
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
