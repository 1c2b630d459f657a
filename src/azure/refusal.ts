/** What a refusal means and what to do about it, for the person who reads it at night. */
import { CredentialError, errorMessage, TrustError } from '../errors.ts'
import type { Problem } from '../outcome.ts'
import { RefusedError } from './resource-manager.ts'
import { text } from './values.ts'

/** Why something cannot be followed. */
export function explainProblem(error: unknown, what: string): Problem {
  return { code: error instanceof RefusedError ? error.code : '', message: explain(error, what) }
}

function explain(error: unknown, what: string): string {
  if (error instanceof CredentialError || error instanceof TrustError) return error.message
  if (!(error instanceof RefusedError)) return `Reading ${what} failed: ${text(errorMessage(error))}`
  const said = `Reading ${what} was refused: ${error.message.replace(/\.$/, '')}.`
  if (error.status === 401)
    return `${said} A new token was refused too: it is of another tenant, or of another cloud (input environment).`
  if (error.status === 403) return `${said} ${missingRole(error)}`
  if (error.status === 404) {
    return (
      `${said} There is no such ${what.split(' ')[0]} (any more): check the ID, the vault and the subscription. ` +
      'Azure keeps jobs for a limited time, operations for less.'
    )
  }
  return error.status >= 300 && error.status < 400
    ? `${said} A token is never sent to where a redirect points.`
    : said
}

/** The role and the action; the latter as the service names it, or else by what was read. */
function missingRole({ message, path }: RefusedError): string {
  const named = /perform action '([^']+)'/.exec(message)?.[1]
  const action = named ?? actionFor(path)
  const role = /Microsoft\.DataProtection/i.test(path)
    ? 'Reader on the Backup vault'
    : 'Backup Reader on the Recovery Services vault'
  return `The identity lacks the role ${role} (action ${action}); a new assignment takes some minutes to work.`
}

/** Reads that are POSTs; their action says so. */
const posts = /^(backupCrrJobs?|fetchCrossRegionRestoreJobs?|cancel|resources)$/i

/** The action that reading a path takes: its types, without the names (azure-docs, permissions/storage). */
function actionFor(path: string): string {
  const [, provider = '', tail = ''] = /\/providers\/(Microsoft\.\w+)\/(.*)$/i.exec(path) ?? []
  const types = tail.split('/').filter((_, index) => index % 2 === 0)
  const verb = posts.test(types.at(-1) ?? '') ? 'action' : 'read'
  return [provider, ...types, verb]
    .join('/')
    .replace('Microsoft.RecoveryServices/vaults/', 'Microsoft.RecoveryServices/Vaults/')
}
