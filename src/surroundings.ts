/** Where a run touches the world: the runner, time, chance and the network enter here and nowhere else. */
import { openTransport, type Transport } from './azure/http/transport.ts'
import { chooseCredential } from './azure/identity/credential.ts'
import { type Clock, systemClock } from './base/clock.ts'
import type { Variables } from './runner/environment.ts'
import { actionsRunner, type Runner } from './runner/runner.ts'

/** All that a run is given. */
export interface Surroundings {
  env: Variables
  runner: Runner
  clock: Clock
  /** 0 to 1. */
  random: () => number
  openTransport: () => Transport
  /** The way to a token, by the inputs and the variables. */
  chooseCredential: typeof chooseCredential
  /** Aborted by a person. */
  stop: AbortSignal
}

/** Those of a step that GitHub's runner has started. */
export function machine(stop = new AbortController().signal): Surroundings {
  return {
    env: process.env,
    runner: actionsRunner,
    clock: systemClock,
    random: Math.random,
    openTransport,
    chooseCredential,
    stop,
  }
}
