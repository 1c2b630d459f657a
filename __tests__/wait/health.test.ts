import { describe, expect, it } from 'vitest'
import type { Health } from '../../src/domain/job.ts'
import { healthProblem } from '../../src/wait/health.ts'
import { backupVaultRoot, vaultRoot } from '../support/job-body.ts'
import { bareJob } from '../support/outcome.ts'

const container = 'IaasVMContainer;iaasvmcontainerv2;rg-a;web-01'
const vm = `${vaultRoot}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/VM;iaasvmcontainerv2;rg-a;web-01`
const job = bareJob('Completed', { item: 'web-01' })
const threat = { title: 'Ransomware', severity: 'High', state: 'Active', time: 0 }

const problem = (health: Health | undefined, { wanted = true, item = vm, of = job } = {}) =>
  healthProblem({ id: '42', time: 0, type: '', ...(health && { health }) }, item, of, wanted)

describe('what the threat status says against a recovery point', () => {
  it('is nothing where it is healthy', () => {
    for (const wanted of [true, false])
      expect(problem({ status: 'Healthy', threats: [threat] }, { wanted })).toBeUndefined()
  })

  it('is nothing where none is told and none was asked for', () => {
    expect(problem(undefined, { wanted: false })).toBeUndefined()
    expect(problem({ status: '', threats: [] }, { wanted: false })).toBeUndefined()
  })

  it('is each threat by its name', () => {
    for (const wanted of [true, false])
      expect(
        problem(
          { status: 'UnHealthy', threats: [threat, { ...threat, title: 'Other', state: '' }] },
          { wanted },
        ),
      ).toEqual({
        code: '',
        cause:
          'Recovery point 42 of web-01 has the threat status UnHealthy: Ransomware (High, Active); Other (High).',
        cure: 'Look at the alerts of Microsoft Defender for Cloud before you rely on this backup: the status is its view of the VM at that time.',
      })
  })

  it.each([
    [[], ': no threat is named.'],
    [[{ title: '', severity: '', state: '', time: undefined }], ': a threat without a title.'],
    [Array.from({ length: 6 }, () => threat), '; and 1 more.'],
  ])('says so where threats are %j', (threats, end) => {
    expect(problem({ status: 'Warning', threats })?.cause.endsWith(end)).toBe(true)
  })

  it('cuts a status and a title that have no end', () => {
    const long = 'x'.repeat(5_000)
    const { cause = '' } =
      problem({ status: long, threats: [{ ...threat, title: long, severity: long }] }) ?? {}
    expect(cause.length).toBeLessThan(600)
  })

  const command = `az backup item source-scan-configuration set --subscription ${vaultRoot.split('/')[2]} --resource-group ${vaultRoot.split('/')[4]} --vault-name ${vaultRoot.split('/')[8]} --container-name '${container}' --name 'VM;iaasvmcontainerv2;rg-a;web-01' --backup-management-type AzureIaasVM --workload-type VM --state Enabled`

  it.each([
    ['', 'no threat status'],
    ['Unknown', 'the threat status Unknown'],
    ['NotAvailable', 'the threat status NotAvailable'],
  ])('is that source scan is not switched on where the status is "%s", with the command', (status, words) => {
    expect(problem({ status, threats: [] })).toEqual({
      code: '',
      cause: `Recovery point 42 of web-01 has ${words}: source scan is not switched on for its item or its vault, or has told nothing yet.`,
      cure: 'Switch source scan on for the vault and the item, and Microsoft Defender for Servers for the VM; later recovery points have a threat status then. Until then, verify-recovery-point: true requires only that the recovery point exists.',
      commands: [command],
    })
  })

  it('has no advice to ask for less where no more was asked for, and no command for what is no item', () => {
    const given = { wanted: false, item: `/x${vm}`, of: bareJob('Completed') }
    const found = problem({ status: 'Unknown', threats: [] }, given)
    expect(found?.cause).toMatch(/^Recovery point 42 has the threat status Unknown: /)
    expect(found?.cure).toMatch(/have a threat status then\.$/)
    expect(found).not.toHaveProperty('commands')
  })

  it.each([
    [vm, 'this cloud lacks api-version 2026-07-01, which has one.'],
    [`${backupVaultRoot}/backupInstances/disk-1`, 'Azure has one for VMs in Recovery Services vaults only.'],
    [vm.replace('/VM;', '/SQLDatabase;'), 'Azure has one for VMs in Recovery Services vaults only.'],
  ])('is that there can be none: %s', (item, why) => {
    expect(problem(undefined, { item })).toEqual({
      code: '',
      cause: `Recovery point 42 of web-01 has no threat status: ${why}`,
      cure: 'Set verify-recovery-point: true, which requires that the recovery point exists.',
    })
  })
})
