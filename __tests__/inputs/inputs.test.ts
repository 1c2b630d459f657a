import { describe, expect, it } from 'vitest'
import { InputErrors, type Inputs, readInputs } from '../../src/inputs/inputs.ts'
import { defaults } from '../support/action-yml.ts'
import { jobId, subscription, vault, vaultRoot } from '../support/job-body.ts'

const armId = `${vaultRoot}/backupJobs/${jobId}`

function read(given: Record<string, string> = {}, env: Record<string, string> = {}, withJob = true): Inputs {
  const values: Record<string, string> = { ...defaults, ...(withJob ? { 'job-id': armId } : {}), ...given }
  return readInputs((name) => {
    const value = values[name]
    return value?.trim() ?? ''
  }, env)
}

/** All errors, and what is known in spite of them. */
function refusedAll(...given: Parameters<typeof read>): InputErrors {
  try {
    read(...given)
  } catch (error) {
    if (error instanceof InputErrors) return error
    throw error
  }
  throw new Error('It was accepted.')
}

/** The one error. */
function refused(...given: Parameters<typeof read>) {
  const [error, ...others] = refusedAll(...given).errors
  expect(others).toEqual([])
  return { input: error?.input, message: error?.message ?? '' }
}

const said = (name: string, problem: string) =>
  `Input ${name}${problem.startsWith('"') ? ':' : ''} ${problem}`

describe('inputs that nobody sets', () => {
  it('have the defaults of action.yml', () => {
    expect(read()).toMatchObject({
      targets: [{ kind: 'job', reference: { vault, id: jobId } }],
      waitFor: 'completion',
      timeoutMinutes: 350,
      pollIntervalSeconds: 30,
      failOn: 'failure',
      cancelJob: 'never',
      credential: { clientId: '', tenantId: '', clientSecret: '', audience: '' },
      summary: true,
      cloud: { resourceManager: 'https://management.azure.com', exact: false },
    })
  })
})

describe('words and numbers', () => {
  it.each([
    ['wait-for', 'snapshot', { waitFor: 'snapshot' }],
    ['wait-for', 'none', { waitFor: 'none' }],
    ['wait-for', 'Completion', { waitFor: 'completion' }],
    ['fail-on', 'Warning', { failOn: 'warning' }],
    ['cancel-job', 'On-Cancel', { cancelJob: 'on-cancel' }],
    ['comment-in-pr', 'ALWAYS', { commentInPr: 'always' }],
    ['verify-recovery-point', '"True"', { verifyRecoveryPoint: 'true' }],
    ['verify-recovery-point', 'Healthy', { verifyRecoveryPoint: 'healthy' }],
    ['timeout-minutes', "\u200b'90'", { timeoutMinutes: 90 }],
    ['continue-with', 'follow.yml', { continueWith: 'follow.yml' }],
    ['continue-with', 'follow me.YAML', { continueWith: 'follow me.YAML' }],
    ['pull-request', '12', { pullRequest: 12 }],
    ['fail-on', 'warning', { failOn: 'warning' }],
    ['fail-on', 'never', { failOn: 'never' }],
    ['cancel-job', 'on-timeout', { cancelJob: 'on-timeout' }],
    ['cancel-job', 'on-cancel', { cancelJob: 'on-cancel' }],
    ['cancel-job', 'always', { cancelJob: 'always' }],
    ['timeout-minutes', '0.5', { timeoutMinutes: 0.5 }],
    ['timeout-minutes', '10080', { timeoutMinutes: 10_080 }],
    ['poll-interval-seconds', '1', { pollIntervalSeconds: 1 }],
    ['poll-interval-seconds', '2.5', { pollIntervalSeconds: 2.5 }],
    ['summary', 'FALSE', { summary: false }],
    ['summary', 'True', { summary: true }],
    ['audience', 'api://mine', { credential: { audience: 'api://mine' } }],
  ])('%s may be %s', (name, value, expected) => {
    expect(read({ [name]: value })).toMatchObject(expected)
  })

  it.each([
    ['wait-for', 'snapshots', 'is "snapshots"; expected completion, snapshot or none.'],
    ['fail-on', 'always', 'is "always"; expected failure, warning or never.'],
    ['cancel-job', 'true', 'is "true"; expected never, on-timeout, on-cancel or always.'],
    ['timeout-minutes', '0', 'is "0"; expected a number greater than 0, such as 90.'],
    ['timeout-minutes', '-5', 'is "-5"; expected a number greater than 0, such as 90.'],
    ['timeout-minutes', '1e3', 'is "1e3"; expected a number greater than 0, such as 90.'],
    ['timeout-minutes', '1,5', 'is "1,5"; expected a number greater than 0, such as 90.'],
    ['timeout-minutes', 'Infinity', 'is "Infinity"; expected a number greater than 0, such as 90.'],
    ['poll-interval-seconds', '0.9', 'is "0.9"; expected a number of at least 1, such as 30.'],
    ['poll-interval-seconds', '30s', 'is "30s"; expected a number of at least 1, such as 30.'],
    ['summary', 'yes', 'is "yes"; expected true or false.'],
    ['environment', 'azure', 'is "azure"; expected azurecloud, azureusgovernment or azurechinacloud.'],
    ['subscription-id', 'mine', 'is "mine"; expected a GUID.'],
    ['resource-group', 'a/b', 'is "a/b"; expected the name alone: letters, digits, and _ . ( ) -.'],
    ['vault-name', '-v', 'is "-v"; expected the name alone: letters, digits and hyphens.'],
    [
      'vault-name',
      '/subscriptions/x',
      'is "/subscriptions/x"; expected the name alone: letters, digits and hyphens.',
    ],
    ['client-id', 'a b', 'is "a b"; expected the application\'s or managed identity\'s client ID, a GUID.'],
    ['tenant-id', 'a/b', 'is "a/b"; expected a GUID or a domain.'],
    ['job-id', 'latest', `"latest" is not a job's ID; expected its name (a GUID) or its full ARM ID.`],
  ])('%s may not be "%s"', (name, value, expected) => {
    const error = refused({ [name]: value })
    expect(error.input).toBe(name)
    expect(error.message).toBe(said(name, expected))
  })

  it('are shown in one line and in part where they are long', () => {
    expect(refused({ 'fail-on': `a\n::error::${'b'.repeat(500)}` }).message).toBe(
      `Input fail-on is "a ::error::${'b'.repeat(289)}…"; expected failure, warning or never.`,
    )
  })
})

describe('what to follow', () => {
  it('is exactly one of the inputs for it', () => {
    const none = refused({}, {}, false)
    expect(none.message).toMatch(
      /^Input operation-url is empty, .*expected exactly one of them\. If .* gave nothing/,
    )
    const both = refused({ 'operation-url': `https://management.azure.com${armId}` })
    expect(both.message).toMatch(/^Input job-id is set together with operation-url; expected exactly one of /)
  })

  it('may be an operation URL', () => {
    const url = `https://management.azure.com${vaultRoot}/backupOperations/1?api-version=1`
    expect(read({ 'operation-url': `\n ${url} \n` }, {}, false).targets).toMatchObject([
      { kind: 'operation', url: new URL(url), vault },
    ])
  })

  it('is in the vault that the inputs name, where the ID does not say it', () => {
    const inputs = {
      'job-id': jobId,
      'subscription-id': subscription,
      'resource-group': 'rg-prod',
      'vault-name': 'vault-weu',
    }
    expect(read(inputs).targets).toEqual([{ kind: 'job', reference: { vault, id: jobId } }])
  })

  it.each(['rg', 'RG_1.a-b', '(x)', 'größe', 'グループ'])(
    'is in a resource group that may be called %s',
    (name) => {
      const inputs = {
        'job-id': jobId,
        'subscription-id': subscription,
        'resource-group': name,
        'vault-name': 'v',
      }
      expect(read(inputs).targets).toMatchObject([{ reference: { vault: { resourceGroup: name } } }])
    },
  )

  it('is checked against the cloud of the inputs', () => {
    const url = `https://management.azure.com${vaultRoot}/backupOperations/1`
    const given = { 'operation-url': url, environment: 'azureusgovernment' }
    expect(refused(given, {}, false).message).toContain('not management.usgovcloudapi.net')
  })
})

describe('the cloud', () => {
  it.each([
    ['AzureCloud', 'https://management.azure.com'],
    ['AZUREUSGOVERNMENT', 'https://management.usgovcloudapi.net'],
    ['azurechinacloud', 'https://management.chinacloudapi.cn'],
  ])('may be written in any case: %s', (environment, expected) => {
    expect(read({ environment }).cloud.resourceManager).toBe(expected)
  })

  it('is that of resource-manager-url, and Entra that of AZURE_AUTHORITY_HOST', () => {
    const { cloud } = read(
      { 'resource-manager-url': 'https://arm.local:8443/' },
      { AZURE_AUTHORITY_HOST: 'https://login.local' },
    )
    expect(cloud).toMatchObject({
      resourceManager: 'https://arm.local:8443',
      exact: true,
      scope: 'https://arm.local:8443/.default',
      authority: 'https://login.local',
      instanceDiscovery: false,
    })
  })

  it.each([
    ['http://arm.local', 'is "http://arm.local"; expected an https URL without user info.'],
    ['arm.local', 'is "arm.local"; expected an https URL without user info.'],
    ['https://u:hunter2@arm.local', 'is "https://***@arm.local"; expected an https URL without user info.'],
    ['https://u@arm.local', 'is "https://***@arm.local"; expected an https URL without user info.'],
    ['https://:hunter2@arm.local', 'is "https://***@arm.local"; expected an https URL without user info.'],
    ['https://u@v:hunter2@arm.local', 'is "https://***@arm.local"; expected an https URL without user info.'],
    [
      'https://u:p/a?hunter2@arm.local',
      'is "https://***@arm.local"; expected an https URL without user info.',
    ],
    [
      'https://arm.local/path',
      'is "https://arm.local/path", with a path or a query; expected the endpoint alone, such as https://management.local.azurestack.external.',
    ],
    ['ftp://arm.local', 'is "ftp://arm.local"; expected an https URL without user info.'],
    [
      'https://arm.local/?x=1',
      'is "https://arm.local/", with a path or a query; expected the endpoint alone, such as https://management.local.azurestack.external.',
    ],
  ])('is not one at %s', (value, expected) => {
    expect(refused({ 'resource-manager-url': value }).message).toBe(said('resource-manager-url', expected))
  })

  it('has no Entra over http', () => {
    expect(refused({}, { AZURE_AUTHORITY_HOST: 'http://login.local' }).message).toBe(
      'Input AZURE_AUTHORITY_HOST (environment variable) is "http://login.local"; expected an https URL without user info.',
    )
  })
})

describe('wrong inputs', () => {
  it('are known, with the jobs that are right and their vaults', () => {
    const error = refusedAll({ 'timeout-minutes': '0' })
    expect(error.name).toBe('InputErrors')
    expect(error.errors.map(({ name, input }) => [name, input])).toEqual([['InputError', 'timeout-minutes']])
    for (const wrong of [{ 'vault-type': 'x' }, { 'secondary-region': '-' }, { 'resource-group': '/' }])
      expect(refusedAll(wrong).jobs).toEqual([{ id: jobId, vault: undefined }])
    const url = `https://management.azure.com${vaultRoot}/backupOperations/1`
    expect(refusedAll({ 'operation-url': url, 'fail-on': 'x' }, {}, false).jobs).toEqual([])
  })
})

describe('several wrong inputs', () => {
  it('are told at once, each once, with the job that was right', () => {
    const error = refusedAll({
      'timeout-minutes': '0',
      'fail-on': 'errors',
      'tenant-id': 'a/b',
      'client-secret': 'hush',
      'subscription-id': 'mine',
    })
    expect(error.message.split('\n')).toEqual([
      'Input subscription-id is "mine"; expected a GUID.',
      'Input timeout-minutes is "0"; expected a number greater than 0, such as 90.',
      'Input fail-on is "errors"; expected failure, warning or never.',
      'Input tenant-id is "a/b"; expected a GUID or a domain.',
      'Input client-secret is set without client-id and tenant-id; set all three.',
    ])
    expect(error.errors.map(({ input }) => input)).toContain('tenant-id')
    expect(error.jobs).toEqual([{ id: jobId, vault: undefined }])
    expect(refusedAll({ 'timeout-minutes': '0' }).jobs).toEqual([{ id: jobId, vault }])
  })

  it('do not make others look wrong', () => {
    const bare = { 'job-id': jobId, 'subscription-id': 'mine', 'resource-group': 'rg', 'vault-name': 'v' }
    expect(refused(bare).input).toBe('subscription-id')
    const url = `https://management.usgovcloudapi.net${vaultRoot}/backupOperations/1`
    expect(refused({ 'operation-url': url, environment: 'usgov' }, {}, false).input).toBe('environment')
    const hours = { 'protected-item': 'x', 'max-age-hours': '0', 'appear-within-minutes': '5' }
    const whole = { ...bare, 'job-id': '', 'subscription-id': subscription }
    expect(refused({ ...whole, ...hours }).input).toBe('max-age-hours')
  })
})

describe('inputs that go together, or not', () => {
  const items = {
    'protected-item': 'web-01',
    'subscription-id': subscription,
    'resource-group': 'rg',
    'vault-name': 'v',
  }

  it('appear-within-minutes goes with protected-item and max-age-hours', () => {
    const both = { ...items, 'max-age-hours': '26', 'appear-within-minutes': '30' }
    expect(read(both, {}, false).targets).toMatchObject([{ maxAgeHours: 26, appearWithinMinutes: 30 }])
    expect(read(items, {}, false).targets).toMatchObject([{ appearWithinMinutes: 0 }])
    expect(refused({ ...items, 'appear-within-minutes': '30' }, {}, false).message).toBe(
      'Input appear-within-minutes is set without max-age-hours; set both, or neither.',
    )
    expect(refused({ 'appear-within-minutes': '30' }).message).toBe(
      'Input appear-within-minutes is set, but goes with protected-item, not with job-id.',
    )
    expect(refused({ ...both, 'appear-within-minutes': '-1' }, {}, false).message).toBe(
      'Input appear-within-minutes is "-1"; expected a number of minutes, 0 or more, such as 30.',
    )
  })

  it.each(['follow.yml', '.github/workflows/follow.yml', './.github/workflows/follow.yml'])(
    'continue-with is a workflow’s file name, or its path as uses has it: %s',
    (name) => {
      expect(read({ 'continue-with': name }).continueWith).toBe('follow.yml')
    },
  )

  it.each([
    '../follow.yml',
    'follow',
    'follow.json',
    'a\\b.yml',
    '.yml/',
    'follow.yml?x',
    '?.yml',
    'x/.github/workflows/follow.yml',
    '.github/workflows/a/follow.yml',
    'follow.yml.txt',
    'a\tb.yml',
  ])('continue-with is no workflow’s file name: %s', (name) => {
    expect(refused({ 'continue-with': name }).message).toMatch(
      /^Input continue-with is ".*"; expected the file name of a workflow of this repository, such as follow\.yml\.$/,
    )
  })

  it.each(['on-timeout', 'always'])('continue-with does not go with cancel-job: %s', (cancel) => {
    expect(refused({ 'continue-with': 'follow.yml', 'cancel-job': cancel }).message).toBe(
      `Input continue-with is set together with cancel-job: ${cancel}, which cancels the job that it would go on with; set cancel-job to never or on-cancel.`,
    )
  })

  it('continue-with goes with a cancellation that comes with the cancellation of the run', () => {
    const given = { 'continue-with': 'follow.yml', 'cancel-job': 'on-cancel' }
    expect(read(given)).toMatchObject({ continueWith: 'follow.yml', cancelJob: 'on-cancel' })
    expect(read({ 'cancel-job': 'always' }).continueWith).toBeUndefined()
    // A second error would be of a file name that is none.
    expect(refused({ 'continue-with': 'follow', 'cancel-job': 'always' }).message).toMatch(/"follow"/)
  })

  it.each(['0', '1.5', '#12', 'main', '9007199254740993'])(
    'pull-request is no number of one: %s',
    (given) => {
      expect(refused({ 'pull-request': given }).message).toBe(
        `Input pull-request is "${given}"; expected a pull request's number, such as 12.`,
      )
    },
  )

  it('a name needs the resource group of its vault too', () => {
    const { 'resource-group': _, ...half } = items
    const { 'vault-name': __, ...otherHalf } = items
    for (const inputs of [half, otherHalf]) {
      expect(refused({ ...inputs, 'protected-item': '*' }, {}, false).message).toMatch(
        /^Input protected-item is \*; set/,
      )
    }
    expect(refused(half, {}, false).message).toMatch(/does not say which vault it is in; set subscription-id/)
  })
})

describe('what is taken to the letter', () => {
  it('is the key of a comment, a token and a secret', () => {
    const given = { 'comment-key': '"a"', 'github-token': "'t'", 'client-secret': '`s`' }
    expect(read({ ...given, 'client-id': 'c', 'tenant-id': 't' })).toMatchObject({
      commentKey: '"a"',
      gitHubToken: "'t'",
      credential: { clientSecret: '`s`' },
    })
  })
})

describe('credentials', () => {
  const both = { 'client-id': 'c', 'tenant-id': 't' }

  it.each([
    [{}, { clientId: '', tenantId: '', clientSecret: '' }],
    [{ 'client-id': 'c' }, { clientId: 'c', tenantId: '', clientSecret: '' }],
    [both, { clientId: 'c', tenantId: 't', clientSecret: '' }],
    [{ ...both, 'tenant-id': 'contoso.onmicrosoft.com' }, { tenantId: 'contoso.onmicrosoft.com' }],
    [
      { ...both, 'client-secret': 'a~b c' },
      { clientId: 'c', tenantId: 't', clientSecret: 'a~b c' },
    ],
  ])('may be %j', (given, expected) => {
    expect(read(given).credential).toMatchObject(expected)
  })

  it.each([
    [{ 'tenant-id': 't' }, 'tenant-id is set without client-id; set both, or neither.'],
    [{ 'client-secret': 'hush' }, 'client-secret is set without client-id and tenant-id; set all three.'],
    [
      { 'client-id': 'c', 'client-secret': 'hush' },
      'client-secret is set without client-id and tenant-id; set all three.',
    ],
    [
      { 'tenant-id': 'a/b', 'client-id': 'c', 'client-secret': 'hush' },
      'tenant-id is "a/b"; expected a GUID or a domain.',
    ],
    [
      { 'tenant-id': 't', 'client-id': '-/', 'client-secret': 'hush' },
      `client-id is "-/"; expected the application's or managed identity's client ID, a GUID.`,
    ],
    [{ 'tenant-id': '/t', 'client-id': 'c' }, 'tenant-id is "/t"; expected a GUID or a domain.'],
  ])('may not be %j, and the secret is not shown', (given, expected) => {
    const { message } = refused(given)
    expect(message).toBe(`Input ${expected}`)
    expect(message).not.toContain('hush')
  })
})
