/** Wrong inputs of every other kind, and what is known in spite of one. */
import { expect } from 'vitest'
import { follow, simulate, tells } from './support.ts'
import { type Case, guid, job, operationAt, password, refuses, vault } from './wrong-input.ts'

const simulator = await simulate()
const arm = simulator.resourceManagerUrl
const operation = operationAt(arm)

const plain = (input: string, value: string, says: RegExp, further = {}): Case => ({
  name: `${input}: ${value === '' ? 'empty' : value.slice(0, 40)}`,
  input,
  says,
  inputs: { 'operation-url': operation, [input]: value, ...further },
})

const cases: Case[] = [
  plain('subscription-id', 'prod', /"prod"; expected a GUID/),
  plain('resource-group', 'rg/prod', /"rg\/prod"; expected the name alone/),
  plain('vault-name', '-vault', /"-vault"; expected the name alone: letters, digits and hyphens/),
  plain('vault-type', 'Backups', /"Backups"; expected recovery-services or backup\./),
  plain('secondary-region', 'North Europe', /"North Europe"; expected the name of a region without blanks/),
  plain('wait-for', 'snapshots', /"snapshots"; expected completion, snapshot or none\./),
  ...['0', '-1', 'ten', '1e3', 'Infinity'].map((value) =>
    plain('timeout-minutes', value, /expected a number greater than 0, such as 90\./),
  ),
  ...['0.5', '0', '30s'].map((value) =>
    plain('poll-interval-seconds', value, /expected a number of at least 1, such as 30/),
  ),
  plain('fail-on', 'errors', /"errors"; expected failure, warning or never\./),
  plain('cancel-job', 'yes', /"yes"; expected never, on-timeout, on-cancel or always\./),
  plain('client-id', 'my app', /"my app"; expected the application's or managed identity's client ID/),
  plain('tenant-id', 'contoso/x', /"contoso\/x"; expected a GUID or a domain/),
  plain('tenant-id', 'contoso.example', /without client-id; set both, or neither/, { 'client-id': '' }),
  plain('client-secret', password, /without client-id and tenant-id; set all three/, {
    'client-id': '',
    'tenant-id': '',
  }),
  plain(
    'environment',
    'azuregermany',
    /"azuregermany"; expected azurecloud, azureusgovernment or azurechina/,
  ),
  plain('resource-manager-url', 'http://localhost', /"http:\/\/localhost"; expected an https URL/),
  plain('resource-manager-url', `https://me:${password}@localhost`, /expected an https URL without user/),
  plain('resource-manager-url', `${arm}/arm`, /with a path or a query; expected the endpoint alone/),
  plain('resource-manager-url', `${arm}/?x=1`, /with a path or a query; expected the endpoint alone/),
  plain('max-age-hours', '26', /is set, but goes with protected-item, not with operation-url/),
  plain('operation', 'Restore', /is set, but goes with protected-item, not with operation-url/),
  plain('max-age-hours', '0', /"0"; expected a number of hours greater than 0, such as 26/, {
    'operation-url': '',
    'protected-item': 'web-01',
    ...vault,
  }),
  plain('operation', 'Back/up', /"Back\/up"; expected the word that jobs have/, {
    'operation-url': '',
    'protected-item': 'web-01',
    ...vault,
  }),
  plain('operation', '(Full)', /"\(Full\)"; expected the word that jobs have/, {
    'operation-url': '',
    'protected-item': 'web-01',
    ...vault,
  }),
  plain('verify-recovery-point', 'maybe', /"maybe"; expected false, true or healthy\./),
  plain('summary', 'no', /"no"; expected true or false\./),
  {
    name: 'AZURE_AUTHORITY_HOST: http',
    input: 'AZURE_AUTHORITY_HOST (environment variable)',
    says: /"http:\/\/login\.example"; expected an https URL/,
    inputs: { 'operation-url': operation },
    environment: { AZURE_AUTHORITY_HOST: 'http://login.example' },
  },
]

refuses(simulator, cases)

tells('values are trimmed, and words that azure/login takes in any case are', async () => {
  const run = await follow(simulator, {
    'job-id': ` ${job} \n`,
    environment: 'AzureCloud',
    summary: 'True',
    'vault-type': 'nothing of the kind',
  })
  expect(run.outputs['error-message']).toMatch(/^Input vault-type is /)
})

tells('what the inputs say of the job is in the outputs already', async () => {
  const environment = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined }
  const run = await follow(simulator, { 'job-id': job }, { environment })
  expect(run.outputs).toMatchObject({ conclusion: 'error', 'job-id': guid, 'vault-name': 'vault-prod' })
})
