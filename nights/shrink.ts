/** Makes a failing night as small as it can be: what is left is what it takes to fail. */
import type { Plan, Trouble } from './plan.ts'
import type { Night } from './play.ts'

/** What a wrong is about, whatever the numbers and names in it. */
export function kindOf(wrong: string): string {
  return wrong
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '…')
    .replace(/item-\d+x/g, '…')
    .replace(/\/.*/, '')
    .replace(/[\d.]+/g, '0')
}

/**
 * Leaves out troubles, jobs and wishes one by one, for as long as the night still fails in the same way.
 *
 * @param play plays a plan
 */
export async function shrink(night: Night, play: (plan: Plan) => Promise<Night>): Promise<Night> {
  const [first] = night.wrongs
  if (first === undefined) return night
  let smallest = night
  for (let smaller = true; smaller; ) {
    smaller = false
    for (const candidate of candidates(smallest.plan)) {
      const played = await play(candidate)
      if (!played.wrongs.some((wrong) => kindOf(wrong) === kindOf(first))) continue
      smallest = played
      smaller = true
      break
    }
  }
  return smallest
}

function* candidates(plan: Plan): Generator<Plan> {
  for (const [index] of plan.troubles.entries())
    yield { ...plan, troubles: plan.troubles.filter((_, other) => other !== index) }
  if (plan.jobs.length > 3) {
    const half = Math.ceil(plan.jobs.length / 2)
    yield withJobs(plan, (index) => index < half)
    yield withJobs(plan, (index) => index >= half)
  }
  if (plan.jobs.length > 1)
    for (const [index] of plan.jobs.entries()) yield withJobs(plan, (other) => other !== index)
  for (const [index] of plan.operations.entries())
    if (plan.operations.length > 1) yield withoutOperation(plan, index)
  const { policy } = plan
  const plain = { waitFor: 'completion', failOn: 'failure', cancelJob: 'never', verify: 'false' } as const
  for (const [name, value] of Object.entries(plain))
    if (policy[name as keyof typeof plain] !== value) yield { ...plan, policy: { ...policy, [name]: value } }
  if (policy.maxAgeHours !== undefined) {
    const { maxAgeHours: _, appearWithinMinutes: __, ...rest } = policy
    yield { ...plan, policy: rest }
  }
  if (plan.latency[1] !== 10) yield { ...plan, latency: [10, 10] }
  if (plan.oldWords) yield { ...plan, oldWords: false }
  if (plan.jobs.some(({ history }) => history.length > 0))
    yield { ...plan, jobs: plan.jobs.map((job) => ({ ...job, history: [] })) }
}

/** Without some jobs; troubles of one job go with it. */
function withJobs(plan: Plan, keeps: (index: number) => boolean): Plan {
  const kept = plan.jobs.map((_, index) => index).filter(keeps)
  const place = (index: number) => kept.indexOf(index)
  const jobs = plan.jobs.filter((_, index) => keeps(index))
  // An operation that has lost all its jobs would be another one.
  const bereft = plan.operations.findIndex(
    (_, index) =>
      plan.jobs.some((job) => job.operation === index) && !jobs.some((job) => job.operation === index),
  )
  const troubles = plan.troubles.flatMap((trouble) => moved(trouble, place))
  const smaller = { ...plan, jobs, troubles }
  return bereft < 0 ? smaller : withoutOperation(smaller, bereft)
}

function moved(trouble: Trouble, place: (index: number) => number): Trouble[] {
  if (trouble.kind === 'strange-status' || (trouble.kind === 'refusal' && trouble.job !== 'all')) {
    const job = place(trouble.job as number)
    return job < 0 ? [] : [{ ...trouble, job }]
  }
  if (trouble.kind !== 'missing' || trouble.what !== 'job') return [trouble]
  const index = place(trouble.index)
  return index < 0 ? [] : [{ ...trouble, index }]
}

function withoutOperation(plan: Plan, gone: number): Plan {
  if (plan.operations.length < 2) return plan
  const jobs = plan.jobs
    .filter(({ operation }) => operation !== gone)
    .map((job) => ({ ...job, operation: (job.operation ?? 0) - ((job.operation ?? 0) > gone ? 1 : 0) }))
  const operations = plan.operations.filter((_, index) => index !== gone)
  const troubles = plan.troubles.filter(({ kind }) => kind !== 'missing' && kind !== 'strange-status')
  return { ...plan, jobs, operations, troubles }
}
