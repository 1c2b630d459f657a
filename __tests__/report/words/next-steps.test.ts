import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { inputsToLookAgain, nextStep } from '../../../src/report/words/next-steps.ts'
import { refused, timedOut, vault, wrongInput } from '../samples.ts'

const id = timedOut.job.id
const given = (outcome: Outcome, job: Partial<Outcome['job']>): Outcome => ({
  ...outcome,
  job: { ...outcome.job, ...job },
})

describe('what to do next', () => {
  it('is nothing more where the inputs are to be set right, whatever job they name', () => {
    expect(nextStep([wrongInput])).toBe('')
    expect(nextStep([given(wrongInput, { id })])).toBe('')
  })

  it('is nothing more where no job is known to go on', () => {
    expect(nextStep([given(refused, { id: '' })])).toBe('')
    expect(nextStep([refused])).toBe('What becomes of the job in Azure is not known; it may well go on.')
  })

  it('names the vault where one is known', () => {
    expect(nextStep([given(timedOut, { vault: undefined })])).toBe(
      `When last read, the job was InProgress; this step did not cancel it. To look again, run this action with job-id ${id}. To wait longer, raise the input timeout-minutes.`,
    )
  })
})

describe('the inputs that look again', () => {
  it('name a job below a mapping by its ARM ID', () => {
    const reference = { vault, id, mapping: 'tenant-2' }
    const path = `/subscriptions/${vault.subscriptionId}/resourceGroups/rg-prod/providers/Microsoft.RecoveryServices/vaults/kv-backup-weu/backupCrossTenantVaultMappings/tenant-2/backupJobs/${id}`
    expect(inputsToLookAgain([{ ...timedOut, reference }])[0]).toBe(`job-id: "${path}"`)
    expect(inputsToLookAgain([{ ...timedOut, reference: { vault, id } }])[0]).toBe(`job-id: ${id}`)
  })

  it('name the region of a cross-region job, without which it is not there', () => {
    const crossRegion: Outcome = { ...timedOut, reference: { vault, id, region: 'westus2' } }
    expect(inputsToLookAgain([crossRegion])).toEqual([
      `job-id: ${id}`,
      'vault-name: kv-backup-weu',
      'resource-group: rg-prod',
      `subscription-id: ${vault.subscriptionId}`,
      'secondary-region: westus2',
    ])
    const spelt: Outcome = { ...timedOut, reference: { vault, id, region: 'West US 2' } }
    expect(inputsToLookAgain([spelt])).toContain('secondary-region: westus2')
    expect(nextStep([crossRegion])).toContain(
      `with job-id ${id}, vault-name kv-backup-weu, resource-group rg-prod and secondary-region westus2.`,
    )
  })

  it.each([
    ['rg-prod', 'rg-prod'],
    ['RG_prod.1', 'RG_prod.1'],
    ['rg (prod)', '"rg (prod)"'],
    ['rg-prod)', '"rg-prod)"'],
    ['1e3', '"1e3"'],
    ['-rg', '"-rg"'],
    ['a: b', '"a: b"'],
  ])('are quoted unless YAML takes them for text: %s', (resourceGroup, written) => {
    expect(inputsToLookAgain([given(timedOut, { vault: { ...vault, resourceGroup } })])).toContain(
      `resource-group: ${written}`,
    )
  })
})
