/** Wrong inputs that should say what to follow. */
import { expect } from 'vitest'
import { follow, simulate, tells } from './support.ts'
import { type Case, guid, job, operationAt, password, recovery, refuses, vault } from './wrong-input.ts'

const simulator = await simulate()
const arm = simulator.resourceManagerUrl
const operation = operationAt(arm)
const subscription = recovery.slice(0, recovery.indexOf('/resourceGroups'))

const url = (name: string, value: string, says: RegExp): Case => ({
  name: `operation-url: ${name}`,
  input: 'operation-url',
  says,
  inputs: { 'operation-url': value },
})
const id = (name: string, value: string, says: RegExp, further = {}): Case => ({
  name: `job-id: ${name}`,
  input: 'job-id',
  says,
  inputs: { 'job-id': value, ...further },
})
const item = (name: string, value: string, says: RegExp, further = {}): Case => ({
  name: `protected-item: ${name}`,
  input: 'protected-item',
  says,
  inputs: { 'protected-item': value, ...further },
})

const targets: Case[] = [
  {
    name: 'none of operation-url, job-id and protected-item',
    input: 'operation-url',
    says: /is empty, and so are job-id and protected-item; expected exactly one of them/,
    inputs: {},
  },
  {
    name: 'operation-url and job-id',
    input: 'job-id',
    says: /together with operation-url; expected exactly one/,
    inputs: { 'operation-url': operation, 'job-id': job },
  },
  {
    name: 'job-id and protected-item',
    input: 'protected-item',
    says: /together with job-id; expected exactly one/,
    inputs: { 'job-id': job, 'protected-item': 'web-01', ...vault },
  },
  url('a wrong line among others', `${operation}\nnot-a-url\n${operation}`, /"not-a-url" is not a URL/),
  id('a wrong line among others', `${job}\nnightly`, /"nightly" is not a job's ID/),
  id(
    'a list that was cut off',
    `${job}\n${job.slice(0, -9)}`,
    /ends in "8eece52b-e77d-4dd6-859f-e20".*cut off/,
  ),
  url('no URL', 'not-a-url', /"not-a-url" is not a URL; expected the value of an Azure-AsyncOperation/),
  url('a job’s name', guid, /is not a URL; .* A job's ID goes into job-id\./),
  url('http', operation.replace('https:', 'http:'), /its scheme is http, not https/),
  url('another host', operation.replace(arm, 'https://evil.example'), /its host is evil\.example/),
  url(
    'the public cloud, where another is set',
    operation.replace(arm, 'https://management.azure.com'),
    /its host is management\.azure\.com, not localhost:\d+\. .* set environment or resource-manager-url/,
  ),
  url(
    'a label before the host',
    operation.replace('localhost', 'weu.localhost'),
    /its host is weu\.localhost/,
  ),
  url('another port', operation.replace(/:\d+/, ':8443'), /its host is localhost:8443/),
  url('user info', operation.replace('//', `//me:${password}@`), /it has user info before the host/),
  url(
    'a blank in it',
    operation.replace('vault-prod', 'vault prod'),
    /vault" is neither an operation's URL nor a job's.*\n.*"prod\/backup.*is not a URL/,
  ),
  url('a backslash in it', operation.replace('/vaults', '\\vaults'), /has a blank, a backslash or/),
  url(
    'no subscription',
    `${arm}/providers/Microsoft.RecoveryServices/operations`,
    /which begins with \/subscriptions\//,
  ),
  url(
    'another provider',
    `${arm}${subscription}/providers/Microsoft.Compute/locations/weu/operations/${guid}`,
    /its provider is Microsoft\.Compute, not Microsoft\.RecoveryServices or Microsoft\.DataProtection/,
  ),
  url(
    'two providers',
    `${arm}${recovery}/providers/Microsoft.Authorization/roleAssignments/${guid}`,
    /its provider is Microsoft\.RecoveryServices and Microsoft\.Authorization/,
  ),
  url('dots', operation.replace('/vaults/', '/vaults/x%2F..%2F'), /its path has dots/),
  url(
    'too long',
    `${operation}&s=${'a'.repeat(8_192)}`,
    /has a value of 8\d{3} characters; Azure gives none over 8192/,
  ),
  url('a vault', arm + recovery, /is neither an operation's URL nor a job's/),
  url(
    'the list of jobs',
    `${arm}${recovery}/backupJobs`,
    /can lead to no job: it is the URL of the job list/,
  ),
  url('a job with no name of one', `${arm}${recovery}/backupJobs/a%20b`, /is not a job's name/),
  url(
    'an export',
    `${arm}${recovery}/backupJobs/operationResults/${guid}`,
    /can lead to no job: it is the URL of an export of the job list/,
  ),
  url(
    'a cost estimate',
    `${arm}${recovery}/backupTieringCost/default/operationsStatus/${guid}`,
    /can lead to no job: it is the URL of a cost estimate/,
  ),
  url(
    'storage settings',
    `${arm}${recovery}/backupstorageconfig/vaultstorageconfig/operationResults/${guid}`,
    /can lead to no job: it is the URL of a change of the storage settings/,
  ),
  url(
    'a private endpoint',
    `${arm}${recovery}/privateEndpointConnections/pe/operationsStatus/${guid}`,
    /can lead to no job: it is the URL of a private endpoint connection/,
  ),
  url(
    'another region without the vault',
    `${arm}${subscription}/providers/Microsoft.RecoveryServices/locations/northeurope/backupCrrOperationsStatus/MTs=`,
    /does not name the vault, .* set resource-group and vault-name too/,
  ),
  id('a blank', 'job 1', /"job" is not a job's ID; expected its name \(a GUID\) or its full ARM ID/, vault),
  id('no digit', 'nightly', /is not a job's ID/, vault),
  id('65 characters', `1${'a'.repeat(64)}`, /is not a job's ID/, vault),
  id('an operation’s URL', operation, /The ID or URL of an operation goes into operation-url/, vault),
  id('the ARM ID of a vault', recovery, /is not the ARM ID of a job; expected \/subscriptions\//),
  id('an ARM ID with more behind', `${job}/tasks`, /is not the ARM ID of a job/),
  id(
    'an ARM ID of another provider',
    job.replace('RecoveryServices', 'Compute'),
    /is not the ARM ID of a job/,
  ),
  id(
    'a name alone',
    guid,
    /does not say which vault it is in; set subscription-id, resource-group, vault-name too/,
  ),
  id('a name and half a vault', guid, /set vault-name too/, { ...vault, 'vault-name': '' }),
  item(
    'no vault',
    'web-01',
    /"web-01" does not say which vault it is in; set subscription-id, resource-group/,
  ),
  item('all of no subscription', '*', /is \*; set subscription-id for all vaults of a subscription/),
  item('all and one', '*\nweb-01', /has \* among other names/, vault),
  item('the ARM ID of a vault', recovery, /is not the ARM ID of a protected item/),
]

refuses(simulator, targets)

tells('every wrong input at once, in one annotation, with the job that was right', async () => {
  const run = await follow(simulator, {
    'job-id': `${job}\nnightly`,
    'timeout-minutes': '0',
    'fail-on': 'errors',
    environment: '',
  })
  expect(run.annotations).toHaveLength(1)
  expect(run.annotations[0]?.message.split('\n')).toEqual([
    `Input job-id: "nightly" is not a job's ID; expected its name (a GUID) or its full ARM ID.`,
    'Input timeout-minutes is "0"; expected a number greater than 0, such as 90.',
    'Input fail-on is "errors"; expected failure, warning or never.',
  ])
  expect(run.annotations[0]?.title).toBe('Nothing was followed: 3 inputs are wrong')
  expect(run.outputs).toMatchObject({ conclusion: 'error', 'job-id': guid, 'vault-name': 'vault-prod' })
  for (const part of ['nightly', 'timeout-minutes', 'fail-on']) expect(run.summary).toContain(part)
  expect(simulator.requests).toEqual([])
})

tells('the query of a URL is not shown, for it may be signed', async () => {
  const signed = `${operation.replace(arm, 'https://evil.example')}&s=${password}&t=638000000000000000`
  const run = await follow(simulator, { 'operation-url': signed })
  expect(run.outputs['error-message']).toContain(`${recovery}/backupOperations/${guid}" is not sent a token`)
  expect(run.stdout + run.summary + JSON.stringify(run.outputs)).not.toContain(password)
})
