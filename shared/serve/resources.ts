/**
 * Opened resources, closed in reverse order. One that fails to close does not keep the others open; all failures are
 * reported together.
 *
 * Not AsyncDisposableStack: a resource added after the stack was disposed, as when a signal arrives during the start,
 * would stay open there. Node 20 has none either, and the polyfill accepts such a resource without a word.
 */
export class Resources implements AsyncDisposable {
  readonly #closers: (() => PromiseLike<void> | void)[] = []
  #isDisposed = false

  /** Closes the resource at the end; returns it. */
  use<T extends AsyncDisposable>(resource: T): T {
    this.defer(() => resource[Symbol.asyncDispose]())
    return resource
  }

  /**
   * Waits for a resource that is being opened. It is closed at the end even if the end comes before it is open: a
   * database server that is just starting is not left behind.
   */
  async open<T extends AsyncDisposable>(opening: Promise<T>): Promise<T> {
    this.defer(async () => {
      const opened = await opening.catch(() => null) // the caller that opens it receives the error
      await opened?.[Symbol.asyncDispose]()
    })
    const opened = await opening
    if (this.#isDisposed) throw new Error('It was stopped while it started.')
    return opened
  }

  /**
   * Calls `close` at the end. After disposal it is called at once, and an error is thrown: the start was interrupted.
   */
  defer(close: () => PromiseLike<void> | void): void {
    if (this.#isDisposed) {
      void close()
      throw new Error('It was stopped while it started.')
    }
    this.#closers.push(close)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true
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
