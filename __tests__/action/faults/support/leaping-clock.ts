/** Hours in no time: one action and one simulator on a clock that leaps over every pause. See leaping-clock.mjs. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../../simulator/simulator.ts'
import { tells } from '../../support.ts'

/** A simulator whose clock follows that of the action that is started with this environment, one at a time. */
export interface LeapingSimulator extends Simulator {
  leaping: Record<string, string>
}

/** Its `environment()` has the preload too. */
export async function startLeapingSimulator(options: SimulatorOptions = {}): Promise<LeapingSimulator> {
  const folder = mkdtempSync(join(tmpdir(), 'leaping-clock-'))
  const path = join(folder, 'clock')
  writeFileSync(path, Buffer.alloc(8))
  const file = openSync(path, 'r')
  const buffer = Buffer.alloc(8)
  const simulator = await startSimulator(options)
  simulator.clock.now = () => {
    readSync(file, buffer, 0, 8, 0)
    return Date.now() + buffer.readDoubleLE()
  }
  const leaping = {
    LEAPING_CLOCK_FILE: path,
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'leaping-clock.mjs')}`,
  }
  return {
    ...simulator,
    leaping,
    environment: () => ({ ...simulator.environment(), ...leaping }),
    close: async () => {
      await simulator.close()
      closeSync(file)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Gives the body such a simulator of its own. */
export async function withLeapingSimulator<Value>(
  options: SimulatorOptions,
  body: (simulator: LeapingSimulator) => Promise<Value>,
): Promise<Value> {
  const simulator = await startLeapingSimulator(options)
  try {
    return await body(simulator)
  } finally {
    await simulator.close()
  }
}

/** A test with one, beside others of its file. */
export function leaps(
  name: string,
  body: (simulator: LeapingSimulator) => Promise<void>,
  options: SimulatorOptions = {},
): void {
  tells(name, () => withLeapingSimulator(options, body))
}
