// Works on turns as the graph sends them: each once, until it is stopped or the process ends.
import type { Log } from '../../shared/log.ts'

/** A turn to work on, or one to stop. */
export interface Task {
  kind: 'RUN' | 'STOP'
  turnId: string
}

export interface TaskLoopOptions<T extends Task> {
  /** Subscribes to tasks; gives what ends that. */
  follow: (onTask: (task: T) => void) => () => void
  /** Works on a turn until `stop` is aborted. */
  work: (task: T, stop: AbortController) => Promise<void>
  log: Log
  /** What is logged if a turn could not be reported to its end. */
  failure: string
}

/** Works on turns until it is disposed of; what is under way then is stopped, and its end reported first. */
export function runTasks<T extends Task>({ follow, work, log, failure }: TaskLoopOptions<T>): AsyncDisposable {
  const running = new Map<string, AbortController>()
  const finished = new Set<Promise<void>>()

  function begin(task: T): void {
    const stop = new AbortController()
    running.set(task.turnId, stop)
    const worked = work(task, stop)
      .catch((error: unknown) => log.warn({ error, turn: task.turnId }, failure))
      .finally(() => {
        running.delete(task.turnId)
        finished.delete(worked)
      })
    finished.add(worked)
  }

  const end = follow((task) => {
    if (task.kind === 'STOP') running.get(task.turnId)?.abort()
    else if (!running.has(task.turnId)) begin(task)
  })
  return {
    async [Symbol.asyncDispose]() {
      for (const stop of running.values()) stop.abort()
      await Promise.all(finished)
      end()
    },
  }
}
