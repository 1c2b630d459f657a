/** What a refusal means and what to do about it, for the person who reads it at night. */
import { CredentialError, errorMessage, SettingError, TrustError } from '../../base/errors.ts'
import { sameWord, text } from '../../base/read.ts'
import type { Problem } from '../../domain/outcome.ts'
import { RefusedError } from './request.ts'
import { namesIn, resourceType } from './resource-path.ts'
import { subjectWords } from './subject.ts'

/**
 * Why something cannot be followed.
 *
 * @param what it, in words; a refusal knows itself what was asked for
 */
export function explainProblem(error: unknown, what: string): Problem {
  return { code: error instanceof RefusedError ? error.code : '', message: explain(error, what) }
}

function explain(error: unknown, what: string): string {
  if ([CredentialError, SettingError, TrustError].some((kind) => error instanceof kind))
    return errorMessage(error)
  if (!(error instanceof RefusedError)) return `Reading ${what} failed: ${text(errorMessage(error))}`
  const said = `Reading ${subjectWords(error.what)} was refused: ${error.message.replace(/\.$/, '')}.`
  if (error.status === 401)
    return `${said} A new token was refused too: it is of another tenant, or of another cloud (input environment).`
  if (error.status === 403) return `${said} ${missingRole(error)}`
  if (error.status === 404) return `${said} ${missing(error)}`
  return error.status >= 300 && error.status < 400
    ? `${said} A token is never sent to where a redirect points.`
    : said
}

/** What a 404 means, by what was asked for. */
function missing({ what, path, missing: root }: RefusedError): string {
  const { subscription, resourceGroup, vault } = namesIn(path)
  switch (root ?? what.kind) {
    case 'subscription':
      return `There is no subscription ${subscription}, or the identity may see nothing in it: check its ID, and the tenant of the identity.`
    case 'resource-group':
      return `There is no resource group ${resourceGroup} in subscription ${subscription}: check its name and the subscription.`
    case 'vault':
    case 'job-list':
      // Where the service does not name it, which of them is missing is not known.
      return root === 'vault'
        ? `There is no vault ${vault} in resource group ${resourceGroup}: check its name, the resource group, the subscription, and the input vault-type.`
        : 'There is no such vault: check its name, the resource group, the subscription, and the input vault-type.'
    case 'job':
      return (
        'There is no such job (any more): check the ID, the vault and the subscription. Azure keeps jobs for a limited ' +
        'time. A job of a Backup vault needs vault-type: backup, one of a cross-region restore secondary-region. The ID at the end of ' +
        "an operation's URL is mostly not its job's: give the whole URL as operation-url."
      )
    case 'operation':
      return (
        'There is no such operation (any more): check the ID, the vault and the subscription. Azure keeps operations ' +
        'for a shorter time than jobs; with the ID of its job, give that as job-id.'
      )
    case 'recovery-points':
      return 'The vault protects no such item (any more), so it shows no recovery points of it.'
    default:
      return 'There is no such thing (any more): check the IDs and the subscription.'
  }
}

/** The role, where it is to be given, and the action; the latter as the service names it, or else by what was read. */
function missingRole({ message, path }: RefusedError): string {
  const named = /perform action '([^']+)'/.exec(message)?.[1]
  const action = named ?? actionFor(path)
  const [, provider = '', type = ''] = /\/providers\/Microsoft\.(\w+)\/([^/]+)/i.exec(path) ?? []
  const isBackupVault = sameWord(provider, 'DataProtection')
  // Reader has no actions but reads, and Backup Reader not all reads of Backup vaults (azure-docs, built-in roles).
  const role = isBackupVault && !action.endsWith('/action') ? 'Reader' : 'Backup Reader'
  const vault = isBackupVault ? 'Backup vault' : 'Recovery Services vault'
  const scope = sameWord(type, 'locations') ? 'subscription' : vault
  return `The identity lacks the role ${role} on the ${scope} (action ${action}); a new assignment takes some minutes to work.`
}

/** Reads that are POSTs; their action says so. */
const posts = /^(backupCrrJobs?|fetchCrossRegionRestoreJobs?|cancel|resources)$/i

/** The action that reading a path takes: its types, without the names (azure-docs, permissions/storage). */
function actionFor(path: string): string {
  const { provider, types } = resourceType(path)
  const verb = posts.test(types.at(-1) ?? '') ? 'action' : 'read'
  return [provider, ...types, verb]
    .join('/')
    .replace('Microsoft.RecoveryServices/vaults/', 'Microsoft.RecoveryServices/Vaults/')
}
