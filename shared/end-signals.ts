import { isatty } from 'node:tty'

/**
 * The signals that end a process. SIGHUP is one where a terminal could be closed: without one, as under `nohup` or a
 * service manager, it asks nobody to end (it reloads the gateway's supergraph).
 */
export function endSignals(): NodeJS.Signals[] {
  const hasTerminal = [0, 1, 2].some((fd) => isatty(fd))
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM']
  if (process.platform === 'win32') signals.push('SIGBREAK') // Ctrl-Break; a closed console gives SIGHUP
  return hasTerminal ? [...signals, 'SIGHUP'] : signals
}

/** Ends the process although something is open; what must not stay behind is registered with the event `exit`. */
export function endNow(code?: number): void {
  // eslint-disable-next-line no-restricted-properties -- everything was closed, or could not be in time
  process.exit(code)
}
