/** What a run works with, put together from the inputs: the clients and the clock. */
import { completeProxies } from './azure/http/proxy.ts'
import { createResourceManager, type Statistics } from './azure/http/resource-manager.ts'
import type { TokenSource } from './azure/http/send.ts'
import type { Credential } from './azure/identity/credential-kinds.ts'
import { tokenSource } from './azure/identity/token.ts'
import { singleJobReader } from './azure/read-job.ts'
import { vaultJobReader } from './azure/vault-reader.ts'
import { apiVersions } from './azure/versions.ts'
import type { Clock } from './base/clock.ts'
import type { Patience } from './base/patience.ts'
import { hasEnded, type Job } from './domain/job.ts'
import type { Inputs } from './inputs/inputs.ts'
import { progressLog } from './report/live/progress.ts'
import type { Log } from './runner/log.ts'
import { runningKeeper } from './runner/state.ts'
import type { Surroundings } from './surroundings.ts'
import type { WaitOptions, Watcher } from './wait/reads.ts'

/** What a run works with. */
export interface Session {
  options: WaitOptions
  statistics(): Statistics
  close(): Promise<void>
}

/**
 * @throws CredentialError when the inputs name a credential that this job cannot have; SettingError for a proxy that is
 *   none
 */
export function openSession(inputs: Inputs, surroundings: Surroundings): Session {
  const { cloud } = inputs
  const { clock, random, env, runner, stop: signal } = surroundings
  const { log } = runner
  completeProxies(env)
  const transport = surroundings.openTransport()
  const deadline = clock.now() + inputs.timeoutMinutes * 60_000
  const patience: Patience = { clock, random, deadline, signal }
  const credential = surroundings.chooseCredential(inputs.credential, env, { cloud, transport, clock })
  const tokens = tokenSource(named(credential, log), runner.mask, patience, log)
  const resourceManager = createResourceManager({
    cloud,
    transport,
    tokens,
    patience,
    log,
    ownVersions: Object.values(apiVersions),
  })
  const single = singleJobReader(resourceManager)
  const keeps = inputs.cancelJob === 'on-cancel' || inputs.cancelJob === 'always'
  const keep = keeps ? runningKeeper(runner) : () => {}
  let followed = 0
  return {
    options: {
      resourceManager,
      // The snapshot is told by a task, which lists do not have.
      jobs:
        inputs.waitFor === 'snapshot' ? single : vaultJobReader(resourceManager, single, clock, random, log),
      patience,
      waitFor: inputs.waitFor,
      pollInterval: inputs.pollIntervalSeconds,
      log,
      verifyRecoveryPoint: inputs.verifyRecoveryPoint,
      found: (references) => {
        followed += references.length
        keep(references)
      },
      watcher: withTokenNotice(
        progressLog(log, { jobs: () => followed }),
        () => credential.name,
        tokens,
        patience,
        log,
      ),
    },
    statistics: () => resourceManager.statistics,
    close: () => transport.close(),
  }
}

/** Asks for tokens, and says once by which credential the first was had. */
function named(credential: Credential, log: Log): Credential['ask'] {
  return async () => {
    const token = await credential.ask()
    log.once('credential', () => log.info(`Signed in to Azure by ${credential.name}.`))
    return token
  }
}

/**
 * Says early, once a job is seen to run, that the wait may outlive the token: a CLI that azure/login logged in
 * by OpenID Connect cannot renew it (Azure/login#372).
 */
function withTokenNotice(
  watcher: Watcher,
  name: () => string,
  tokens: TokenSource,
  { clock, deadline }: Patience,
  log: Log,
): Watcher {
  return {
    ...watcher,
    jobRead: (job: Job, now: number) => {
      watcher.jobRead(job, now)
      const endsAt = tokens.endsAt() ?? Number.POSITIVE_INFINITY
      if (hasEnded(job) || !/^Azure (CLI|PowerShell)$/.test(name()) || endsAt > deadline) return
      log.once('end of token', () =>
        log.notice(
          `The token of ${name()} ends at ${endOf(endsAt, clock)}, before this wait may. If azure/login used ` +
            'OpenID Connect, it cannot be renewed then (AADSTS700024). Give this step client-id and tenant-id, and the ' +
            'job "permissions: id-token: write", and it asks for its own tokens as long as it waits.',
          'The wait may outlive the token',
        ),
      )
    },
  }
}

function endOf(endsAt: number, clock: Clock): string {
  return new Date(clock.date() + endsAt - clock.now()).toISOString()
}
