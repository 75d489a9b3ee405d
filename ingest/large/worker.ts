// A separate thread that reads large frames one after the other, so that the thread that serves sockets never waits for
// it. It gives a piece only when it is asked for one: what is sent at once is received at once.
import os from 'node:os'
import { parentPort } from 'node:worker_threads'
import { readArrived, takeApart, type ItemsPiece, type ArrivedFrame } from './pieces.ts'

/** A frame to read, or the next piece of the last one's result. */
export type Question = ArrivedFrame | 'next'

/** The thread that serves everybody comes first. Only Linux has a priority for each thread. */
const NICE = 10
if (process.platform === 'linux') os.setPriority(Math.max(os.getPriority(), NICE))

const port = parentPort!
let waiting: ItemsPiece[] = []

port.on('message', (question: Question) => {
  if (question === 'next') return port.postMessage(waiting.shift())
  const { head, pieces } = takeApart(readArrived(question))
  waiting = pieces
  port.postMessage(head)
})
