/** Every output: its name and its value. Pure but for the writing. */

import { isoDuration, isoTime } from '../base/format.ts'
import { cut } from '../base/text.ts'
import { elapsedSeconds, snapshotCompleted } from '../domain/job.ts'
import { mainError, mainProblem, type Outcome } from '../domain/outcome.ts'
import { conclude, worstFirst } from '../domain/verdict.ts'
import { portalUrl } from './page/links.ts'
import { problemText } from './words/reason.ts'

/**
 * A job output of the workflow holds 1 MB in all (GitHub: contexts, needs), and an environment variable, by which a next
 * step takes it, 128 KiB (execve(2), MAX_ARG_STRLEN); every output stays below.
 */
const mostBytes = 100_000

/** The facts of one outcome, as `jobs` has them. */
export interface Facts {
  status: string
  conclusion: string
  jobId: string
  vaultName: string
  resourceGroup: string
  operation: string
  item: string
  startTime: string
  endTime: string
  duration: string
  durationSeconds: number | null
  backupSize: string
  backupSizeBytes: number | null
  snapshotCompleted: boolean | null
  errorCode: string
  errorMessage: string
  recommendedAction: string
  recoveryPointId: string
  recoveryPointTime: string
  recoveryPointType: string
  recoveryPointExpiry: string
  recoveryPointThreatStatus: string
  properties: Record<string, unknown>
}

/** The facts of an outcome. No ARM ID is among them: the runner drops outputs that hold a masked subscription ID. */
export function factsOf(outcome: Outcome): Facts {
  const { job, recoveryPoint, seenAt } = outcome
  const seconds = elapsedSeconds(job, seenAt)
  const error = mainError(outcome)
  const problem = mainProblem(outcome)
  return {
    status: job.status,
    conclusion: conclude(outcome),
    jobId: job.id,
    vaultName: job.vault?.name ?? '',
    resourceGroup: job.vault?.resourceGroup ?? '',
    operation: job.operation,
    item: job.item,
    startTime: isoTime(job.startTime),
    endTime: isoTime(job.endTime),
    duration: seconds === undefined ? '' : isoDuration(seconds),
    durationSeconds: seconds === undefined ? null : Math.round(seconds),
    backupSize: job.size?.text ?? '',
    backupSizeBytes: job.size?.bytes ?? null,
    snapshotCompleted: snapshotCompleted(job) ?? null,
    errorCode: problem?.code ?? error?.code ?? '',
    errorMessage: problem === undefined ? (error?.message ?? '') : problemText(problem),
    recommendedAction: problem?.commands?.join('\n') ?? error?.recommendations.join(' ') ?? '',
    recoveryPointId: recoveryPoint?.id ?? '',
    recoveryPointTime: isoTime(recoveryPoint?.time),
    recoveryPointType: recoveryPoint?.type ?? '',
    recoveryPointExpiry: isoTime(recoveryPoint?.expiresAt),
    recoveryPointThreatStatus: recoveryPoint?.health?.status ?? '',
    properties: job.properties,
  }
}

/**
 * All outputs by name. The single-valued ones speak of the worst outcome.
 *
 * @param portal the portal's origin; empty where it is not known
 */
export function outputsOf(outcomes: Outcome[], portal: string): Record<string, string> {
  const sorted = worstFirst(outcomes)
  const [worst] = sorted
  if (worst === undefined) return {}
  const facts = factsOf(worst)
  const jobs = fitJobs(sorted.map(factsOf), mostBytes)
  return {
    status: facts.status,
    conclusion: facts.conclusion,
    'job-id': facts.jobId,
    'vault-name': facts.vaultName,
    'resource-group': facts.resourceGroup,
    operation: facts.operation,
    item: facts.item,
    'start-time': facts.startTime,
    'end-time': facts.endTime,
    duration: facts.duration,
    'duration-seconds': textOf(facts.durationSeconds),
    'backup-size': facts.backupSize,
    'backup-size-bytes': textOf(facts.backupSizeBytes),
    'snapshot-completed': textOf(facts.snapshotCompleted),
    'error-code': facts.errorCode,
    'error-message': fitText(facts.errorMessage),
    'recommended-action': fitText(facts.recommendedAction),
    'recovery-point-id': facts.recoveryPointId,
    'recovery-point-time': facts.recoveryPointTime,
    'recovery-point-type': facts.recoveryPointType,
    'recovery-point-expiry': facts.recoveryPointExpiry,
    'recovery-point-threat-status': facts.recoveryPointThreatStatus,
    'continued-run-url': sorted.find(({ ending }) => ending === 'handed-on')?.handedOn?.runUrl ?? '',
    'portal-url': portalUrl(worst, portal),
    properties: fitBag(facts.properties),
    jobs: jobs.json,
    'jobs-truncated': String(jobs.truncated),
  }
}

function textOf(value: number | boolean | null): string {
  return value === null ? '' : String(value)
}

/** Text of which nobody reads the end; a character is three bytes at the most. */
function fitText(value: string): string {
  return Buffer.byteLength(value) <= mostBytes ? value : cut(value, Math.floor(mostBytes / 3))
}

/** A property bag as JSON, without what is too much; `jobs`, which holds it too, is then truncated and says so. */
function fitBag(properties: Record<string, unknown>): string {
  let bytes = 2
  const kept = Object.entries(properties).filter((entry) => {
    bytes += Buffer.byteLength(JSON.stringify(entry))
    return bytes <= mostBytes
  })
  return JSON.stringify(Object.fromEntries(kept))
}

/** The jobs as JSON within a number of bytes: bags and recommendations go first, then the last jobs. */
export function fitJobs(all: Facts[], most: number): { json: string; truncated: boolean } {
  const whole = written(all, most)
  const truncated = whole.length < all.length
  return { json: `[${(truncated ? written(all, most, slim) : whole).join(',')}]`, truncated }
}

/** As many as fit, so that of ten thousand most are never written. */
function written(all: Facts[], most: number, shorten = (facts: Facts) => facts): string[] {
  const kept: string[] = []
  // The brackets, and a comma for all but one.
  let bytes = 1
  for (const facts of all) {
    const one = JSON.stringify(shorten(facts))
    bytes += Buffer.byteLength(one) + 1
    if (bytes > most) break
    kept.push(one)
  }
  return kept
}

function slim(facts: Facts): Facts {
  return { ...facts, errorMessage: facts.errorMessage.slice(0, 1000), properties: {}, recommendedAction: '' }
}
