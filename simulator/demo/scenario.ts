import type { Fault, Simulator, StartOptions } from '../api.ts'

/** A thing that happens to people who back up. Durations are in simulated seconds. */
export interface Scenario {
  name: string
  description: string
  /** The kind of operation, and how it goes. */
  kind: string
  options?: StartOptions
  /** Or: makes what there is by itself, and gives the inputs that name it. */
  begin?: (simulator: Simulator) => Record<string, string>
  /** Inputs of the action beyond the operation's URL and the login. */
  inputs?: Record<string, string>
  /** Names the vault too, for what its URL does not say. */
  namesVault?: boolean
  faults?: Fault[]
  /** Someone else cancels the job after so long. */
  cancelAfterSeconds?: number
  /** How the step must end. */
  conclusion: string
  exitCode: 0 | 1
}
