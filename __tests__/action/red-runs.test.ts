/** What a person sees of a red run at once, as the runner shows it; __tests__/report/red-runs.test.ts has every kind. */
import { expect } from 'vitest'
import { follow, type Run, simulate, start, tells } from './support.ts'

const simulator = await simulate({ federatedSubject: 'repo:octo-org/octo-repo:environment:production' })
const secret = { 'client-secret': simulator.identity.clientSecret }

const firstWords = (text: string) => text.trim().split(/\s+/).slice(0, 25).join(' ')

/** Markdown as it is read: entities undone, marks gone. */
const read = (markdown: string) =>
  markdown
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\u200B|\*\*|^- |^### \S+ /gm, '')

/** What is to be copied. */
const blocksOf = ({ summary }: Run) =>
  [...summary.matchAll(/^```\w+\n([^`]*?)\n```$/gm)].map(([, text = '']) => text)

function expectCause(run: Run, cause: string): void {
  expect(run.exitCode).toBe(1)
  expect(run.annotations).toHaveLength(1)
  const [annotation] = run.annotations
  expect(firstWords(`${annotation?.title} ${annotation?.message}`)).toContain(cause)
  expect(firstWords(read(run.summary))).toContain(cause)
  expect(run.summary).not.toMatch(/^\| –|\| – \|\n/m)
}

tells('a wrong input beside a job that was given rightly', async () => {
  const { jobResourceId, jobId, vaultName } = start(simulator, 'vm-backup')
  const run = await follow(simulator, { 'job-id': jobResourceId, 'timeout-minutes': '0' })
  expectCause(run, 'Nothing was followed: an input is wrong Input timeout-minutes')
  // Without the cloud, which another input names, its portal is not known.
  const outputs = { conclusion: 'error', 'job-id': jobId, 'vault-name': vaultName, 'portal-url': '' }
  expect(run.outputs).toMatchObject(outputs)
  // Neither a table nor anything to look at again: the input and the fix are all there is.
  expect(run.summary).not.toMatch(/^\|/m)
  expect(run.summary).not.toContain('<details')
})

tells('no federated credential that fits: values to copy, and the command', async () => {
  const run = await follow(simulator, { 'job-id': start(simulator, 'vm-backup').jobResourceId })
  expectCause(run, "No federated credential of the application fits this job's ID token")
  const blocks = blocksOf(run)
  expect(blocks.slice(0, 3)).toEqual([
    'https://token.actions.githubusercontent.com',
    'repo:octo-org/octo-repo:ref:refs/heads/main',
    'api://AzureADTokenExchange',
  ])
  const { clientId } = simulator.identity
  expect(blocks[3]).toMatch(
    new RegExp(`^az ad app federated-credential create --id ${clientId} --parameters '{.*}'$`),
  )
  const [, parameters = ''] = /--parameters '(.*)'$/.exec(blocks[3] ?? '') ?? []
  expect(JSON.parse(parameters)).toEqual({
    name: 'github-actions',
    issuer: blocks[0],
    subject: blocks[1],
    audiences: [blocks[2]],
  })
  expect(run.outputs['recommended-action']).toBe(blocks[3])
})

tells('a missing role: the command that gives it', async () => {
  const { jobResourceId, jobId, vaultName, subscriptionId } = start(simulator, 'vm-backup')
  simulator.fault({ kind: 'denied', path: jobId })
  const run = await follow(simulator, { 'job-id': jobResourceId, ...secret })
  expectCause(run, `lacks the role Backup Reader on the Recovery Services vault ${vaultName}`)
  const scope = `/subscriptions/${subscriptionId}/resourceGroups/rg-prod/providers/Microsoft.RecoveryServices/vaults/${vaultName}`
  expect(blocksOf(run)[0]).toMatch(
    new RegExp(
      `^az role assignment create --assignee-object-id [0-9a-f-]{36} --assignee-principal-type ServicePrincipal --role 'Backup Reader' --scope ${scope}$`,
    ),
  )
  expect(run.outputs['recommended-action']).toBe(blocksOf(run)[0])
})

for (const [name, body, cause] of [
  [
    'a deny assignment',
    { error: { code: 'DenyAssignmentAuthorizationFailed', message: 'No.' } },
    'A deny assignment forbids',
  ],
  [
    'a policy',
    { error: { code: 'RequestDisallowedByAzure', message: 'No.' } },
    'A policy of Azure disallows',
  ],
  [
    'a disabled subscription',
    { error: { code: 'ReadOnlyDisabledSubscription', message: 'No.' } },
    'The subscription is disabled',
  ],
  [
    "a proxy's page",
    '<!doctype html><title>Blocked</title>',
    'A proxy or firewall answered in place of Azure',
  ],
] as const) {
  tells(`${name}, not a missing role`, async () => {
    const { jobResourceId, jobId } = start(simulator, 'vm-backup')
    simulator.fault({ kind: 'status', status: 403, body, path: jobId })
    const run = await follow(simulator, { 'job-id': jobResourceId, ...secret })
    expectCause(run, cause)
    expect(run.summary).not.toContain('role assignment')
  })
}

tells('a failed job: the cause, and a link from the item to its vault', async () => {
  const { jobResourceId, vaultName } = start(simulator, 'vm-backup', { seconds: 0, ends: 'Failed' })
  const run = await follow(simulator, { 'job-id': jobResourceId, ...secret })
  expectCause(run, 'UserErrorGuestAgentStatusUnavailable')
  expect(run.summary).toMatch(/^\| \[web-01\]\[vault-1\] \| Backup \|/m)
  expect(run.summary).toMatch(
    new RegExp(
      `^\\[vault-1\\]: https://portal\\.azure\\.com/#resource/subscriptions/.*/vaults/${vaultName}$`,
      'm',
    ),
  )
})
