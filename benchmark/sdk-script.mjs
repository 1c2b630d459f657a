// What a user would write instead of this action, on Microsoft's SDK: waits for jobs of Recovery Services vaults
// (arguments: GROUP/VAULT/JOB) and fails unless they completed. No more than that: no outputs, no summary, no second try.
import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup'
import { AzureCliCredential, ClientAssertionCredential } from '@azure/identity'

const env = process.env

async function assertion() {
  const url = `${env.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=api://AzureADTokenExchange`
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
  })
  return (await answer.json()).value
}

const credential =
  env.SCRIPT_CLIENT_ID === undefined
    ? new AzureCliCredential()
    : new ClientAssertionCredential(env.SCRIPT_TENANT_ID, env.SCRIPT_CLIENT_ID, assertion, {
        authorityHost: env.AZURE_AUTHORITY_HOST,
        disableInstanceDiscovery: true,
      })
const pauseSeconds = Number(env.SCRIPT_PAUSE_SECONDS ?? 30)
const endpoint = env.SCRIPT_ENDPOINT
const jobs = process.argv.slice(2).map((job) => job.split('/'))
// One sign-in: left to themselves, a thousand clients would ask for a thousand tokens at once.
if (jobs.length > 1) await credential.getToken(`${endpoint}/.default`)
const ends = await Promise.all(
  jobs.map(async ([group, vault, name]) => {
    const client = new RecoveryServicesBackupClient(credential, env.SCRIPT_SUBSCRIPTION_ID, {
      endpoint,
      $host: endpoint,
    })
    for (;;) {
      const { properties } = await client.jobDetails.get(vault, group, name)
      if (!['InProgress', 'Cancelling'].includes(properties.status)) return properties.status
      await new Promise((resolve) => setTimeout(resolve, pauseSeconds * 1000))
    }
  }),
)
for (const status of ends) console.log(status)
if (ends.some((status) => status !== 'Completed')) process.exitCode = 1
