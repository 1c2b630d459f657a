/** What the step leaves for its post step, which runs when the workflow was cancelled. No secret is among it. */
import * as core from '@actions/core'
import { fields, list, text } from './azure/values.ts'
import type { JobReference } from './job.ts'

/** Whether this process is the post step: the main step always leaves a state. */
export function isPostStep(): boolean {
  return core.getState('wait') !== ''
}

/** Says that the wait has begun; a post step that finds no more than that has to clean up. */
export function saveBegun(): void {
  core.saveState('wait', 'begun')
}

/** Keeps the jobs that are followed, as they become known, for a post step that has to cancel them. */
export function runningKeeper(): (references: JobReference[]) => void {
  const running: JobReference[] = []
  return (references) => {
    running.push(...references)
    core.saveState('running', JSON.stringify(running))
  }
}

/** Says that nothing is left to do after the wait. */
export function saveEnded(): void {
  core.saveState('wait', 'ended')
}

/** The jobs that the main step left running when it was killed before it could say or do anything. */
export function leftRunning(): JobReference[] {
  if (core.getState('wait') === 'ended') return []
  try {
    return list(JSON.parse(core.getState('running'))).filter(isReference)
  } catch {
    return []
  }
}

/** State is the runner's to keep; a post step must not fail the job whatever comes back. */
function isReference(saved: unknown): saved is JobReference {
  const { id, vault } = fields(saved)
  return text(id) !== '' && text(fields(vault).name) !== ''
}
