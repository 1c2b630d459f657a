/** Errors of the action itself (design.md, section 3, last row) fail the step even with fail-on: never. */
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  asked,
  begin,
  follow,
  jobReads,
  levels,
  plainLog,
  type Run,
  simulate,
  start,
  tells,
} from './support.ts'

// Twice as fast as other files: a thing that does not exist takes two minutes.
const simulator = await simulate({ speed: 120 })
const long = { seconds: 36_000, snapshotSeconds: 30_000 }

interface Row {
  name: string
  /** What is known by then. */
  status: string
  code: string
  message: RegExp
  run(inputs: Record<string, string>): Promise<Run>
}

const rows: Row[] = [
  {
    name: 'a wrong input',
    status: '',
    code: '',
    message: /^Input operation-url is empty, and so are job-id and protected-item/,
    run: (inputs) => follow(simulator, inputs),
  },
  {
    name: 'a job that may not be read',
    status: '',
    code: 'AuthorizationFailed',
    message:
      /refused: 403 AuthorizationFailed: .*role Backup Reader on the Recovery Services vault \(action Microsoft\.RecoveryServices\/Vaults\/backupJobs\/read\)/,
    run: (inputs) => {
      const { jobId, operationUrl } = start(simulator, 'vm-backup', long)
      simulator.fault({ kind: 'denied', path: jobId })
      return follow(simulator, { 'operation-url': operationUrl, ...inputs })
    },
  },
  {
    name: 'a job that may no longer be read',
    status: 'InProgress',
    code: 'AuthorizationFailed',
    message: /refused: 403 AuthorizationFailed: /,
    run: (inputs) => {
      const { jobId, operationUrl } = start(simulator, 'vm-backup', long)
      simulator.fault({ kind: 'denied', path: jobId, skip: 1 })
      return follow(simulator, { 'operation-url': operationUrl, ...inputs })
    },
  },
  {
    name: 'a job that does not exist',
    status: '',
    code: 'ResourceNotFound',
    message: /404 ResourceNotFound: .*There is no such job \(any more\): check the ID, the vault/,
    run: (inputs) => {
      const { jobResourceId, jobId } = start(simulator, 'vm-backup')
      return follow(simulator, {
        'job-id': jobResourceId.replace(jobId, crypto.randomUUID()),
        ...inputs,
      })
    },
  },
  {
    name: 'a job without the permission to ask for a token',
    status: '',
    code: '',
    message:
      /^GitHub gives this job no ID token: the permission is missing\. Add "permissions: id-token: write"/,
    run: (inputs) => {
      const { operationUrl } = start(simulator, 'vm-backup')
      const environment = {
        ACTIONS_ID_TOKEN_REQUEST_URL: undefined,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined,
      }
      return follow(simulator, { 'operation-url': operationUrl, ...inputs }, { environment })
    },
  },
  {
    name: 'a client secret that Entra refuses',
    status: '',
    code: '',
    message: /^Entra refused the client secret credential: .*AADSTS7000215: Invalid client secret provided/,
    run: (inputs) => {
      const { operationUrl } = start(simulator, 'vm-backup')
      return follow(simulator, {
        'operation-url': operationUrl,
        'client-secret': 'sim8Q~not-the-one',
        ...inputs,
      })
    },
  },
]

for (const [index, row] of rows.entries()) {
  for (const failOn of index === 0 ? ['failure', 'warning', 'never'] : ['never']) {
    tells(`${row.name} fails with fail-on: ${failOn}`, async () => {
      const run = await row.run({ 'fail-on': failOn })
      expect(run.outputs).toMatchObject({
        conclusion: 'error',
        status: row.status,
        'error-code': row.code,
        'error-message': expect.stringMatching(row.message),
      })
      expect(run.exitCode).toBe(1)
      expect(levels(run)).toEqual(['error'])
      expect(run.annotations[0]?.message).toMatch(row.message)
    })
  }
}

tells('keeps the last known facts of a job that may no longer be read', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: 36_000, snapshotSeconds: 5 })
  simulator.fault({ kind: 'denied', path: trigger.jobId, skip: 1 })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expect(run.outputs).toMatchObject({
    'job-id': trigger.jobId,
    'vault-name': 'vault-prod',
    'resource-group': 'rg-prod',
    operation: 'Backup',
    item: 'web-01',
    'snapshot-completed': 'true',
    'start-time': expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    properties: expect.stringContaining('"VM Name":"web-01"'),
  })
  expect(run.summary).toContain('AuthorizationFailed')
})

tells('waits for a job that is not there yet', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: 60, snapshotSeconds: 10 })
  const code = { error: { code: 'ResourceNotFound', message: 'Not yet.' } }
  simulator.fault({ kind: 'status', status: 404, body: code, path: trigger.jobId, times: 2 })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed' })
  const faults = plainLog(run).filter((line) =>
    /^Reading job .* failed.*: 404 ResourceNotFound: Not yet/.test(line),
  )
  expect(faults).toHaveLength(2)
})

tells('fails at once for a job that was there and is gone', async () => {
  const trigger = start(simulator, 'vm-backup', long)
  simulator.fault({ kind: 'status', status: 404, path: trigger.jobId, skip: 2 })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expect(run.outputs).toMatchObject({ conclusion: 'error', status: 'InProgress' })
  expect(jobReads(simulator, trigger).map(({ status }) => status)).toEqual([200, 200, 404])
})

tells('does not ask Azure anything without a token', async () => {
  const trigger = start(simulator, 'vm-backup')
  await follow(simulator, { 'operation-url': trigger.operationUrl, 'client-id': crypto.randomUUID() })
  expect(asked(simulator, trigger)).toEqual([])
})

tells('a summary that cannot be written is a warning, and the verdict stands', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: 20, snapshotSeconds: 5 })
  const environment = { GITHUB_STEP_SUMMARY: '/there/is/none' }
  const run = await begin(simulator, { 'operation-url': trigger.operationUrl }, { environment }).done
  expect(run.exitCode).toBe(0)
  expect(run.outputs.conclusion).toBe('success')
  expect(run.annotations.map(({ level, message }) => [level, message])).toEqual([
    ['warning', expect.stringMatching(/^The job summary could not be written: .*\/there\/is\/none/)],
  ])
})

tells('summary: false is kept to where another input is wrong', async () => {
  const run = await follow(simulator, { 'job-id': 'nonsense', summary: 'false' })
  expect(run.outputs.conclusion).toBe('error')
  expect(run.summary).toBe('')
})

tells('outputs that cannot be set fail the step, and the rest is told', async () => {
  const { operationUrl } = start(simulator, 'vm-backup', { seconds: 40, snapshotSeconds: 10 })
  const environment = { GITHUB_OUTPUT: join(import.meta.dirname, 'no-such-file') }
  const run = await begin(simulator, { 'operation-url': operationUrl }, { environment }).done
  expect(run.stderr).toBe('')
  expect(run.exitCode).toBe(1)
  expect(run.annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^The outputs could not be set: Missing file at path: .*no-such-file$/),
  ])
  expect(plainLog(run).at(-1)).toMatch(/Backup of web-01 completed/)
  expect(run.summary).toContain('Backup of web-01 completed')
})
