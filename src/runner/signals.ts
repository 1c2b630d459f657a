import { setMaxListeners } from 'node:events'

/** Signals by which the runner ends a step (actions/runner, ProcessInvoker.cs; Node maps CTRL_BREAK to SIGBREAK). */
const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGBREAK']

/** A signal that is aborted by the first of the runner's; those that follow change nothing. */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  // Each job that is followed listens to it.
  setMaxListeners(0, controller.signal)
  for (const signal of signals) {
    process.on(signal, () => controller.abort(new Error(`stopped by ${signal}`)))
  }
  return controller.signal
}
