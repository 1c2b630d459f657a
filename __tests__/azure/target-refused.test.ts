import { describe, expect, it } from 'vitest'
import { cloudOf } from '../../src/azure/http/cloud.ts'
import { parseJobId, parseOperationUrl } from '../../src/azure/target.ts'
import { InputError } from '../../src/base/errors.ts'
import { namedVault, noVault } from '../support/inputs.ts'
import { backupVaultRoot, jobId, subscription, vaultRoot } from '../support/job-body.ts'

const cloud = cloudOf('azurecloud')
const arm = 'https://management.azure.com'
const secret = '?api-version=1&s=QUJDREVGR0hJSktMTU5PUA&sig=sEcReT'
const accepted = 'expected the value of an Azure-AsyncOperation or Location header'
const crossRegion = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2`

const said = (name: string, problem: string) =>
  `Input ${name}${problem.startsWith('"') ? ':' : ''} ${problem}`

function refused(act: () => unknown): InputError {
  try {
    act()
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
  throw new Error('It was accepted.')
}

function refusedUrl(line: string, inputs = noVault): InputError {
  return refused(() => parseOperationUrl(line, inputs, cloud))
}

/** What PowerShell and others join values by: a second one in the first's query would be lost in silence. */
const separators = [',', ';', '%2C', '%3B', ', ', '#', '']

describe('a line that holds two', () => {
  const url = `${arm}${vaultRoot}/backupOperations/12?api-version=2021-10-01`
  const other = `${arm}${vaultRoot}/backupOperations/34?api-version=2021-10-01`
  const job = `${vaultRoot}/backupJobs/${jobId}`

  it.each(separators)('URLs, apart by "%s", is refused', (separator) => {
    expect(refusedUrl(`${url}${separator}${other}`).message).toMatch(/^Input operation-url: /)
    expect(refusedUrl(`${url.split('?')[0]}${separator}${other}`).message).toMatch(/^Input operation-url: /)
    expect(refusedUrl(`${url}${separator}${vaultRoot}/backupOperations/34`).message).toMatch(
      /^Input operation-url: /,
    )
  })

  it.each([',', ';', '&'])('a URL and an ID, apart by "%s", is refused', (separator) => {
    if (separator !== '&') expect(refusedUrl(`${url}${separator}${jobId}`).message).toContain('more than one')
    expect(refusedUrl(`${url}${separator}${job}`).message).toContain('more than one')
  })

  it.each(separators)('job IDs, apart by "%s", is refused', (separator) => {
    const both = [
      `${job}${separator}${job}`,
      `${job}?api-version=1${separator}${job}`,
      `${jobId}${separator || ' '}${jobId}`,
    ]
    for (const line of both)
      expect(refused(() => parseJobId(line, namedVault, cloud)).message).toMatch(/^Input job-id: /)
  })
})

describe('what tells two from one', () => {
  const operation = `${arm}${vaultRoot}/backupOperations/12`
  const job = `${vaultRoot}/backupJobs/${jobId}`
  const severalUrls = /^Input operation-url: ".+" holds more than one URL or ID; expected one a line\.$/
  const severalIds = /^Input job-id: ".+" holds more than one URL or ID; expected one a line\.$/

  it.each([
    ['a scheme, in the path', `${operation}/https://x`],
    ['a scheme, in the query', `${operation}?a=https://x`],
    ['a subscription, in the path', `${operation}${vaultRoot}`],
    ['a subscription, behind the documented two', `${arm}/subscriptions/${vaultRoot}/x${vaultRoot}`],
    ['a subscription, in the query', `${operation}?asubscriptions/${subscription}`],
    ['a subscription, escaped in the query', `${operation}?asubscriptions%2F${subscription}`],
    ['a subscription, escaped twice in the query', `${operation}?asubscriptions%25252F${subscription}`],
    ['a name, behind a comma', `${operation},34`],
    ['a name, behind a semicolon', `${operation};34`],
    ['a name, behind an escaped blank', `${operation}%2034`],
  ])('is another %s', (_name, line) => {
    expect(refusedUrl(line).message).toMatch(severalUrls)
  })

  it('is another subscription of an ARM ID', () => {
    expect(refused(() => parseJobId(`${job}${job}`, noVault, cloud)).message).toMatch(severalIds)
    expect(refused(() => parseJobId(`${job},${arm}${job},${arm}`, noVault, cloud)).message).toMatch(
      severalIds,
    )
  })
})

describe('an operation-url that is refused', () => {
  it.each([
    ['no URL', `operation-12${secret}`, `"operation-12" is not a URL; ${accepted}.`],
    ['a header', 'Retry-After:12', `"Retry-After:12" is not a URL; ${accepted}.`],
    ['a word before one', 'see:https:12', `"see:https:12" is not a URL; ${accepted}.`],
    ['half a URL', 'https://[', `"https://[" is not a URL; ${accepted}.`],
    ['a job’s ID', jobId, `"${jobId}" is not a URL; ${accepted}. A job's ID goes into job-id.`],
    [
      'http without its slashes',
      'http:management.azure.com/x',
      `"http:management.azure.com/x" is not sent a token: its scheme is http, not https. ` +
        'Expected a URL of Azure Backup at https://management.azure.com or one of its regions; for another cloud set environment or resource-manager-url.',
    ],
    ...['operations', 'myoperations/1', 'operationsX/1'].map((path) => [
      `the URL of ${path}`,
      `${arm}${vaultRoot}/${path}${secret}`,
      `"${arm}${vaultRoot}/${path}" is neither an operation's URL nor a job's; ${accepted} of the request that started the operation.`,
    ]),
    [
      'a path',
      `${vaultRoot}/x${secret}`,
      `"${arm}${vaultRoot}/x" is neither an operation's URL nor a job's; ${accepted} of the request that started the operation.`,
    ],
    [
      'a blank',
      `${arm}${vaultRoot}/backupOperations/1 ${secret}`,
      `"${arm}${vaultRoot}/backupOperations/1" has a blank, a backslash or a control character in it; expected none.`,
    ],
    [
      'a backslash',
      `${arm}\\@evil.test${vaultRoot}`,
      `"https://***@evil.test${vaultRoot}" has a blank, a backslash or a control character in it; expected none.`,
    ],
    [
      'another host',
      `https://evil.test${vaultRoot}/backupOperations/1${secret}`,
      `"https://evil.test${vaultRoot}/backupOperations/1" is not sent a token: its host is evil.test, not management.azure.com. ` +
        'Expected a URL of Azure Backup at https://management.azure.com or one of its regions; for another cloud set environment or resource-manager-url.',
    ],
    [
      'http',
      `http://management.azure.com${vaultRoot}/backupOperations/1${secret}`,
      `"http://management.azure.com${vaultRoot}/backupOperations/1" is not sent a token: its scheme is http, not https. ` +
        'Expected a URL of Azure Backup at https://management.azure.com or one of its regions; for another cloud set environment or resource-manager-url.',
    ],
    [
      'no subscription',
      `${arm}/providers/Microsoft.RecoveryServices/operations${secret}`,
      `"${arm}/providers/Microsoft.RecoveryServices/operations" is not sent a token: its path is none of Azure Backup, which begins with /subscriptions/. ` +
        'Expected a URL of Azure Backup at https://management.azure.com or one of its regions; for another cloud set environment or resource-manager-url.',
    ],
    [
      'Resource Graph',
      `${arm}/providers/Microsoft.ResourceGraph/resources${secret}`,
      `"${arm}/providers/Microsoft.ResourceGraph/resources" names no subscription; ${accepted}.`,
    ],
    [
      'a vault',
      `${arm}${vaultRoot}${secret}`,
      `"${arm}${vaultRoot}" is neither an operation's URL nor a job's; expected the value of an Azure-AsyncOperation or Location header of the request that started the operation.`,
    ],
    [
      'the request that starts a backup',
      `${arm}${vaultRoot}/backupFabrics/Azure/protectionContainers/c/protectedItems/i/backup${secret}`,
      `"${arm}${vaultRoot}/backupFabrics/Azure/protectionContainers/c/protectedItems/i/backup" is neither an operation's URL nor a job's; expected the value of an Azure-AsyncOperation or Location header of the request that started the operation.`,
    ],
    [
      'the read of a cross-region job',
      `${arm}${crossRegion}/backupCrrJob${secret}`,
      `"${arm}${crossRegion}/backupCrrJob" is neither an operation's URL nor a job's; expected the value of an Azure-AsyncOperation or Location header of the request that started the operation.`,
    ],
    [
      'a job whose name is none',
      `${arm}${vaultRoot}/backupJobs/all${secret}`,
      `"all" is not a job's name; expected letters, digits and hyphens, 64 at most.`,
    ],
  ])('is %s', (_name, line, expected) => {
    const error = refusedUrl(line)
    expect(error.input).toBe('operation-url')
    expect(error.message).toBe(said('operation-url', expected))
  })

  it.each([
    ['an export of the job list', `${vaultRoot}/backupJobs/operationResults/1234`],
    [
      'a change of the storage settings',
      `${vaultRoot}/backupstorageconfig/vaultstorageconfig/operationResults/1234`,
    ],
    ['a private endpoint connection', `${vaultRoot}/privateEndpointConnections/pe/operationsStatus/1234`],
    ['a cost estimate', `${vaultRoot}/backupTieringCost/default/operationsStatus/1234`],
  ])('is one that can lead to no job: %s', (what, path) => {
    expect(refusedUrl(`${arm}${path}${secret}`).message).toBe(
      `Input operation-url: "${arm}${path}" can lead to no job: it is the URL of ${what}.`,
    )
  })

  it('is a cross-region one without the vault', () => {
    expect(refusedUrl(`${arm}${crossRegion}/backupCrrOperationsStatus/MQ==${secret}`).message).toBe(
      `Input operation-url: "${arm}${crossRegion}/backupCrrOperationsStatus/MQ==" is a cross-region operation's and does not name ` +
        'the vault, which reading its job takes; set resource-group and vault-name too.',
    )
  })

  it('is longer than any that Azure gives', () => {
    const start = `${arm}${vaultRoot}/backupOperations/1?x=`
    const most = start.padEnd(8_192, 'a')
    expect(parseOperationUrl(most, noVault, cloud)).toMatchObject({ id: '1' })
    expect(refusedUrl(`${most}a`).message).toBe(
      'Input operation-url has a value of 8193 characters; Azure gives none over 8192.',
    )
  })

  it('is shown without user info', () => {
    const { message } = refusedUrl(
      `https://someone:hunter2@management.azure.com${vaultRoot}/backupOperations/1`,
    )
    expect(message).toContain('"https://***@management.azure.com/')
    expect(message).not.toContain('hunter2')
  })

  it('is shown in part where it is long', () => {
    const { message } = refusedUrl(`https://evil.test/${'a'.repeat(5_000)}`)
    expect(message.length).toBeLessThan(700)
    expect(message).toContain('aaa…"')
  })

  it('names the one origin where resource-manager-url is set', () => {
    const exact = cloudOf('azurecloud', new URL('https://arm.local:8443'))
    const error = refused(() => parseOperationUrl(`${arm}${vaultRoot}/backupOperations/1`, noVault, exact))
    expect(error.message).toContain(
      'Expected a URL of Azure Backup at https://arm.local:8443; for another cloud',
    )
  })
})

describe('a job-id that is refused', () => {
  const refusedId = (line: string, inputs = noVault) => refused(() => parseJobId(line, inputs, cloud))
  const armForm =
    'expected /subscriptions/…/resourceGroups/…/providers/Microsoft.RecoveryServices/vaults/…/backupJobs/….'

  it.each([
    ...['ftp://x/1', 'git+https://x/1'].map((line) => [
      'at what is not asked',
      line,
      `"${line}" is not a job's ID; expected its name (a GUID) or its full ARM ID.`,
    ]),
    [
      'over http',
      `http://management.azure.com${vaultRoot}/backupJobs/${jobId}`,
      `"http://management.azure.com${vaultRoot}/backupJobs/${jobId}" is not sent a token: its scheme is http, not https. ` +
        'Expected a URL of Azure Backup at https://management.azure.com or one of its regions; for another cloud set environment or resource-manager-url.',
    ],
    ['words', 'latest', `"latest" is not a job's ID; expected its name (a GUID) or its full ARM ID.`],
    [
      'too long',
      '1'.repeat(65),
      `"${'1'.repeat(65)}" is not a job's ID; expected its name (a GUID) or its full ARM ID.`,
    ],
    ['with a slash', 'a/1', `"a/1" is not a job's ID; expected its name (a GUID) or its full ARM ID.`],
    [
      'a URL of another host',
      `https://evil.test${vaultRoot}/backupJobs/${jobId}${secret}`,
      `"https://evil.test${vaultRoot}/backupJobs/${jobId}" is not sent a token: its host is evil.test, not management.azure.com. ` +
        'Expected a URL of Azure Backup at https://management.azure.com or one of its regions; for another cloud set environment or resource-manager-url.',
    ],
    [
      'an operation’s URL',
      `${arm}${vaultRoot}/backupOperations/12${secret}`,
      `"${arm}${vaultRoot}/backupOperations/12" is not the ARM ID of a job; ${armForm} The ID or URL of an operation goes into operation-url.`,
    ],
    [
      'an item’s ID',
      `${vaultRoot}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`,
      `"${vaultRoot}/backupFabrics/Azure/protectionContainers/c/protectedItems/i" is not the ARM ID of a job; ${armForm} The ARM ID of a protected item goes into protected-item.`,
    ],
    [
      'an instance’s ID',
      `${backupVaultRoot}/backupInstances/b`,
      `"${backupVaultRoot}/backupInstances/b" is not the ARM ID of a job; ${armForm} The ARM ID of a protected item goes into protected-item.`,
    ],
    ['the ID of a vault', vaultRoot, `"${vaultRoot}" is not the ARM ID of a job; ${armForm}`],
    [
      'the ID of no job',
      `${vaultRoot}/backupJobs`,
      `"${vaultRoot}/backupJobs" is not the ARM ID of a job; ${armForm}`,
    ],
    [
      'the ID of something below a job',
      `${vaultRoot}/backupJobs/${jobId}/operationResults/1${secret}`,
      `"${vaultRoot}/backupJobs/${jobId}/operationResults/1" is not the ARM ID of a job; ${armForm} The ID or URL of an operation goes into operation-url.`,
    ],
    [
      'the ID of another provider',
      `/subscriptions/${subscription}/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm`,
      `"/subscriptions/${subscription}/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm" is not the ARM ID of a job; ${armForm}`,
    ],
    [
      'the ID of a job whose name is none',
      `${vaultRoot}/backupJobs/a%20b`,
      `"a b" is not a job's name; expected letters, digits and hyphens, 64 at most.`,
    ],
  ])('is one %s', (_name, line, expected) => {
    const error = refusedId(line, namedVault)
    expect(error.input).toBe('job-id')
    expect(error.message).toBe(said('job-id', expected))
  })

  it.each([
    [noVault, 'subscription-id, resource-group, vault-name'],
    [{ ...namedVault, vaultName: '' }, 'vault-name'],
    [{ ...namedVault, subscriptionId: '' }, 'subscription-id'],
    [{ ...namedVault, resourceGroup: '' }, 'resource-group'],
    [{ ...namedVault, resourceGroup: '', vaultName: '' }, 'resource-group, vault-name'],
  ])('is a name without its vault (%#)', (inputs, missing) => {
    expect(refusedId(jobId, inputs).message).toBe(
      `Input job-id: "${jobId}" does not say which vault it is in; set ${missing} too, or give the full ARM ID.`,
    )
  })

  it('is a cross-region ID without the vault', () => {
    expect(refusedId(`${crossRegion}/backupJobs/${jobId}`).message).toBe(
      `Input job-id: "${jobId}" does not say which vault it is in; set resource-group, vault-name too, or give the full ARM ID.`,
    )
  })

  it('is longer than any', () => {
    expect(refusedId('1'.repeat(8_193)).message).toBe(
      'Input job-id has a value of 8193 characters; Azure gives none over 8192.',
    )
  })
})
