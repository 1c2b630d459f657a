/** What people have at hand: every way in which an ID, a URL or a name is accepted, and what is said of the others. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { InputErrors, readInputs } from '../../src/inputs/inputs.ts'
import { backupVaultRoot, jobId, subscription, vault, vaultRoot } from '../support/job-body.ts'

/** Real answers, which are not part of the repository: where they are missing, their tests are skipped. */
const examples = new URL('../../../shared/examples/', import.meta.url)

const arm = 'https://management.azure.com'
const other = '6b1a2c3d-0000-4000-8000-1234567890ab'
const job = `${vaultRoot}/backupJobs/${jobId}`
const item = `${vaultRoot}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-prod;vm-1/protectedItems/VM;iaasvmcontainerv2;rg-prod;vm-1`
const status = `${arm}${item}/operationsStatus/${other}?api-version=2025-02-01&t=1&c=MIIH&s=QUJD&h=Zk3`
const result = `${arm}${item}/operationResults/${other}?api-version=2025-02-01&t=1&c=MIIH&s=QUJD&h=Zk3`
const policy = `${arm}${vaultRoot}/backupPolicies/daily/operations/${jobId}?api-version=2025-02-01`
const machine = `/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.Compute/virtualMachines/vm-1`
const inVault = {
  'subscription-id': subscription,
  'resource-group': vault.resourceGroup,
  'vault-name': vault.name,
}

function targets(inputs: Record<string, string>) {
  return readInputs((name) => inputs[name]?.trim() ?? '', {}).targets
}

const jobs = (given: string) =>
  targets({ ...inVault, 'job-id': given }).map((target) => target.kind === 'job' && target.reference.id)
const urls = (given: string) =>
  targets({ 'operation-url': given }).map((target) => target.kind === 'operation' && target.url.href)
const items = (given: string, inputs: Record<string, string> = inVault) =>
  targets({ ...inputs, 'protected-item': given }).flatMap((target) =>
    target.kind === 'items' ? target.names : [],
  )

function problems(inputs: Record<string, string>): string[] {
  try {
    targets(inputs)
  } catch (error) {
    if (error instanceof InputErrors) return error.errors.map(({ message }) => message)
    throw error
  }
  return []
}

/** Of this thread's own work since then, however busy the machine is. */
function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(since)
  return (user + system) / 1000
}

const azJob = {
  eTag: null,
  id: job,
  location: null,
  name: jobId,
  properties: {
    activityId: other,
    entityFriendlyName: 'vm-1',
    jobType: 'AzureIaaSVMJob',
    operation: 'Backup',
  },
  resourceGroup: 'rg-prod',
  type: 'Microsoft.RecoveryServices/vaults/backupJobs',
}
const psJob = {
  VmVersion: null,
  IsCancellable: true,
  IsRetriable: false,
  ErrorDetails: null,
  ActivityId: other,
  JobId: jobId,
  Operation: 'Backup',
  Status: 'InProgress',
  WorkloadName: 'vm-1',
  StartTime: '2026-11-26T02:00:00Z',
  EndTime: null,
  Duration: { Ticks: 1, TotalSeconds: 0.1 },
  BackupManagementType: 1,
}
const pretty = (value: unknown) => JSON.stringify(value, null, 2)

describe('job-id takes', () => {
  it.each([
    ['double quotes', `"${jobId}"`],
    ['single quotes', `'${jobId}'`],
    ['backquotes', `\`${jobId}\``],
    ['braces', `{${jobId}}`],
    ['quotes and braces', `"{${jobId.toUpperCase()}}"`],
    ['no hyphens', jobId.replaceAll('-', '')],
    ['angle brackets', `<${jobId}>`],
    ['zero-width characters', `\u200b${jobId.slice(0, 9)}\u200d\ufeff${jobId.slice(9)}\u2060`],
    ['a comma at its end', `${jobId},`],
    ['an ARM ID', job],
    ['an ARM ID in quotes', `"${job}"`],
    ['an ARM ID without its first slash', job.slice(1)],
    ['an ARM ID with the host before it', `${arm}${job}?api-version=2025-02-01`],
    ['an ARM ID with a region’s host before it', `https://westeurope.management.azure.com${job}`],
    ['an ARM ID with the host, but no scheme', `management.azure.com${job}`],
    ['an escaped ARM ID', encodeURIComponent(job)],
    ['an escaped ARM ID without its first slash', encodeURIComponent(job.slice(1))],
    ['an escaped URL', encodeURIComponent(`${arm}${job}`)],
    ['the JSON of az backup protection backup-now', pretty(azJob)],
    ['a JSON array of it', JSON.stringify([azJob])],
    ['the JSON of Backup-AzRecoveryServicesBackupItem', pretty(psJob)],
    ['the JSON of Backup-AzDataProtectionBackupInstanceAdhoc', pretty({ JobId: job, ObjectType: 'x' })],
    [
      'the answer of an operation’s status',
      pretty({ id: other, status: 'Succeeded', properties: { jobId } }),
    ],
    [
      'the answer of an operation of a Backup vault',
      pretty({ jobId: job, objectType: 'OperationJobExtendedInfo' }),
    ],
    ['a JSON string', JSON.stringify(JSON.stringify(azJob))],
  ])('%s', (_name, given) => {
    expect(jobs(given).map((id) => String(id).toLowerCase())).toEqual([jobId])
  })

  it.each([
    ['lines', `${jobId}\r\n\n  ${other}\n`],
    ['a blank', `${jobId} ${other}`],
    ['a no-break space', `${jobId}\u00a0${other}`],
    ['a comma', `${jobId},${other}`],
    ['a comma and a blank', `${jobId}, ${other}`],
    ['a semicolon', `${jobId};${other};`],
    ['ARM IDs and a semicolon', `${job};${job.replace(jobId, other)}`],
    ['an array', JSON.stringify([jobId, other])],
    ['an array that is no JSON', `[${jobId}, ${other}]`],
    ['JSON over several lines and an ID behind it', `${pretty(azJob)}\n${other}`],
    ['an ID and JSON over several lines behind it', `${jobId}\n${pretty({ ...psJob, JobId: other })}`],
    ['objects with a comma behind each', `${pretty(azJob)},\n${pretty({ ...psJob, JobId: other })},`],
    ['an object that names two', pretty({ id: job.replace(jobId, other), jobId })],
    ['strings with a comma', `"${jobId}", "${other}"`],
    ['an array of objects', pretty([azJob, { ...psJob, JobId: other }])],
    ['objects one behind the other', `${pretty(azJob)}\n${pretty({ ...psJob, JobId: other })}`],
    ['an object a line', `${JSON.stringify(azJob)}\n${other}`],
    ['jobIds', JSON.stringify({ properties: { jobIds: [jobId, other] } })],
  ])('two, apart by %s', (_name, given) => {
    expect(jobs(given)).toEqual([jobId, other])
  })

  it.skipIf(!existsSync(examples))('the real bodies of a job and of operations', () => {
    const body = (file: string) => readFileSync(new URL(file, examples), 'utf8')
    const single = (file: string) => String(jobs(body(file))[0])
    expect(single('rsv-job-vm-backup-completed-iso.json')).toBe(
      JSON.parse(body('rsv-job-vm-backup-completed-iso.json')).name,
    )
    expect(single('rsv-op-succeeded-job.json')).toBe(
      JSON.parse(body('rsv-op-succeeded-job.json')).properties.jobId,
    )
    expect(single('dp-opresult-body.json')).toBe(JSON.parse(body('dp-opresult-body.json')).jobId)
    const several = JSON.parse(body('rsv-op-succeeded-jobs-policy.json')).properties.jobIds
    expect(jobs(body('rsv-op-succeeded-jobs-policy.json'))).toEqual(several)
  })
})

describe('operation-url takes', () => {
  const headers = (all: Record<string, unknown>) => JSON.stringify(all)
  it.each([
    ['double quotes', `"${status}"`],
    ['angle brackets', `<${status}>`],
    ['a zero-width character', `\ufeff${status}`],
    ['an escaped ampersand of JSON', status.replaceAll('&', '\\u0026')],
    ['an escaped ampersand of HTML', status.replaceAll('&', '&amp;')],
    ['an escaped URL', encodeURIComponent(status)],
    ['a URL without its scheme', status.replace('https://', '')],
    ['a header', `Azure-AsyncOperation: ${status}`],
    ['a header in lower case', `azure-asyncoperation:${status}`],
    ['a header as curl -v shows it', `< Azure-AsyncOperation: ${status}`],
    ['a header as PowerShell lists it', `Azure-AsyncOperation : ${status}`],
    ['a header as JSON has it', `"Azure-AsyncOperation": "${status}",`],
    [
      'a dump of headers',
      `HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 202\r\ncache-control: no-cache\r\nazure-asyncoperation: ${status}\r\nLocation: ${result}\r\nretry-after: 60\r\ndate: Thu, 26 Nov 2026 02:00:00 GMT\r\n`,
    ],
    ['both of its URLs', `${result}\n${status}`],
    [
      'PowerShell’s headers',
      headers({ 'Azure-AsyncOperation': [status], Location: [result], 'Retry-After': ['60'] }),
    ],
    ['headers of one value each', headers({ Location: result, 'azure-asyncOperation': status })],
    [
      'the whole answer of Invoke-AzRestMethod',
      pretty({
        Headers: [
          { Key: 'Cache-Control', Value: ['no-cache'] },
          { Key: 'Location', Value: [result] },
          { Key: 'Azure-AsyncOperation', Value: [status] },
        ],
        StatusCode: 202,
        Content: '',
      }),
    ],
    ['a list of headers', headers([{ Key: 'Azure-AsyncOperation', Value: [status] }] as never)],
    [
      'an answer with its headers',
      pretty({ status: 202, headers: { Location: result, 'Azure-AsyncOperation': status } }),
    ],
  ])('%s', (_name, given) => {
    expect(urls(given)).toEqual([status])
  })

  it.each([' ', ',', ';', ', ', '; ', '\n', '\t', ' ; '])('two, apart by %j', (separator) => {
    expect(urls(`${status}${separator}${policy}`)).toEqual([status, policy])
    expect(urls(`"${status}"${separator}<${policy}>`)).toEqual([status, policy])
  })

  it('two in one list of headers, or under one name in two cases', () => {
    const pair = (Value: unknown) => ({ Key: 'Azure-AsyncOperation', Value })
    expect(urls(JSON.stringify([pair([status]), pair(policy)]))).toEqual([status, policy])
    expect(urls(JSON.stringify({ Headers: [pair(status), pair(policy)] }))).toEqual([status, policy])
    expect(urls(JSON.stringify({ Location: status, location: policy }))).toEqual([status, policy])
    expect(jobs(JSON.stringify({ JobId: jobId, jobId: other }))).toEqual([jobId, other])
  })

  it('an array of both', () => {
    expect(urls(JSON.stringify([status, policy]))).toEqual([status, policy])
  })

  it.skipIf(!existsSync(examples))('the header files of real answers', () => {
    const file = new URL('headers-rsv-backup-202.headers.json', examples)
    const given = readFileSync(file, 'utf8')
    expect(urls(given)).toEqual([JSON.parse(given).headers['Azure-AsyncOperation']])
  })

  it.each([
    [`${vaultRoot}/backupOperations/${other}`, '2025-02-01'],
    [`${backupVaultRoot}/operationStatus/MTs=`, '2025-07-01'],
  ])('the ARM ID of an operation, with the version that it lacks: %s', (path, version) => {
    const expected = [`${arm}${path}?api-version=${version}`]
    expect(urls(path)).toEqual(expected)
    expect(urls(path.slice(1))).toEqual(expected)
    expect(urls(pretty({ id: path, name: other, status: 'InProgress' }))).toEqual(expected)
  })

  it('that of a cross-region one, with a version of its own', () => {
    const path = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2/backupCrrOperationsStatus/MTs=`
    const [target] = targets({ ...inVault, 'operation-url': path })
    expect(target?.kind === 'operation' && target.url.search).toBe('?api-version=2023-01-15')
  })

  it('the ARM ID of a job as that job', () => {
    expect(targets({ 'operation-url': job })).toEqual([{ kind: 'job', reference: { vault, id: jobId } }])
  })

  it('both URLs of a cross-region operation, and of one of a Backup vault, as one', () => {
    const at = (path: string) => `${arm}/subscriptions/${subscription}/providers/Microsoft.${path}`
    const crossRegion = at('RecoveryServices/locations/eastus/backupCrrOperation')
    const both = `${crossRegion}Results/MTs=?api-version=1\n${crossRegion}sStatus/MTs=?api-version=1`
    expect(targets({ ...inVault, 'operation-url': both })).toMatchObject([{ isResult: false }])
    const id = Buffer.from(`${jobId};${other}`).toString('base64')
    const ofRegion = at(`DataProtection/locations/westeurope/operationResults/${id}`)
    const ofVault = `${arm}${backupVaultRoot}/operationStatus/${id}`
    expect(targets({ 'operation-url': `${ofVault}\n${ofRegion}` })).toMatchObject([{ isResult: false }])
    expect(
      targets({ 'operation-url': `${ofVault}\n${ofVault.toLowerCase().replace(id.toLowerCase(), id)}` }),
    ).toHaveLength(1)
  })

  it('one ID in two vaults as two', () => {
    const second = status.replaceAll(vault.name, 'vault-2')
    expect(urls(`${status}\n${second}`)).toEqual([status, second])
  })

  it('two operations whose short ID is the same, in two places', () => {
    const at = (region: string) =>
      `${arm}/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/${region}/backupCrrOperationsStatus/MTs=?api-version=1`
    expect(targets({ ...inVault, 'operation-url': `${at('eastus')}\n${at('westus')}` })).toHaveLength(2)
  })
})

describe('protected-item takes', () => {
  it.each([
    [
      'names with blanks, commas and semicolons',
      'a b, c;d\nMSSQLSERVER/msdb',
      ['a b, c;d', 'MSSQLSERVER/msdb'],
    ],
    ['quotes', '"web-01"\n\'web 02\'', ['web-01', 'web 02']],
    ['brackets of a name', 'web (old)\n[x] y', ['web (old)', '[x] y']],
    ['a JSON array', '["web-01", "a, b"]', ['web-01', 'a, b']],
    [
      'ARM IDs apart by a comma',
      `${item}, ${item.replaceAll('vm-1', 'vm-2')}`,
      [item, item.replaceAll('vm-1', 'vm-2')],
    ],
    ['a name and an ARM ID', `web-01; ${item}`, ['web-01', item]],
    ['an ARM ID without its first slash', item.slice(1), [item]],
    ['an ARM ID with the host', `${arm}${item.replaceAll(';', '%3B')}`, [item]],
    ['an ARM ID with escaped names', item.replaceAll(';', '%3B'), [item]],
    ['an ARM ID with a slash at its end', `${item}/`, [item]],
    ['an ARM ID with a version', `${item}?api-version=2025-02-01`, [item]],
    ['a virtual machine’s own ID with a slash at its end', `${machine}/`, [machine]],
    ['an escaped ARM ID', encodeURIComponent(item), [item]],
    ['the JSON of az backup item show', pretty({ id: item, name: 'VM;x', properties: {} }), [item]],
    [
      'the JSON of Get-AzRecoveryServicesBackupItem',
      pretty([{ Name: 'VM;x', Id: item, SourceResourceId: machine }]),
      [item],
    ],
    ['a virtual machine’s own ID', machine, [machine]],
    ['zero-width characters', 'web\u200b-01', ['web-01']],
  ])('%s', (_name, given, expected) => {
    expect(items(given)).toEqual(expected)
  })

  it('a machine’s ID without a vault, anywhere in its subscription', () => {
    expect(targets({ 'protected-item': machine })).toMatchObject([
      { kind: 'items', names: [machine], subscriptionId: subscription, vault: undefined },
    ])
    expect(problems({ 'protected-item': machine, 'vault-name': 'v' })).toEqual([
      expect.stringContaining('set both resource-group and vault-name, or neither'),
    ])
  })
})

describe('what is given in place of an ID', () => {
  const operation = 'The ID or URL of an operation goes into operation-url'
  it.each([
    ['job-id', '""', /^Input job-id is empty: the step before gave nothing/],
    ['job-id', '[]', /^Input job-id is empty: the step before gave nothing/],
    ['protected-item', '{}', /^Input protected-item is empty: the step before gave nothing/],
    ['job-id', '\u200b', /^Input job-id is empty: the step before gave nothing/],
    ['job-id', 'None', /is "None"; a step before wrote it in place of a value that it did not have/],
    ['operation-url', 'null', /is "null"; a step before wrote it/],
    ['job-id', `[null,"${jobId}"]`, /is "null"; a step before wrote it/],
    ['job-id', 'System.String[]', /wrote the name of a type .*\$jobs\.JobId -join/],
    ['operation-url', 'System.Object[]', /wrote the name of a type .*\$response\.Headers/],
    ['job-id', 'System.Collections.Generic.List`1[System.Object]', /wrote the name of a type/],
    [
      'job-id',
      'Microsoft.Azure.Commands.RecoveryServices.Backup.Cmdlets.Models.AzureVmJob',
      /name of an object's type .*\$job\.JobId/,
    ],
    [
      'job-id',
      `@{JobId=${jobId}; Operation=Backup}`,
      /PowerShell object written as text; write \$job\.JobId/,
    ],
    [
      'operation-url',
      'System.Collections.Generic.Dictionary`2[System.String,System.Collections.Generic.IEnumerable`1[System.String]]',
      /wrote the name of a type .*\$response\.Headers\['Azure-AsyncOperation'\]/,
    ],
    ['operation-url', '[Location, System.String[]] [Date, System.String[]]', /wrote the name of a type/],
    ['job-id', 'Microsoft.PowerShell.Commands.Internal.Format.FormatStartData', /name of an object's type/],
    ['job-id', 'ERROR: (ResourceNotFound) The vault was not found.', /message of a command, not its result/],
    [
      'job-id',
      `WARNING: Upgrade it.\n${pretty(azJob)}`,
      /"WARNING: Upgrade it\."; it is a message of a comm/,
    ],
    [
      'operation-url',
      'HTTP/1.1 403 Forbidden\r\ndate: Thu, 26 Nov 2026 02:00:00 GMT\r\n',
      /has the answer "HTTP\/1\.1 403 Forbidden": its request was refused/,
    ],
    ['operation-url', '< HTTP/2 200\n< date: x', /holds headers without Azure-AsyncOperation and Location/],
    [
      'operation-url',
      pretty({ error: { code: 'AuthorizationFailed', message: 'No.' } }),
      /is an error that a request was answered with, "AuthorizationFailed: No\.", so it started nothing/,
    ],
    ['job-id', '{"error":{"code":"Conflict"}}', /is an error that .*"Conflict", so it started nothing/],
    ['operation-url', 'Retry-After:', /"Retry-After:" is not a URL/],
    [
      'job-id',
      `https://portal.azure.com/#@contoso.com/resource${vaultRoot}`,
      /is "https:\/\/portal\.azure\.com\/"; it is an address of the Azure portal/,
    ],
    ['job-id', '$job', /nothing has replaced/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow
    ['job-id', '${{ steps.start.outputs.job }}', /nothing has replaced/],
    ['operation-url', '$($response.Headers.Location)', /nothing has replaced/],
    ['job-id', '%JOB%', /nothing has replaced/],
    [
      'job-id',
      `https://portal.azure.com/#@contoso.com/resource${vaultRoot}/backupJobs`,
      new RegExp(
        `portal; set subscription-id to ${subscription}, resource-group to rg-prod, vault-name to ${vault.name}, and job-id to the job's ID on its page`,
      ),
    ],
    [
      'operation-url',
      `https://portal.azure.us/#view/JobDetails/jobId/${jobId}`,
      /address of the Azure portal/,
    ],
    [
      'operation-url',
      `https://portal.azure.com/#view/X/JobDetails/id/${encodeURIComponent(`${backupVaultRoot}/backupJobs/${jobId}`)}`,
      new RegExp(`vault-name to [\\w-]+, vault-type to backup, and job-id to ${jobId}\\.$`),
    ],
    ['job-id', `${vaultRoot}/events/${other}/ticks/638`, /event of the Activity Log/],
    [
      'job-id',
      `/subscriptions/${subscription}/providers/microsoft.insights/eventtypes/management/values/x`,
      /event of the Activity Log/,
    ],
    ['job-id', `${vaultRoot}/replicationJobs/${jobId}`, /Azure Site Recovery/],
    ['operation-url', `${arm}${vaultRoot}/replicationFabrics/f/operationsStatus/1`, /Azure Site Recovery/],
    [
      'operation-url',
      `${arm}${item}/backup?api-version=2025-02-01`,
      /starts an operation; expected the Azure-AsyncOp/,
    ],
    [
      'operation-url',
      `${arm}${item}/recoveryPoints/12/restore`,
      /the URL of the request that starts an operation/,
    ],
    [
      'job-id',
      `${arm}${backupVaultRoot}/backupInstances/bi/backup`,
      /set operation-url to the Azure-AsyncOperation/,
    ],
    ['job-id', `${job}/cancel`, /the URL of the request that starts an operation/],
    ['job-id', status, new RegExp(operation)],
    ['job-id', item, /The ARM ID of a protected item goes into protected-item/],
    ['operation-url', jobId, /is not a URL; .* A job's ID goes into job-id/],
    ['operation-url', pretty(psJob), /is not a URL; .* A job's ID goes into job-id/],
    [
      'protected-item',
      `https://someone@management.azure.com${item}`,
      /is no URL at https:\/\/management\.azure\.com/,
    ],
    ['protected-item', `https://evil.test${item}`, /"https:\/\/evil\.test\/.*is no URL at/],
    ['protected-item', `${item}/backup`, /has more behind the item's name, "\/backup"; leave that out/],
    ['protected-item', `${item}/recoveryPoints/12`, /has more .* "\/recoveryPoints\/12"; leave that out/],
    ['protected-item', item.slice(0, item.lastIndexOf('/')), /is not the ARM ID of a protected item/],
    ['protected-item', vaultRoot, /is not the ARM ID of a protected item; expected .*or a virtual machine's/],
    [
      'operation-url',
      pretty({ location: 'westeurope' }),
      /holds a JSON object without an Azure-AsyncOperation/,
    ],
    ['job-id', pretty({ id: other, name: other, status: 'InProgress' }), /holds a JSON object without jobId/],
    [
      'job-id',
      pretty({ properties: { jobIds: [jobId], failedJobsError: { 'vm-2': 'no' } } }),
      /jobs could not be started \(vm-2\); set operation-url/,
    ],
    ['job-id', '['.repeat(30) + ']'.repeat(30), /nested too deep/],
    [
      'operation-url',
      `HTTP/1.1 409 Conflict\ncontent-length: 0\n\nHTTP/1.1 202 Accepted\nLocation: ${result}`,
      /has the answer "HTTP\/1\.1 409 Conflict": its request was refused/,
    ],
    ['operation-url', encodeURIComponent(encodeURIComponent(status)), /is not a URL/],
  ])('%s: %s', (input, given, says) => {
    const [problem, ...others] = problems({ ...inVault, [input]: given })
    expect(problem).toMatch(says)
    expect(others).toEqual([])
  })

  it('is told of every value, five at the most', () => {
    const given = { ...inVault, 'job-id': [...'abcdefgh'].join('\n') }
    const all = problems(given)
    expect(all).toHaveLength(6)
    expect(all.at(-1)).toBe('Input job-id has 3 more wrong values.')
  })
})

describe('an input of 128 KiB', () => {
  it.each([
    ',',
    ';',
    ' ,',
    '"',
    '[',
    '{',
    '}',
    '] ',
    '<',
    '%2C',
    '/subscriptions/',
    'https://',
    'a:',
    '\u200b',
    '$',
    'System.',
    '{} {',
  ])('is read in no time where it is %j', (part) => {
    const given = `x${part.repeat(Math.floor(130_000 / part.length))}x`
    for (const input of ['job-id', 'operation-url', 'protected-item']) {
      const begun = process.threadCpuUsage()
      for (const value of [given, given.slice(1, -1)]) problems({ ...inVault, [input]: value })
      expect(milliseconds(begun)).toBeLessThan(1_000)
    }
  })

  it('is read in no time where it is almost the name of a type', () => {
    const begun = process.threadCpuUsage()
    problems({ ...inVault, 'job-id': `System.a${'[]'.repeat(100)}x` })
    expect(milliseconds(begun)).toBeLessThan(1_000)
  })
})
