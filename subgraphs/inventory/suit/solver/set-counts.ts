import { lastChange, MAX_PIECES, type Problem } from './problem.ts'

const WIDTH = MAX_PIECES + 1

/** How many pieces of each set are worn, as numbers of states: only as far as one more still changes anything. */
export class SetCounts {
  /** Counts beyond these change nothing. */
  readonly most: readonly [number, number]
  /** States there are: `first * (most[1] + 1) + second`. */
  readonly states: number
  /** What the sets add in each state. */
  readonly gain: Float64Array
  /** The states after one more piece of no set, of the first, of the second. */
  readonly next: readonly Int32Array[]

  constructor({ setGain }: Problem) {
    this.most = [lastChange(setGain, WIDTH, 1), lastChange(setGain, 1, WIDTH)]
    const [mostA, mostB] = this.most
    const width = mostB + 1
    this.states = (mostA + 1) * width
    this.gain = new Float64Array(this.states)
    this.next = [0, 1, 2].map(() => new Int32Array(this.states))
    for (let a = 0; a <= mostA; a++)
      for (let b = 0; b <= mostB; b++) {
        const at = a * width + b
        this.gain[at] = setGain[a * WIDTH + b]!
        this.next[0]![at] = at
        this.next[1]![at] = a < mostA ? at + width : at
        this.next[2]![at] = b < mostB ? at + 1 : at
      }
  }
}
