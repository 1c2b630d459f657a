/**
 * Hands jobs on to a run of another workflow (`continue-with`), so that no runner is held while they run. What goes wrong
 * here is a warning, and the verdict what it would have been without it.
 */
import { jobPath } from '../azure/paths.ts'
import type { Clock } from '../base/clock.ts'
import { errorMessage } from '../base/errors.ts'
import { counted } from '../base/text.ts'
import type { JobReference } from '../domain/job.ts'
import { type HandedOn, lastEnding, type Outcome } from '../domain/outcome.ts'
import type { Variables } from '../runner/environment.ts'
import type { Log } from '../runner/log.ts'
import { createClient, type Octokit } from './client.ts'
import { type Dispatch, explainDispatch, fits, refOf, startRun } from './dispatch.ts'
import { type RunContext, readRunContext } from './event.ts'
import { findPullRequests, pullRequestsByEvent } from './pull-requests.ts'

/** What the inputs and the run say of handing on. */
export interface HandOnOptions {
  /** The input `continue-with`: the file name of a workflow. */
  workflow: string
  /** The input `github-token`. */
  token: string
  /** The input `pull-request`. */
  pullRequest: number | undefined
  /** Whether there are comments, which a pull request may be looked up for. */
  comments: boolean
  env: Variables
  log: Log
  clock: Clock
  /** Aborted by a person: then nothing is handed on. */
  stop: AbortSignal
  /** Milliseconds for all of it. */
  limit?: number
}

/** Twice what GitHub gives itself for an answer (GitHub: Rate limits for the REST API, timeouts). */
const usualLimit = 20_000

/** Days that a job may have run: a chain that nobody looks at has an end, whatever the job says. */
const mostDays = 14
const day = 24 * 60 * 60 * 1000

/** The outcomes, those handed on marked as such. Never throws. */
export async function handOn(outcomes: Outcome[], options: HandOnOptions): Promise<Outcome[]> {
  const { workflow, log, stop } = options
  const open = outcomes.filter((outcome) => ['looked', 'timed-out'].includes(lastEnding(outcome)))
  if (open.length === 0 || stop.aborted) return outcomes
  const wish = open.map((outcome) => [outcome, obstacleOf(outcome)] as const)
  for (const [obstacle, kept] of Map.groupBy(wish, ([, obstacle]) => obstacle))
    if (obstacle !== undefined) warn(log, workflow, `${counted(kept.length, 'job')}${obstacle}`)
  const left = new Set(wish.flatMap(([outcome, obstacle]) => (obstacle === undefined ? [outcome] : [])))
  if (left.size === 0) return outcomes
  const references = [...left].flatMap(({ reference }) => reference ?? [])
  const handedOn = await dispatch(references, options)
  if (handedOn === undefined) return outcomes
  return outcomes.map((outcome) => (left.has(outcome) ? markedAs(handedOn, outcome) : outcome))
}

/** Why it cannot be handed on, to stand behind a number of jobs; undefined where it can. */
function obstacleOf({ job, reference, seenAt }: Outcome): string | undefined {
  if (reference === undefined) return ', which the operation has not named yet'
  if (reference.region !== undefined) return ', which its ID does not lead to: it runs in another region'
  if (job.startTime === undefined) return ', whose start is not known'
  return seenAt - job.startTime < mostDays * day
    ? undefined
    : `, which started more than ${mostDays} days ago`
}

async function dispatch(references: JobReference[], options: HandOnOptions): Promise<HandedOn | undefined> {
  const { workflow, token, env, log, clock, stop, limit = usualLimit } = options
  const refuse = (why: string) => void warn(log, workflow, why)
  const jobIds = references.map(jobPath).join('\n')
  if (!fits(jobIds))
    return refuse(`the IDs of ${references.length} jobs are longer than GitHub takes for a run`)
  if (token === '') return refuse('the input github-token is empty')
  const timeout = AbortSignal.timeout(limit)
  const signal = AbortSignal.any([stop, timeout])
  try {
    const run = readRunContext(env)
    const ref = refOf(run)
    if (ref === undefined)
      return refuse(`the run is of ${run.ref}, which is no branch or tag of this repository`)
    const octokit = await createClient({ token, apiUrl: env.GITHUB_API_URL, signal, clock, log })
    const wish = { workflow, ref, jobIds, pullRequest: await pullRequestOf(octokit, run, options) }
    return await started(octokit, run, wish, references.length, options, signal)
  } catch (error) {
    return refuse(errorMessage(error))
  }
}

async function started(
  octokit: Octokit,
  run: RunContext,
  wish: Dispatch,
  count: number,
  { workflow, log, limit = usualLimit, stop }: HandOnOptions,
  signal: AbortSignal,
): Promise<HandedOn | undefined> {
  try {
    const runUrl = await startRun(octokit, run, wish)
    log.info(`Handed on ${counted(count, 'job')} to a run of ${workflow}${runUrl ? `: ${runUrl}` : '.'}`)
    return { workflow, runUrl }
  } catch (error) {
    const why = stop.aborted ? 'the step was stopped' : `GitHub took longer than ${limit / 1000} s`
    const late = `${why}; a run may have started all the same`
    warn(log, workflow, signal.aborted ? late : explainDispatch(error, wish))
    return undefined
  }
}

/** The one pull request that the run is about. Of several none is passed on: the run looks by its branch then. */
async function pullRequestOf(
  octokit: Octokit,
  run: RunContext,
  { pullRequest, comments, log }: HandOnOptions,
): Promise<number | undefined> {
  if (pullRequest !== undefined) return pullRequest
  const told = pullRequestsByEvent(run)
  try {
    const numbers = 'numbers' in told ? told.numbers : comments ? await findPullRequests(octokit, run) : []
    return numbers.length === 1 ? numbers[0] : undefined
  } catch (error) {
    // The comment, which takes the same permission, warns of it.
    log.debug(() => `The pull request could not be looked up: ${errorMessage(error)}`)
    return undefined
  }
}

/** A recovery point that is not there yet is for the run to look for. */
function markedAs(handedOn: HandedOn, { verification: _, ...outcome }: Outcome): Outcome {
  return { ...outcome, ending: 'handed-on', handedOn }
}

function warn(log: Log, workflow: string, why: string): void {
  log.warning(`Not handed on to ${workflow}: ${why}.`, 'Not handed on')
}
