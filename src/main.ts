/** A run of the step, and of its post step, each in a page. */
import { type CancelOptions, cancelJobs } from './azure/cancel.ts'
import type { Statistics } from './azure/http/resource-manager.ts'
import { waitUpTo } from './base/clock.ts'
import { CredentialError, errorMessage, SettingError } from './base/errors.ts'
import { restNow } from './base/turns.ts'
import { hasEnded, type JobReference, unreadJob } from './domain/job.ts'
import { type Cancellation, lastEnding, type Outcome, type Problem } from './domain/outcome.ts'
import { conclude, fails, worstFirst } from './domain/verdict.ts'
import { commentInPullRequest } from './github/comment-in-pr.ts'
import { handOn } from './github/hand-on.ts'
import { type CancelJob, InputErrors, type Inputs, readInputs } from './inputs/inputs.ts'
import { outputsOf } from './report/outputs.ts'
import { runUrlOf } from './report/page/links.ts'
import { summaryOf } from './report/page/summary.ts'
import { annotate } from './report/words/annotations.ts'
import { headline, verdictLine } from './report/words/verdict-line.ts'
import { tuneEngine } from './runner/engine.ts'
import { flushLog, type Log, outliveLog } from './runner/log.ts'
import type { Runner } from './runner/runner.ts'
import { stopOnSignals } from './runner/signals.ts'
import { leftRunning, saveEnded } from './runner/state.ts'
import { openSession, type Session } from './session.ts'
import { machine, type Surroundings } from './surroundings.ts'
import { followAll } from './wait/wait.ts'

/** Milliseconds for cancellations, and for the comment, after a signal: of the ten seconds that the runner leaves. */
const lastMoments = { cancellation: 5_000, comment: 2_000 }
/**
 * Milliseconds that the report waits for what Azure says of cancellations. After the 1.2 s that the last request has at
 * the deadline (base/patience.ts), it is to be there within two seconds.
 */
const cancellationHead = 600
/** Milliseconds for cancellations when nothing presses. */
const cancellationLimit = 60_000
/** More lines than this about the end of many jobs are in the summary's table instead. */
const mostLines = 20

/** The main step, in a process of its own. */
export async function start(): Promise<void> {
  tuneEngine()
  outliveLog()
  const stop = stopOnSignals()
  await run(machine(stop))
  const exit = () => void flushLog().then(() => process.exit())
  // A signal leaves ten seconds, the deadline two; a CLI that was asked for a token would hold the process longer.
  if (stop.aborted) exit()
  else setTimeout(exit, 300).unref()
}

/** Runs the step: reads the inputs, follows the targets, reports, and sets the exit code. */
export async function run(surroundings: Surroundings): Promise<void> {
  const { env, runner } = surroundings
  let inputs: Inputs | undefined
  let session: Session | undefined
  let outcomes: Outcome[]
  try {
    inputs = readInputs(runner.input, env)
    for (const secret of [inputs.credential.clientSecret, inputs.gitHubToken])
      if (secret !== '') runner.mask(secret)
    session = openSession(inputs, surroundings)
    outcomes = worstFirst(
      await goOnWith(await followAll(inputs.targets, session.options), inputs, surroundings),
    )
  } catch (error) {
    outcomes = failed(error, inputs, surroundings)
  }
  const cancellations = new Map<JobReference, Cancellation>()
  const asked =
    session && inputs
      ? cancelLeft(outcomes, inputs.cancelJob, session, surroundings.stop, cancellations)
      : undefined
  if (asked !== undefined) await waitUpTo(cancellationHead, asked, surroundings.clock)
  // What the report says of a job's fate has to hold: it is told what was asked of Azure, and what that came to by now.
  outcomes = outcomes.map((outcome) => withCancellation(outcome, cancellations))
  await report(outcomes, inputs, session?.statistics(), surroundings)
  const commented = inputs && comment(outcomes, inputs, surroundings)
  if ((await asked) ?? true) saveEnded(runner)
  await commented
  await session?.close()
}

/** Runs the post step: cancels what a killed main step could not, and never fails the job. */
export async function cleanUp(surroundings: Surroundings = machine()): Promise<void> {
  const { env, runner } = surroundings
  const references = leftRunning(runner)
  if (references.length === 0) return
  try {
    const inputs = readInputs(runner.input, env)
    if (!cancelsOn('stopped', inputs.cancelJob)) return
    const session = openSession({ ...inputs, timeoutMinutes: 1 }, surroundings)
    await cancelJobs(references, cancelOptions(session, 30_000))
    await session.close()
  } catch (error) {
    runner.log.warning(`Jobs that this step waited for were not cancelled: ${errorMessage(error)}`)
  }
}

/** Hands on what still runs to another workflow, where one is named. */
async function goOnWith(
  outcomes: Outcome[],
  inputs: Inputs,
  { env, runner: { log }, clock, stop }: Surroundings,
): Promise<Outcome[]> {
  const { continueWith: workflow, pullRequest, gitHubToken: token, commentInPr } = inputs
  if (workflow === undefined) return outcomes
  const comments = commentInPr !== 'never'
  const options = { workflow, token, pullRequest, comments, env, log, clock, stop }
  return await handOn(outcomes, options)
}

/** Asks Azure to cancel what still runs, where the inputs say so; whether nothing is left to ask for. */
async function cancelLeft(
  outcomes: Outcome[],
  when: CancelJob,
  session: Session,
  stop: AbortSignal,
  cancellations: Map<JobReference, Cancellation>,
): Promise<boolean> {
  const left = outcomes.filter((outcome) => !hasEnded(outcome.job) && cancelsOn(lastEnding(outcome), when))
  const references = left
    .map(({ reference }) => reference)
    .filter((one): one is JobReference => one !== undefined)
  const limit = stop.aborted ? lastMoments.cancellation : cancellationLimit
  const told = (reference: JobReference, state: Cancellation) => void cancellations.set(reference, state)
  return await cancelJobs(references, { ...cancelOptions(session, limit), told })
}

function withCancellation(outcome: Outcome, cancellations: Map<JobReference, Cancellation>): Outcome {
  const cancellation = outcome.reference && cancellations.get(outcome.reference)
  return cancellation === undefined ? outcome : { ...outcome, cancellation }
}

function cancelOptions(
  { options: { resourceManager, patience, log } }: Session,
  limit: number,
): CancelOptions {
  return { resourceManager, log, clock: patience.clock, random: patience.random, limit }
}

function cancelsOn(ending: ReturnType<typeof lastEnding>, when: CancelJob): boolean {
  if (ending === 'timed-out') return when === 'on-timeout' || when === 'always'
  return ending === 'stopped' && (when === 'on-cancel' || when === 'always')
}

/** The verdict and the outputs first, so that they are there whatever else fails. */
async function report(
  outcomes: Outcome[],
  inputs: Inputs | undefined,
  statistics: Statistics | undefined,
  { env, runner }: Surroundings,
): Promise<void> {
  const { log } = runner
  const portal = inputs?.cloud.portal ?? ''
  const failOn = inputs?.failOn ?? 'failure'
  if (outcomes.some((outcome) => fails(outcome, failOn))) runner.fail()
  setOutputs(outputsOf(outcomes, portal), runner)
  // Of thousands each part takes long enough for a signal to wait.
  await restNow()
  for (const line of verdictLines(outcomes)) log.info(line)
  annotate(outcomes, failOn, log)
  await restNow()
  // Of inputs that were wrong, this one may have been right.
  if (inputs?.summary ?? runner.input('summary').toLowerCase() !== 'false')
    await writeSummary(summaryOf(outcomes, { portal, failOn, statistics, runUrl: runUrlOf(env) }), runner)
}

/** Without them the next step would go by nothing, so the step fails; the backup is still reported, and cancelled. */
function setOutputs(outputs: Record<string, string>, runner: Runner): void {
  try {
    for (const [name, value] of Object.entries(outputs)) runner.output(name, value)
  } catch (error) {
    runner.fail()
    runner.log.error(`The outputs could not be set: ${errorMessage(error)}`)
  }
}

async function comment(
  outcomes: Outcome[],
  inputs: Inputs,
  { env, runner: { log }, clock, stop }: Surroundings,
): Promise<void> {
  const { commentInPr: mode, gitHubToken: token, commentKey: key, pullRequest, failOn, cloud } = inputs
  const limit = stop.aborted ? { limit: lastMoments.comment } : {}
  const options = {
    mode,
    token,
    key,
    pullRequest,
    failOn,
    portal: cloud.portal,
    env,
    log,
    clock,
    ...limit,
  }
  await commentInPullRequest(outcomes, options)
}

/** A line for each outcome; of very many, for those that are no success. */
function verdictLines(outcomes: Outcome[]): string[] {
  if (outcomes.length <= mostLines) return outcomes.map(verdictLine)
  const told = outcomes.filter((outcome) => conclude(outcome) !== 'success').slice(0, mostLines)
  return [headline(outcomes), ...told.map(verdictLine)]
}

/** A summary that cannot be written is no reason to hold a deployment. */
async function writeSummary(markdown: string, runner: Runner): Promise<void> {
  try {
    await runner.summary(markdown)
  } catch (error) {
    runner.log.warning(`The job summary could not be written: ${errorMessage(error)}`)
  }
}

/** What could not even begin: one outcome for each job that is known by then. */
function failed(error: unknown, inputs: Inputs | undefined, { clock, runner }: Surroundings): Outcome[] {
  const problem = problemBefore(error, runner.log)
  const end = { ending: 'error', problem, seenAt: clock.date() } as const
  if (error instanceof InputErrors)
    return [{ ...end, job: unreadJob(error.jobs[0] ?? { id: '', vault: undefined }), observed: [] }]
  const references = (inputs?.targets ?? []).flatMap((target) =>
    target.kind === 'job' ? [target.reference] : [],
  )
  if (references.length === 0) return [{ ...end, job: unreadJob({ id: '', vault: undefined }), observed: [] }]
  return references.map((reference) => ({ ...end, job: unreadJob(reference), reference, observed: [] }))
}

function problemBefore(error: unknown, log: Log): Problem {
  if (error instanceof InputErrors) {
    const wrongInputs = error.errors.map(({ message }) => message)
    return { code: '', cause: error.message, wrongInputs }
  }
  if (error instanceof CredentialError) return { code: '', ...error.explanation }
  if (error instanceof SettingError) return { code: '', cause: error.message }
  if (error instanceof Error) log.debug(() => error.stack ?? error.message)
  return {
    code: '',
    cause: `This action failed, which says nothing of the job: ${errorMessage(error)}.`,
    cure: 'Please report it with the log of a run that has debug logging.',
  }
}
