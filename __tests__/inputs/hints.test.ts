import { describe, expect, it } from 'vitest'
import { hintFor } from '../../src/inputs/hints.ts'

const empty = 'is empty: the step before gave nothing. Print there what it writes to GITHUB_OUTPUT.'
const none =
  'a step before wrote it in place of a value that it did not have. Print there what the command answered.'
const type =
  'PowerShell wrote the name of a type in place of its values; write $job.JobId, or several with $jobs.JobId -join "`n".'
const ofObject =
  'PowerShell wrote the name of an object\'s type in place of the object; write $job.JobId, or several with $jobs.JobId -join "`n".'
const asText =
  'it is a PowerShell object written as text; write $job.JobId, or several with $jobs.JobId -join "`n".'
const variable =
  'it is a variable or an expression that nothing has replaced; pass values between steps by GITHUB_OUTPUT and the expression steps.<id>.outputs.<name>.'
const portal =
  "it is an address of the Azure portal; set subscription-id, resource-group and vault-name to what the vault's page has, and job-id to the job's ID on its page."
const event =
  "it is the ID of an event of the Activity Log; expected the job's own ID, which the vault's Backup jobs show."
const recovery =
  'it is of Azure Site Recovery, which this action does not follow; expected a job or an operation of Azure Backup.'
const siteRecovery =
  '/subscriptions/s/resourceGroups/r/providers/Microsoft.RecoveryServices/vaults/v/replicationJobs/1'

describe('what is given in place of a job’s ID', () => {
  it.each(['', '""', "''"])('%j is empty', (value) => expect(hintFor('job-id', value)).toBe(empty))

  it.each([
    ['none', none],
    ['NULL', none],
    ['undefined', none],
    ['nil', none],
    ['(null)', none],
    ['System.Object[]', type],
    ['System.Collections.Generic.List`1[System.Object]', type],
    ['System.String', type],
    ['Microsoft.Azure.Commands.X', ofObject],
    ['Microsoft.Azure.Commands.X  Microsoft.Azure.Commands.Y', ofObject],
    ['@{JobId=1; Name=2}', asText],
    ['@{JobId=1;\nName=2', asText],
    [`\${{ steps.a.outputs.b }}`, variable],
    [`a-\${{ b }}`, variable],
    ['$JOB_ID', variable],
    ['$env:JOB.Id', variable],
    ['$(jq .id)', variable],
    [`\${JOB}`, variable],
    ['%JOB%', variable],
    ['https://portal.azure.com/#view/x', portal],
    ['portal.azure.us', portal],
    ['https://ms.portal.azure.cn?x', portal],
    ['/x/eventtypes/management/y', event],
    ['/x/microsoft.insights/eventtypes/y', event],
    ['/x/events/1-2/ticks/638', event],
    [siteRecovery, recovery],
  ])('%s is told apart', (value, is) => {
    expect(hintFor('job-id', value)?.replace(/^is ".*?"; /s, '')).toBe(is)
  })

  it.each([
    'none-1',
    'my-null',
    'System.',
    'XSystem.Object[]',
    'System.Object[] 1',
    'Microsoft.Azure.',
    'a Microsoft.Azure.X',
    'Microsoft.Azure.X y',
    'a@{b}',
    'a$b',
    'a $JOB',
    '$1',
    'a%JOB%',
    '%JOB%a',
    '%%',
    'https://portal.azure.com.example/x',
    'https://notportal.azure.com/x',
    'x https://portal.azure.com/x',
    'https://management.azure.com/x',
    '/eventtype/x',
    '/events/1/ticks/x',
    siteRecovery.replace('replicationJobs', 'backupJobs'),
    '"',
    "'",
    'x""',
  ])('of %s nothing is known', (value) => expect(hintFor('job-id', value)).toBeUndefined())

  it('is told what PowerShell writes for each input', () => {
    const tell = (input: Parameters<typeof hintFor>[0]) => hintFor(input, '@{a=1}')
    expect([tell('operation-url'), tell('protected-item')]).toEqual([
      "is \"@{a=1}\"; it is a PowerShell object written as text; write the header's value, as $response.Headers['Azure-AsyncOperation'] has it.",
      'is "@{a=1}"; it is a PowerShell object written as text; write $item.Id, or several with $items.Id -join "`n".',
    ])
  })
})

describe('an address of the Azure portal', () => {
  const vaultAt = (type: string) =>
    `https://portal.azure.com/#@contoso.com/resource/subscriptions/s-1/resourceGroups/rg (a)/providers/Microsoft.${type}/v-1`
  const named = 'subscription-id to s-1, resource-group to rg (a), vault-name to v-1'
  const ofItsPage = "the job's ID on its page"

  it.each([
    ['a vault', vaultAt('RecoveryServices/vaults'), `${named}, and job-id to ${ofItsPage}`],
    ['its jobs', `${vaultAt('RecoveryServices/vaults')}/backupJobs`, `${named}, and job-id to ${ofItsPage}`],
    ['a blade of it', `${vaultAt('recoveryservices/VAULTS')}?x#y`, `${named}, and job-id to ${ofItsPage}`],
    ['a job', `${vaultAt('RecoveryServices/vaults')}/backupJobs/a-1`, `${named}, and job-id to a-1`],
    [
      'a job of a Backup vault',
      `${vaultAt('DataProtection/backupVaults')}/backupJobs/a-1`,
      `${named}, vault-type to backup, and job-id to a-1`,
    ],
    [
      'a Backup vault, escaped twice',
      vaultAt('dataprotection/backupvaults').replace(/\/subscriptions.*/, (path) =>
        encodeURIComponent(encodeURIComponent(path)),
      ),
      `${named}, vault-type to backup, and job-id to ${ofItsPage}`,
    ],
    [
      'another page',
      'https://portal.azure.com/#home',
      `subscription-id, resource-group and vault-name to what the vault's page has, and job-id to ${ofItsPage}`,
    ],
  ])('says what goes into which input: %s', (_name, address, parts) => {
    expect(hintFor('job-id', address)).toMatch(/^is "https:\/\/portal\.azure\.com/)
    expect(hintFor('operation-url', address)?.replace(/^is ".*?"; /, '')).toBe(
      `it is an address of the Azure portal; set ${parts}.`,
    )
  })
})

describe('the URL of a request that starts an operation', () => {
  const item = 'https://h/protectedItems/vm'
  const instance = 'https://h/backupInstances/db'
  const urls = [
    `${item}/backup`,
    `${item}/backup?api-version=1`,
    `${item}/recoveryPoints/1/restore`,
    `${item}/recoveryPoints/1/move/`,
    'https://h/backupJobs/1/cancel',
    'https://h/locations/x/crossRegionRestore',
    ...[
      'backup',
      'restore',
      'rehydrate',
      'stopProtection',
      'stopBackups',
      'suspendBackups',
      'resumeBackups',
    ].map((verb) => `${instance}/${verb}`),
    `${instance}/RESUMEPROTECTION`,
  ]

  it.each(urls)('is no operation: %s', (url) => {
    const shown = url.split('?')[0]
    expect(hintFor('operation-url', url)).toBe(
      `has "${shown}", the URL of the request that starts an operation; expected the Azure-AsyncOperation header of its answer.`,
    )
    expect(hintFor('job-id', url)).toBe(
      `has "${shown}", the URL of the request that starts an operation; set operation-url to the Azure-AsyncOperation header of its answer.`,
    )
    expect(hintFor('protected-item', url)).toBeUndefined()
  })

  it.each([
    item,
    `${item}/backup/1`,
    `${item}/backups`,
    'https://h/protectedItems/backup',
    `${item}/recoveryPoints/restore`,
    'https://h/backupJobs/cancel',
    `${instance}/validate`,
  ])('is not %s', (url) => expect(hintFor('operation-url', url)).toBeUndefined())
})
