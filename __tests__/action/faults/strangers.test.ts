/** A body that is another job's, as a proxy or a cache between may give it, is a fault and never a verdict. */
import { expect } from 'vitest'
import { asked, follow, simulate, start, tells } from '../support.ts'

const simulator = await simulate()

for (const given of ['job-id', 'operation-url'] as const) {
  tells(`another's body is tried again, by ${given}`, async () => {
    const trigger = start(simulator, 'vm-backup', { seconds: 10 })
    const name = 'ffffffff-0000-4000-8000-000000000000'
    const failed = { entityFriendlyName: 'web-01', operation: 'Backup', status: 'Failed' }
    let served = 0
    simulator.override(({ path, url }) => {
      const isJob = path.endsWith(`/backupJobs/${trigger.jobId}`)
      if ((!isJob && url !== trigger.operationUrl) || served >= 2) return undefined
      served += 1
      const body = isJob
        ? { id: `${trigger.vaultId}/backupJobs/${name}`, name, properties: failed }
        : { id: name, name, status: 'Failed', error: { code: 'E', message: 'Of another.' } }
      return { status: 200, body }
    })
    const input = given === 'job-id' ? trigger.jobResourceId : trigger.operationUrl
    const run = await follow(simulator, { [given]: input })
    expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': trigger.jobId })
    expect(run.log.filter((line) => line.includes(`the body is of another, ${name}`))).toHaveLength(2)
    expect(asked(simulator, trigger).length).toBeGreaterThanOrEqual(3)
  })
}
