// One line of simulated time for the whole world: what is due, in order. A thousand characters share it, so a live
// shard needs one real timer, not thousands.

interface Due {
  at: number
  order: number
  act: () => void
}

const earlier = (one: Due, other: Due) => one.at < other.at || (one.at === other.at && one.order < other.order)

/** What is due, in order of time; what is due at the same moment happens in the order it was asked for. */
export class Timeline {
  now: number
  private heap: Due[] = []
  private order = 0

  constructor(start: number) {
    this.now = start
  }

  /** Lets something happen after so many milliseconds. */
  after(ms: number, act: () => void): void {
    const due = { at: this.now + Math.max(1, Math.round(ms)), order: this.order++, act }
    const heap = this.heap
    let index = heap.push(due) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!earlier(due, heap[parent]!)) break
      heap[index] = heap[parent]!
      index = parent
    }
    heap[index] = due
  }

  /** When the next thing is due; never when there is none. */
  nextAt(): number {
    return this.heap[0]?.at ?? Infinity
  }

  /** Lets time pass in which nothing happens: what is due is due that much later. */
  skip(ms: number): void {
    this.now += ms
    for (const due of this.heap) due.at += ms
  }

  /** Lets the next thing happen. */
  step(): void {
    const due = this.heap[0]
    if (!due) return
    const last = this.heap.pop()!
    if (this.heap.length > 0) this.sink(last)
    this.now = due.at
    due.act()
  }

  private sink(due: Due): void {
    const heap = this.heap
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && earlier(heap[child + 1]!, heap[child]!)) child++
      if (!earlier(heap[child]!, due)) break
      heap[index] = heap[child]!
      index = child
    }
    heap[index] = due
  }
}
