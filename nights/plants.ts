/**
 * Faults that are planted in copies of src, to see whether the nights would find them: each is a text that stands once
 * in a file, and what takes its place. Where a file has changed, the plant has to be made to fit again.
 */

/** A fault. */
export interface Plant {
  name: string
  file: string
  /** Stands in the file once. */
  was: string
  is: string
}

export const plants: Plant[] = [
  {
    name: 'a status never seen before counts as success',
    file: 'domain/job.ts',
    was: '  return words.get(word.toLowerCase()) ?? word\n',
    is: "  return words.get(word.toLowerCase()) ?? 'Completed'\n",
  },
  {
    name: 'a failed job passes',
    file: 'domain/verdict.ts',
    was: "    default:\n      return 'failure'",
    is: "    default:\n      return 'success'",
  },
  {
    name: 'warnings pass with fail-on: warning',
    file: 'domain/verdict.ts',
    was: "if (conclusion === 'warning') return failOn === 'warning'",
    is: "if (conclusion === 'warning') return false",
  },
  {
    name: 'a wait that a signal stopped passes',
    file: 'domain/verdict.ts',
    was: "return conclusion === 'pending' ? lastEnding(outcome) === 'stopped' : true",
    is: "return conclusion !== 'pending'",
  },
  {
    name: 'a job that is being cancelled counts as cancelled',
    file: 'domain/job.ts',
    was: "['cancelling', 'Cancelling']",
    is: "['cancelling', 'Cancelled']",
  },
  {
    name: 'the snapshot counts while it is taken',
    file: 'domain/job.ts',
    was: "phases.every(({ status }) => status === 'Completed')",
    is: "phases.every(({ status }) => status !== 'NotStarted')",
  },
  {
    name: 'tokens go to every host',
    file: 'azure/http/cloud.ts',
    was: '  if (!isTrustedOrigin(url, cloud))',
    is: "  if (url.host === '' && !isTrustedOrigin(url, cloud))",
  },
  {
    name: 'Retry-After is not read',
    file: 'azure/http/answer.ts',
    was: "retryAfterSeconds(header(headers, 'retry-after')",
    is: "retryAfterSeconds(header(headers, 'retry-later')",
  },
  {
    name: 'Retry-After is kept but for a fifth of it',
    file: 'base/patience.ts',
    was: 'Math.min(retryAfter, longestRetryAfter) * (1 + 0.05 * random)',
    is: 'Math.min(retryAfter, longestRetryAfter) * 0.8',
  },
  {
    name: 'the deadline is a minute late',
    file: 'session.ts',
    was: 'inputs.timeoutMinutes * 60_000',
    is: '(inputs.timeoutMinutes + 1) * 60_000',
  },
  {
    name: 'the deadline comes a tenth early',
    file: 'session.ts',
    was: 'inputs.timeoutMinutes * 60_000',
    is: 'inputs.timeoutMinutes * 54_000',
  },
  {
    name: 'pauses do not hear a signal',
    file: 'base/patience.ts',
    was: '  await clock.sleep(Math.min(pause, left) * 1000, signal)',
    is: '  await clock.sleep(Math.min(pause, left) * 1000)\n  signal.throwIfAborted()',
  },
  {
    name: 'a request that hangs is never given up',
    file: 'azure/http/answer.ts',
    was: 'milliseconds: limit, late, signal }',
    is: 'milliseconds: limit * 1000, late, signal }',
  },
  {
    name: 'an answer of 500 is final',
    file: 'azure/http/answer.ts',
    was: 'status === 429 || status >= 500',
    is: 'status === 429 || status > 500',
  },
  {
    name: 'a thing that is missing for a moment is given up',
    file: 'azure/http/send.ts',
    was: 'const grace = 120_000',
    is: 'const grace = 1_000',
  },
  {
    name: 'a refused token is not renewed',
    file: 'azure/http/send.ts',
    was: 'if (answer.status === 401 && !renewed) {',
    is: 'if (answer.status === 403 && !renewed) {',
  },
  {
    name: 'a token is kept beyond its end',
    file: 'azure/identity/token.ts',
    was: 'renewAt: endsAt - Math.min(margin, left / 2)',
    is: 'renewAt: endsAt + 10 * margin',
  },
  {
    name: 'after a fault there is no pause',
    file: 'base/patience.ts',
    was: 'Math.min(2 ** faults, 60)',
    is: '0',
  },
  {
    name: 'jobs are read twice as often',
    file: 'base/pace.ts',
    was: '5 + Math.max(0, pace.age) / 25',
    is: '2 + Math.max(0, pace.age) / 50',
  },
  {
    name: 'any recovery point of the item proves the backup',
    file: 'azure/recovery-points.ts',
    was: 'before: 30_000,',
    is: 'before: 90_000_000,',
  },
  {
    name: 'a recovery point is given up after one look',
    file: 'wait/recovery-point.ts',
    was: 'const patienceForPoint = 10 * 60_000',
    is: 'const patienceForPoint = 0',
  },
  {
    name: 'an unhealthy recovery point passes',
    file: 'wait/health.ts',
    was: "if (health?.status === 'Healthy') return undefined",
    is: "if (health?.status.endsWith('ealthy')) return undefined",
  },
  {
    name: 'a recovery point without a threat status counts as healthy',
    file: 'wait/recovery-point.ts',
    was: "healthy && problem !== undefined ? 'unhealthy'",
    is: "healthy && problem?.commands === undefined && problem !== undefined ? 'unhealthy'",
  },
  {
    name: 'a threat status that comes late is not waited for',
    file: 'wait/recovery-point.ts',
    was: '!(healthy && comesLate(recoveryPoint))',
    is: 'true',
  },
  {
    name: 'items whose job could not be started are forgotten',
    file: 'azure/operation.ts',
    was: "membersOf(place, 'failedJobsError')",
    is: "membersOf(place, 'failedJobError')",
  },
  {
    name: 'of several jobs one is followed',
    file: 'azure/operation.ts',
    was: "many.map((id) => id ?? '')",
    is: "many.slice(0, 1).map((id) => id ?? '')",
  },
  {
    name: 'an operation that was canceled goes on',
    file: 'azure/operation.ts',
    was: "['Succeeded', 'Failed', 'Canceled'].includes(operation.status)",
    is: "['Succeeded', 'Failed'].includes(operation.status)",
  },
  {
    name: 'signatures are shown',
    file: 'base/read.ts',
    was: ".replace(signature, '$1***')",
    is: '',
  },
  {
    name: 'jobs are cancelled without being asked to',
    file: 'main.ts',
    was: "if (ending === 'timed-out') return when === 'on-timeout' || when === 'always'",
    is: "if (ending === 'timed-out') return when !== 'on-cancel'",
  },
  {
    name: 'the worst job does not come first',
    file: 'domain/verdict.ts',
    was: 'rank(one) - rank(other)',
    is: 'rank(other) - rank(one)',
  },
  {
    name: 'a list is read to its first page',
    file: 'azure/pages.ts',
    was: 'if (following === undefined) return',
    is: "if (typeof following !== 'string') return",
  },
  {
    name: 'a job that starts late is not waited for',
    file: 'wait/items.ts',
    was: 'target.appearWithinMinutes * 60_000',
    is: 'target.appearWithinMinutes * 60',
  },
  {
    name: 'a job that is too old counts when the wait for another is over',
    file: 'wait/newest-jobs.ts',
    was: 'if (isFresh(newest)) {',
    is: 'if (newest !== undefined && (isFresh(newest) || (decides && until > search.began))) {',
  },
  {
    name: 'a job that started late is not followed',
    file: 'wait/wait.ts',
    was: 'return (await Promise.all(parts)).flat()',
    is: 'return (await Promise.all(parts.slice(0, 2))).flat()',
  },
]
