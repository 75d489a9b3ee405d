// A separate thread that solves suits one after the other, so that the thread that serves sockets never waits for it.
import { parentPort, workerData } from 'node:worker_threads'
import { openPool } from '../../../shared/db/pool.ts'
import { CandidateStore } from './candidates.ts'
import type { JointQuestion, SuitQuestion, JointReport, ProgressReport } from './progress.ts'
import { SuitSolver } from './suit-solver.ts'

/** A search to do. The flag is raised to end it. */
export interface Task {
  id: number
  question: SuitQuestion | JointQuestion
  flag: SharedArrayBuffer
}

/** How a search stands; or why it failed, which is no fault of who asked. */
export type WorkerMessage = { id: number; progress: ProgressReport | JointReport } | { id: number; failure: string }

const { databaseUrl } = workerData as { databaseUrl: string }
const port = parentPort!
const pool = openPool(databaseUrl, { name: 'suits', max: 1, readOnly: true })
const solver = new SuitSolver(new CandidateStore(pool))
const publish = (message: WorkerMessage) => port.postMessage(message)

port.on('message', ({ id, question, flag }: Task) => {
  const raised = new Int32Array(flag)
  solver
    .run(question, {
      isCancelled: () => Atomics.load(raised, 0) !== 0,
      publish: (progress) => publish({ id, progress }),
    })
    .catch((error: unknown) =>
      publish({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
})
