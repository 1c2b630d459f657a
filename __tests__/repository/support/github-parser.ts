/** GitHub's own reader of workflows and action files, the one behind its editor. */
import './json-imports.ts'
import type { ValidationConfig } from '@actions/languageservice'
import { actionFile } from './action-file.ts'

const { validate } = await import('@actions/languageservice')
const { parseAction } = await import('@actions/workflow-parser/actions/action-parser')
const { NoOperationTraceWriter } = await import('@actions/workflow-parser')

type GetContext = NonNullable<ValidationConfig['contextProviderConfig']>['getContext']
type Context = NonNullable<Awaited<ReturnType<GetContext>>>
type TextDocument = Parameters<typeof validate>[0]

const name = 'wait-for-azure-backup'

let documents = 0

/** What GitHub finds wrong with a workflow, this action's inputs and outputs included; empty where nothing is. */
export async function problemsOf(workflow: string): Promise<string[]> {
  documents += 1
  const document = { uri: `file:///snippet/.github/workflows/${documents}.yml`, getText: () => workflow }
  const found = await validate(document as TextDocument, {
    // Background steps, which runners have had since 2026.
    featureFlags: { isEnabled: (feature: string) => feature === 'allowBackgroundSteps' } as never,
    actionsMetadataProvider: {
      fetchActionMetadata: async (action) => (action.name === name ? (actionFile as never) : undefined),
    },
    contextProviderConfig: { getContext },
  })
  // Other people's actions are not at hand; which versions of them there are, their SHAs say.
  return found
    .map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)
    .filter((problem) => !problem.includes('Unable to resolve action'))
}

/** The outputs of a step of this action are those of action.yml. */
const getContext: GetContext = async (context, known, { job }) => {
  // Which variables and secrets a repository has is the owner's to say.
  if ((context === 'vars' || context === 'secrets') && known !== undefined) known.complete = false
  if (context !== 'steps' || known === undefined) return known
  const create = () => Object.assign(new (known.constructor as new () => Context)(), { complete: false })
  for (const step of job?.steps ?? []) {
    const uses = 'uses' in step ? step.uses.value : ''
    const outputs = (known.get(step.id) as Context | undefined)?.get('outputs') as Context | undefined
    if (outputs === undefined || !uses.includes(`/${name}@`)) continue
    for (const output of Object.keys(actionFile.outputs)) outputs.add(output, create())
    outputs.complete = true
  }
  return known
}

/** What GitHub's schema for action files says against one. */
export function problemsOfAction(content: string): string[] {
  const { context } = parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter())
  return context.errors.getErrors().map(({ message }) => message)
}
