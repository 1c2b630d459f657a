/** What a request is about, as facts; and the words for it. */

/** What is asked for. */
export interface Subject {
  kind: 'job' | 'job-list' | 'cancellation' | 'operation' | 'vault' | 'recovery-points' | 'resource-graph'
  /** The job's or operation's ID, or the name of the vault or item; empty where there is none. */
  name: string
}

const words: Record<Subject['kind'], string> = {
  job: 'job',
  'job-list': 'jobs of vault',
  cancellation: 'the cancellation of job',
  operation: 'operation',
  vault: 'vault',
  'recovery-points': 'recovery points of',
  'resource-graph': 'protected items (Azure Resource Graph)',
}

/** `job 1`, `jobs of vault v`, `protected items (Azure Resource Graph)`. */
export function subjectWords({ kind, name }: Subject): string {
  return `${words[kind]} ${name}`.trimEnd()
}
