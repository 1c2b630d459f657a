/** Wrong inputs, and what a step that was given one does. */
import { expect, test } from 'vitest'
import { defaults } from '../../src/inputs/defaults.ts'
import { InputErrors, readInputs } from '../../src/inputs/inputs.ts'
import { follow, login, plainLog, type Simulator, tells } from './support.ts'

const subscription = '/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590'

/** A vault, a job and an operation that are well formed. */
export const recovery = `${subscription}/resourceGroups/rg-prod/providers/Microsoft.RecoveryServices/vaults/vault-prod`
export const guid = '8eece52b-e77d-4dd6-859f-e20fa384cc78'
export const job = `${recovery}/backupJobs/${guid}`
export const operationAt = (origin: string) =>
  `${origin}${recovery}/backupOperations/${guid}?api-version=2021-10-01`
export const vault = {
  'subscription-id': '0b1f6471-1bf0-4dda-aec3-cb9272f09590',
  'resource-group': 'rg-prod',
  'vault-name': 'vault-prod',
}

/** A secret that wrong inputs have in them, and that is shown nowhere. */
export const password = 'hunter2hunter2'

/** A wrong input. */
export interface Case {
  name: string
  input: string
  /** What the message says beyond the input's name. */
  says: RegExp
  inputs: Record<string, string>
  environment?: Record<string, string>
}

/** One of so many is given to a step; the others are read as a step reads them, a hundred times as fast. */
const asStep = 10

/** A test for each: one error that names the input, and nothing asked. */
export function refuses(simulator: Simulator, cases: Case[]): void {
  for (const [index, one] of cases.entries()) {
    if (index % asStep === 0) tells(one.name, () => refusedByStep(simulator, one))
    else test(one.name, () => expectSaid(one, errorsOf(simulator, one).join('\n')))
  }
}

function errorsOf(simulator: Simulator, { inputs, environment = {} }: Case): string[] {
  const given: Record<string, string> = { ...defaults, ...login(simulator), ...inputs }
  try {
    readInputs((name) => given[name] ?? '', environment)
  } catch (error) {
    if (error instanceof InputErrors) return error.errors.map(({ message }) => message)
    throw error
  }
  return []
}

function expectSaid({ input, says }: Case, message: string): void {
  expect(message.replace(':', ' ').startsWith(`Input ${input} `)).toBe(true)
  expect(message).toMatch(says)
  expect(message).not.toContain(password)
}

async function refusedByStep(simulator: Simulator, one: Case): Promise<void> {
  const run = await follow(simulator, one.inputs, { environment: one.environment ?? {} })
  const [error, ...further] = run.annotations
  expect(further).toEqual([])
  expect(error?.level).toBe('error')
  expectSaid(one, error?.message ?? '')
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({
    conclusion: 'error',
    status: '',
    'error-code': '',
    'error-message': error?.message,
  })
  // No stack trace, and nothing else that is not for a person.
  expect(plainLog(run).filter((line) => line !== '')).toHaveLength(1)
  expect(run.masks).toEqual([])
  expect(run.stdout + run.summary + JSON.stringify(run.outputs)).not.toContain(password)
  expect(simulator.requests).toEqual([])
}
