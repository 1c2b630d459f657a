/** Which input says what to follow, and values that are given twice, cut off or wrong together. */
import { describe, expect, it } from 'vitest'
import { inVault, readTargetsOf } from '../support/inputs.ts'
import { backupVaultRoot, jobId, subscription, vault, vaultRoot } from '../support/job-body.ts'

const targets = (inputs: Record<string, string>) => readTargetsOf({ ...inVault, ...inputs }).targets
const problems = (inputs: Record<string, string>) => readTargetsOf({ ...inVault, ...inputs }).problems
const host = 'https://management.azure.com'
const otherJob = '6b1a2c3d-0000-4000-8000-1234567890ab'
const guidOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

describe('the input that says what to follow', () => {
  it('has to be there', () => {
    expect(problems({})).toEqual([
      'Input operation-url is empty, and so are job-id and protected-item; expected exactly one of them. If the workflow ' +
        'sets one, the step before gave nothing: print there what it writes to GITHUB_OUTPUT.',
    ])
  })

  it.each([
    [{ 'job-id': jobId, 'protected-item': 'web-01' }, 'protected-item is set together with job-id'],
    [{ 'operation-url': 'x', 'job-id': jobId }, 'job-id is set together with operation-url'],
    [{ 'operation-url': 'x', 'protected-item': 'y' }, 'protected-item is set together with operation-url'],
    [
      { 'operation-url': 'x', 'job-id': 'y', 'protected-item': 'z' },
      'job-id is set together with operation-url',
    ],
  ])('is one alone: %j', (inputs, says) => {
    expect(problems(inputs)).toEqual([
      `Input ${says}; expected exactly one of operation-url, job-id, protected-item.`,
    ])
  })

  it.each([
    ['max-age-hours', '26'],
    ['operation', 'Restore'],
    ['appear-within-minutes', '5'],
  ])('is protected-item where %s is set', (name, value) => {
    expect(problems({ 'job-id': jobId, [name]: value })).toEqual([
      `Input ${name} is set, but goes with protected-item, not with job-id.`,
    ])
    const url = `${host}${vaultRoot}/backupOperations/1`
    expect(problems({ 'operation-url': url, [name]: value })).toEqual([
      `Input ${name} is set, but goes with protected-item, not with operation-url.`,
    ])
  })

  it('may be another where those are what they are if nobody sets them', () => {
    const unset = { operation: 'BACKUP', 'appear-within-minutes': '0.0', 'max-age-hours': '' }
    expect(problems({ 'job-id': jobId, ...unset })).toEqual([])
  })
})

describe('wrong values', () => {
  const wrong = (count: number) => Array.from({ length: count }, (_, index) => `no-job-${'x'.repeat(index)}`)

  it('are told one by one, five at the most', () => {
    const said = (count: number) => problems({ 'job-id': wrong(count).join('\n') })
    expect(said(5)).toEqual(
      wrong(5).map(
        (value) =>
          `Input job-id: "${value}" is not a job's ID; expected its name (a GUID) or its full ARM ID.`,
      ),
    )
    expect(said(6)).toHaveLength(6)
    expect(said(6)[5]).toBe('Input job-id has 1 more wrong values.')
  })

  it('of a cloud that is wrong itself are not told, but those of any cloud are', () => {
    const inOtherCloud = `https://management.usgovcloudapi.net${vaultRoot}/backupJobs/1`
    const given = { 'job-id': `${inOtherCloud}\nlatest` }
    const noJob = `Input job-id: "latest" is not a job's ID; expected its name (a GUID) or its full ARM ID.`
    for (const cloud of [{ environment: 'usgov' }, { 'resource-manager-url': 'arm.local' }]) {
      const [first, ...others] = problems({ ...given, ...cloud })
      expect(first).toMatch(/^Input (environment|resource-manager-url) is /)
      expect(others).toEqual([noJob])
    }
    expect(problems(given)).toEqual([expect.stringContaining('is not sent a token'), noJob])
  })
})

describe('a value that is given twice', () => {
  const at = (path: string) =>
    `${host}/subscriptions/${subscription}/providers/Microsoft.${path}?api-version=1`
  const inBackupVault = (word: string, id: string, root = backupVaultRoot) =>
    `${host}${root}/${word}/${id}?api-version=1`
  const inRegion = (word: string, id: string, region = 'westeurope') =>
    at(`DataProtection/locations/${region}/${word}/${id}`)
  const ofVault = (word: string, id: string, root = vaultRoot) => `${host}${root}/${word}/${id}?api-version=1`
  const long = Buffer.from(`${jobId};${otherJob}`).toString('base64')

  it.each([
    ['a name in two cases', `${jobId}\n${jobId.toUpperCase()}`],
    ['a name and an ARM ID', `${jobId}\n${vaultRoot}/backupJobs/${jobId}`],
  ])('is one job: %s', (_name, given) => {
    expect(targets({ 'job-id': given })).toEqual([{ kind: 'job', reference: { vault, id: jobId } }])
  })

  it.each([
    ['of a vault', ofVault('backupOperationResults', otherJob), ofVault('backupOperations', otherJob)],
    [
      'of a Backup vault and its region',
      inRegion('operationResults', long),
      inBackupVault('operationStatus', long),
    ],
    [
      'of a Backup vault, both of its region',
      inRegion('operationResults', otherJob),
      inRegion('operationStatus', otherJob.toUpperCase()),
    ],
    [
      'of a Backup vault, by a GUID without hyphens',
      inRegion('operationResults', otherJob.replaceAll('-', '')),
      inBackupVault('operationStatus', otherJob.replaceAll('-', '')),
    ],
    [
      'of a short ID in one region',
      inRegion('operationResults', 'MTs='),
      inRegion('operationStatus', 'MTs=', 'WestEurope'),
    ],
  ])('is one operation, read by the URL of its status: %s', (_name, result, status) => {
    for (const given of [
      [result, status],
      [status, result],
      [result, status, result],
    ]) {
      expect(targets({ 'operation-url': given.join('\n') })).toMatchObject([
        { url: new URL(status), isResult: false },
      ])
    }
    expect(targets({ 'operation-url': `${result}\n${result}&a=1` })).toMatchObject([{ url: new URL(result) }])
    expect(targets({ 'operation-url': `${status}\n${status}&a=1` })).toMatchObject([{ url: new URL(status) }])
  })

  it.each([
    [
      'two kinds of vaults',
      ofVault('backupOperations', otherJob),
      inBackupVault('operationStatus', otherJob),
    ],
    [
      'two vaults',
      ofVault('backupOperations', otherJob),
      ofVault('backupOperations', otherJob, vaultRoot.replace('vault-weu', 'vault-neu')),
    ],
    [
      'two subscriptions',
      inBackupVault('operationStatus', otherJob),
      inBackupVault('operationStatus', otherJob, backupVaultRoot.replace(subscription, guidOf(1))),
    ],
    [
      'two regions, by a short ID',
      inRegion('operationStatus', 'MTs='),
      inRegion('operationStatus', 'MTs=', 'eastus'),
    ],
    [
      'two cases of base64',
      inRegion('operationStatus', long),
      inRegion('operationStatus', long.toLowerCase()),
    ],
    [
      'two items, by a short ID',
      ofVault('protectedItems/a/operationsStatus', '1'),
      ofVault('protectedItems/b/operationsStatus', '1'),
    ],
    [
      'two places whose names only join to the same',
      ofVault('protectedItems/a/b/operationsStatus', '1'),
      ofVault('protectedItems/ab/operationsStatus', '1'),
    ],
    [
      'a mapping to another tenant',
      ofVault('backupOperations', otherJob),
      ofVault('backupCrossTenantVaultMappings/m/backupOperations', otherJob),
    ],
  ])('is not one operation of %s', (_name, one, other) => {
    expect(targets({ 'operation-url': `${one}\n${other}` })).toMatchObject([
      { url: new URL(one) },
      { url: new URL(other) },
    ])
  })

  it('is a job and an operation where it is both', () => {
    const given = `${ofVault('operationResults', jobId)}\n${vaultRoot}/backupJobs/${jobId}`
    expect(targets({ 'operation-url': given }).map(({ kind }) => kind)).toEqual(['operation', 'job'])
  })
})

describe('a list that is as long as a variable can be', () => {
  /** A name that fills INPUT_protected-item with so many bytes, the zero at its end included. */
  const filling = (bytes: number) => {
    const rest = bytes - 'INPUT_protected-item='.length - 1
    return `ä${'x'.repeat(rest - 2)}`
  }
  const cutOff =
    "Input protected-item is as long as an environment variable can be (128 KiB), so its end may be cut off; split it over several steps, or use protected-item: '*'."

  it.each([
    [131_069, []],
    [131_070, [cutOff]],
    [131_072, [cutOff]],
  ])('may have lost its end: %i bytes', (bytes, expected) => {
    expect(problems({ 'protected-item': filling(bytes) })).toEqual(expected)
  })
})

describe('a list of GUIDs', () => {
  const cut = (last: string) => problems({ 'job-id': [guidOf(1), guidOf(2), last].join('\n') })

  it('was cut off where its last is none', () => {
    expect(cut('8eece52b-7b0f')).toEqual([
      'Input job-id ends in "8eece52b-7b0f", while every other of its 3 values has a GUID; the list seems to be cut off.',
    ])
    expect(cut(jobId)).toEqual([])
  })

  it.each([
    ['a single value', '8eece52b-7b0f'],
    ['another that is no GUID', `${guidOf(1)}\n12345\n8eece52b-7b0f`],
    ['a GUID at its end', `8eece52b-7b0f\n${jobId}`],
  ])('was not cut off where there is %s', (_name, given) => {
    expect(problems({ 'job-id': given })).toEqual([])
  })

  it('was not cut off where its last is an operation', () => {
    const given = `${vaultRoot}/backupJobs/${jobId}\n${host}${vaultRoot}/backupOperations/1`
    expect(problems({ 'operation-url': given })).toEqual([])
  })
})

describe('the names of a vault', () => {
  it.each([
    ['resource-group', 'rg.a'],
    ['resource-group', 'x'.repeat(90)],
    ['vault-name', 'v'],
    ['vault-name', `9${'-'.repeat(62)}`],
    ['secondary-region', 'we'],
    ['secondary-region', 'x'.repeat(40)],
    ['subscription-id', subscription.toUpperCase()],
  ])('%s may be %s', (name, value) => {
    expect(problems({ 'job-id': jobId, [name]: value })).toEqual([])
  })

  const group = 'the name alone: letters, digits, and _ . ( ) -'
  const vaultName = 'the name alone: letters, digits and hyphens'
  const region = 'the name of a region without blanks, such as westus2'
  it.each([
    ['resource-group', 'rg.', group],
    ['resource-group', 'x'.repeat(91), group],
    ['resource-group', '/rg', group],
    ['resource-group', 'rg/', group],
    ['vault-name', 'v'.repeat(64), vaultName],
    ['vault-name', '/v', vaultName],
    ['vault-name', 'v_', vaultName],
    ['secondary-region', 'West US', region],
    ['secondary-region', 'x', region],
    ['secondary-region', 'x'.repeat(41), region],
    ['secondary-region', '-westus', region],
    ['subscription-id', 'mine', 'a GUID'],
  ])('%s may not be %s', (name, value, expected) => {
    // Nor is it asked for as if it were missing.
    expect(problems({ 'job-id': jobId, [name]: value })).toEqual([
      `Input ${name} is "${value}"; expected ${expected}.`,
    ])
  })

  it('say where a job’s ID is read', () => {
    expect(targets({ 'job-id': jobId, 'vault-type': 'Backup', 'secondary-region': 'northeurope' })).toEqual([
      { kind: 'job', reference: { vault: { ...vault, kind: 'backup' }, id: jobId, region: 'northeurope' } },
    ])
  })

  it('include the resource group', () => {
    const { 'resource-group': _, ...half } = inVault
    expect(readTargetsOf({ ...half, 'job-id': jobId }).problems).toEqual([
      `Input job-id: "${jobId}" does not say which vault it is in; set resource-group too, or give the full ARM ID.`,
    ])
  })
})
