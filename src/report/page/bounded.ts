/**
 * Outcomes with no more text than any report shows. A field of 100 kB, in each of a thousand jobs, would otherwise
 * be searched for markup each time that a page is tried for its size, and after a signal there are two seconds. Pure.
 */

import { cut } from '../../base/text.ts'
import type { Job, JobError, RecoveryPoint, Vault } from '../../domain/job.ts'
import type { Outcome, Problem } from '../../domain/outcome.ts'

const longestName = 300
const longestMessage = 4_000

/** A copy with every text cut; lists stay as long as they are. */
export function bounded(outcome: Outcome): Outcome {
  const { job, problem, verification, recoveryPoint, observed } = outcome
  return {
    ...outcome,
    job: boundedJob(job),
    problem: boundedProblem(problem),
    ...(verification && { verification: { ...verification, problem: boundedProblem(verification.problem) } }),
    ...(recoveryPoint && { recoveryPoint: boundedPoint(recoveryPoint) }),
    observed: observed.map((phase) => ({ ...phase, name: name(phase.name), status: name(phase.status) })),
  }
}

function boundedProblem(problem: Problem | undefined): Problem | undefined {
  return (
    problem && {
      ...problem,
      code: name(problem.code),
      cause: message(problem.cause),
      ...(problem.cure === undefined ? {} : { cure: message(problem.cure) }),
      ...(problem.said === undefined ? {} : { said: message(problem.said) }),
      ...(problem.facts && { facts: problem.facts.map(([key, value]) => [name(key), name(value)]) }),
      ...(problem.commands && { commands: problem.commands.map(message) }),
    }
  )
}

function boundedPoint({ type, health, ...point }: RecoveryPoint): RecoveryPoint {
  const threats = (health?.threats ?? []).map(({ title, severity, state, time }) => ({
    title: name(title),
    severity: name(severity),
    state: name(state),
    time,
  }))
  return { ...point, type: name(type), ...(health && { health: { status: name(health.status), threats } }) }
}

function boundedJob(job: Job): Job {
  return {
    ...job,
    id: name(job.id),
    vault: job.vault && boundedVault(job.vault),
    operation: name(job.operation),
    item: name(job.item),
    status: name(job.status),
    size: job.size && { ...job.size, text: name(job.size.text) },
    phases: job.phases.map((phase) => ({
      ...phase,
      name: name(phase.name),
      status: name(phase.status),
      ...(phase.details === undefined ? {} : { details: name(phase.details) }),
    })),
    errors: job.errors.map(boundedError),
    activityId: name(job.activityId),
  }
}

function boundedVault(vault: Vault): Vault {
  const { subscriptionId, resourceGroup } = vault
  return {
    ...vault,
    subscriptionId: name(subscriptionId),
    resourceGroup: name(resourceGroup),
    name: name(vault.name),
  }
}

function boundedError({ code, message: said, recommendations, cause }: JobError): JobError {
  return {
    code: name(code),
    message: message(said),
    recommendations: recommendations.map(message),
    ...(cause === undefined ? {} : { cause: { code: name(cause.code), message: message(cause.message) } }),
  }
}

function name(text: string): string {
  return cut(text, longestName)
}

function message(text: string): string {
  return cut(text, longestMessage)
}
