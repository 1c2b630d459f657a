/** What the step leaves for its post step, which runs when the workflow was cancelled. No secret is among it. */
import { errorMessage } from '../base/errors.ts'
import { fields, list, text } from '../base/read.ts'
import { plain } from '../base/text.ts'
import type { JobReference } from '../domain/job.ts'
import type { Runner } from './runner.ts'

/** What a cancellation needs to know of jobs: those of one vault, which share all but their IDs. */
type Kept = Omit<JobReference, 'id' | 'item'> & { ids: string[] }

/** A state comes back as one environment variable, for which Linux has 128 KiB; an ID takes 39 bytes. */
const mostIds = 2_000

/** Keeps the jobs that are followed, as they become known, for a post step that has to cancel them. */
export function runningKeeper(runner: Runner): (references: JobReference[]) => void {
  let saved = 0
  return (references) => {
    for (let from = 0; from < references.length; from += mostIds) {
      const kept = JSON.stringify(byVault(references.slice(from, from + mostIds)))
      if (!save(runner, `running-${saved}`, kept)) return
      saved += 1
    }
  }
}

/** Whether it was saved. Without it the post step does less, which is no reason for this one to fail. */
function save({ saveState, log }: Runner, name: string, value: string): boolean {
  try {
    saveState(name, value)
    return true
  } catch (error) {
    log.warning(
      `The state for the post step could not be saved: ${plain(errorMessage(error))}. It may miss jobs to cancel, or ask again for some that have ended.`,
      'No state for the post step',
    )
    return false
  }
}

function byVault(references: JobReference[]): Kept[] {
  const groups = new Map<string, Kept>()
  for (const { id, item: _item, ...rest } of references) {
    const key = JSON.stringify(rest)
    const group = groups.get(key) ?? { ...rest, ids: [] }
    group.ids.push(id)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Says that nothing is left to do after the wait. */
export function saveEnded(runner: Runner): void {
  save(runner, 'wait', 'ended')
}

/** The jobs that the main step left running when it was killed before it could say or do anything. */
export function leftRunning({ state }: Runner): JobReference[] {
  if (state('wait') === 'ended') return []
  const references: JobReference[] = []
  for (let index = 0; state(`running-${index}`) !== ''; index += 1) {
    references.push(...readKept(state(`running-${index}`)))
  }
  return references
}

function readKept(saved: string): JobReference[] {
  try {
    return list(JSON.parse(saved))
      .filter(isKept)
      .flatMap(({ ids, ...rest }) => ids.map((id) => ({ ...rest, id: text(id) })))
      .filter(({ id }) => id !== '')
  } catch {
    return []
  }
}

/** State is the runner's to keep; a post step must not fail the job whatever comes back. */
function isKept(saved: unknown): saved is Kept {
  const { ids, vault } = fields(saved)
  const { kind, name } = fields(vault)
  return Array.isArray(ids) && text(name) !== '' && (kind === 'recovery-services' || kind === 'backup')
}
