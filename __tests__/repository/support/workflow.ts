/** Workflows as data. */
import { parse } from 'yaml'

export interface Step {
  id?: string
  name?: string
  uses?: string
  run?: string
  with?: Record<string, unknown>
}

export interface WorkflowJob {
  if?: string
  needs?: string | string[]
  permissions?: unknown
  'timeout-minutes'?: number
  steps?: Step[]
}

export interface Workflow {
  name?: string
  on: unknown
  permissions?: unknown
  concurrency?: unknown
  jobs: Record<string, WorkflowJob>
}

export function parseWorkflow(text: string): Workflow {
  return parse(text) as Workflow
}

/** All steps of all jobs. */
export function stepsOf(workflow: Workflow): Step[] {
  return Object.values(workflow.jobs).flatMap((job) => job.steps ?? [])
}

/** Scripts that put an expression into the text that the shell reads. */
export function injectable(workflow: Workflow): string[] {
  return stepsOf(workflow).flatMap(({ run = '' }) => (run.includes('${{') ? [run] : []))
}

/** The steps that use this action, by its name or from this very repository. */
export function stepsOfThisAction(workflow: Workflow): Step[] {
  return stepsOf(workflow).filter(({ uses = '' }) => /^(\.\/$|[^/]+\/wait-for-azure-backup@)/.test(uses))
}
