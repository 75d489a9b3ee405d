/** Texts by numbers, from 0 in the order of their first use. One serves the rows of one read. */
export class Words {
  readonly list: string[] = []
  readonly #numbers = new Map<string, number>()

  /** The number of a text, a new one for a text that has none. */
  numberOf(text: string): number {
    let number = this.#numbers.get(text)
    if (number === undefined) {
      number = this.list.push(text) - 1
      this.#numbers.set(text, number)
    }
    return number
  }
}
