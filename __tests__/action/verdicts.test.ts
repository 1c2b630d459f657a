/**
 * The verdict table (design.md, section 3): every row that one run can reach, in the strictest column of fail-on that
 * passes it and the laxest that fails it; verdict.test.ts has all columns.
 */
import { expect } from 'vitest'
import { begin, expectWellFormed, follow, levels, type Run, simulate, start, tells } from './support.ts'

const simulator = await simulate()

interface Row {
  name: string
  conclusion: string
  status: string
  /** The columns that fail the step. */
  fails: ('failure' | 'warning' | 'never')[]
  /** The annotation where it does not. */
  otherwise: [] | ['warning']
  /** Further outputs. */
  outputs: Record<string, unknown>
  run(inputs: Record<string, string>): Promise<Run>
  /** A variant of a row above it: the first column tells it apart. */
  once?: true
}

const minutes = (count: number) => count * 60
const text = expect.any(String)
const some = expect.stringMatching(/./)
const job = { 'job-id': expect.stringMatching(/^[0-9a-f-]{36}$/), 'vault-name': 'vault-prod', item: 'web-01' }
const noError = { 'error-code': '', 'error-message': '', 'recommended-action': '' }
const noJob = { 'job-id': '', operation: '', 'backup-size': '', 'snapshot-completed': '', properties: '{}' }

const operation =
  (kind: string, options = {}, inputs = {}) =>
  (given: Record<string, string>) =>
    follow(simulator, { 'operation-url': start(simulator, kind, options).operationUrl, ...given, ...inputs })

const vm = { seconds: 40, snapshotSeconds: 10 }
const long = { seconds: minutes(600), snapshotSeconds: minutes(500) }

const rows: Row[] = [
  {
    name: 'a job that completed',
    conclusion: 'success',
    status: 'Completed',
    fails: [],
    otherwise: [],
    outputs: {
      ...job,
      ...noError,
      operation: 'Backup',
      'resource-group': 'rg-prod',
      duration: 'PT40S',
      'duration-seconds': '40',
      'backup-size': '19306 MB',
      'backup-size-bytes': '20243808256',
      'snapshot-completed': 'true',
      'end-time': some,
    },
    run: operation('vm-backup', vm),
  },
  {
    name: 'an operation that succeeded and started no job',
    conclusion: 'success',
    status: 'Succeeded',
    fails: [],
    otherwise: [],
    outputs: { ...noJob, ...noError, 'vault-name': 'backup-vault-prod' },
    run: operation('backup-instance'),
  },
  {
    name: 'a snapshot that is taken while the job runs',
    conclusion: 'success',
    status: 'InProgress',
    fails: [],
    otherwise: [],
    outputs: { ...job, ...noError, 'snapshot-completed': 'true', 'end-time': '', 'backup-size': '' },
    run: operation('vm-backup', { ...long, snapshotSeconds: 60 }, { 'wait-for': 'snapshot' }),
  },
  {
    name: 'a job that completed with warnings',
    conclusion: 'warning',
    status: 'CompletedWithWarnings',
    fails: ['warning'],
    otherwise: ['warning'],
    outputs: {
      ...job,
      'error-code': '400151',
      'error-message': expect.stringMatching(/^UserErrorFsFreezeFailed: Failed to freeze /),
      'recommended-action': expect.stringMatching(/^Check the file-system state /),
      duration: 'PT40S',
    },
    run: operation('vm-backup', { ...vm, ends: 'CompletedWithWarnings' }),
  },
  {
    name: 'a job that failed',
    conclusion: 'failure',
    status: 'Failed',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: {
      ...job,
      'error-code': '400095',
      'error-message':
        'UserErrorGuestAgentStatusUnavailable: VM agent is unable to communicate with the Azure Backup service.',
      'recommended-action': expect.stringMatching(/^Ensure that .* Retry the operation after some time\.$/),
      'backup-size': '',
      'snapshot-completed': 'false',
    },
    run: operation('vm-backup', { seconds: 40, snapshotSeconds: 60, ends: 'Failed' }),
  },
  {
    name: 'an operation that failed with an error',
    conclusion: 'failure',
    status: 'Failed',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: {
      ...noJob,
      'error-code': 'UserErrorVmNotInDesirableState',
      'error-message': 'VM is not in a state that allows backups.',
      item: 'web-01',
    },
    run: operation('vm-backup', { operationEnds: 'Failed', operationSeconds: 20 }),
  },
  {
    name: 'an operation that failed without an error',
    once: true,
    conclusion: 'failure',
    status: 'Failed',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: { ...noJob, ...noError },
    run: operation('vm-backup', { operationEnds: 'Failed', operationError: null }),
  },
  {
    name: 'jobs that the operation could not start',
    conclusion: 'failure',
    status: 'Failed',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: { 'job-id': '', item: 'web-09', 'error-message': 'The virtual machine was not found.' },
    run: operation('policy-change', {
      jobs: 2,
      seconds: 20,
      failedJobs: { 'web-09': 'The virtual machine was not found.' },
    }),
  },
  {
    name: 'a job that was cancelled',
    conclusion: 'cancelled',
    status: 'Cancelled',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: { ...job, 'end-time': some },
    run: operation('vm-backup', { ...vm, ends: 'Cancelled' }),
  },
  {
    name: 'an operation that was canceled',
    conclusion: 'cancelled',
    status: 'Canceled',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: noJob,
    run: operation('vm-backup', { operationEnds: 'Canceled', operationError: null }),
  },
  {
    name: 'a job that runs longer than the step may wait',
    conclusion: 'timed-out',
    status: 'InProgress',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: { ...job, ...noError, 'end-time': '', 'snapshot-completed': 'false' },
    run: operation('vm-backup', long, { 'timeout-minutes': '1' }),
  },
  {
    name: 'an operation that runs longer than the step may wait',
    once: true,
    conclusion: 'timed-out',
    status: 'InProgress',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: { ...noJob, 'end-time': '' },
    run: operation('vm-backup', { operationSeconds: minutes(600) }, { 'timeout-minutes': '1' }),
  },
  {
    name: 'a job that is looked at once and runs',
    conclusion: 'pending',
    status: 'InProgress',
    fails: [],
    otherwise: [],
    outputs: { ...job, ...noError, 'end-time': '' },
    run: operation('vm-backup', long, { 'wait-for': 'none' }),
  },
  {
    name: 'an operation that is looked at once and runs',
    once: true,
    conclusion: 'pending',
    status: 'InProgress',
    fails: [],
    otherwise: [],
    outputs: noJob,
    run: operation('vm-backup', { operationSeconds: minutes(600) }, { 'wait-for': 'none' }),
  },
  {
    name: 'a wait that a signal stops',
    conclusion: 'pending',
    status: 'InProgress',
    fails: ['failure', 'warning'],
    otherwise: ['warning'],
    outputs: { ...job, 'end-time': '', duration: text },
    run: async (given) => {
      const action = begin(simulator, {
        'operation-url': start(simulator, 'vm-backup', long).operationUrl,
        ...given,
      })
      await action.waitForLine(/Take Snapshot running/)
      const stopped = performance.now()
      action.kill('SIGINT')
      const run = await action.done
      expect(performance.now() - stopped).toBeLessThan(2_000)
      expectWellFormed(run, simulator)
      return run
    },
  },
]

for (const row of rows) {
  const passing = (['warning', 'failure', 'never'] as const).find((column) => !row.fails.includes(column))
  const failing = (['never', 'failure', 'warning'] as const).find((column) => row.fails.includes(column))
  const columns = [passing, failing].filter((column) => column !== undefined)
  for (const failOn of row.once ? (['failure'] as const) : columns) {
    const fails = row.fails.includes(failOn)
    tells(`${row.name} ${fails ? 'fails' : 'passes'} with fail-on: ${failOn}`, async () => {
      const run = await row.run({ 'fail-on': failOn })
      expect(run.outputs).toMatchObject({
        conclusion: row.conclusion,
        status: row.status,
        'jobs-truncated': 'false',
        ...row.outputs,
      })
      expect(run.exitCode).toBe(fails ? 1 : 0)
      expect(levels(run)).toEqual(fails ? ['error'] : row.otherwise)
    })
  }
}
