/** Whether a body is of what was asked for: a proxy or a cache in between may answer with another's. */
import { fields, sameWord, text } from '../base/read.ts'
import { decode } from '../base/text.ts'

/**
 * What is wrong with a job's body. In all recorded ones both its `name` and the end of its `id` are the job's name.
 *
 * @param id the job's name, as it was asked for
 * @returns undefined where nothing is
 */
export function notJob(id: string): (body: unknown) => string | undefined {
  return (body) => told(namesIn(body).find((name) => !sameWord(name, id)))
}

/** The same of an operation; one in the spec has a name of its own beside its ID. */
export function notOperation(id: string): (body: unknown) => string | undefined {
  return (body) => {
    const names = namesIn(body)
    return names.some((name) => sameWord(name, id)) ? undefined : told(names[0])
  }
}

function told(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `the body is of another, ${name}`
}

function namesIn(body: unknown): string[] {
  const { id, name } = fields(body)
  return [text(id).split('/').at(-1) ?? '', text(name)].map(decode).filter((one) => one !== '')
}
