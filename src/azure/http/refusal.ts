/** What a refusal means and what to do about it: facts, of which report/ makes words. */
import {
  CredentialError,
  type Explanation,
  errorMessage,
  SettingError,
  TrustError,
} from '../../base/errors.ts'
import { fields, isFields, sameWord, text } from '../../base/read.ts'
import { decode, shellWord } from '../../base/text.ts'
import type { Problem } from '../../domain/outcome.ts'
import { lacksVersion } from './api-version.ts'
import { RefusedError } from './request.ts'
import { namesIn, resourceType } from './resource-path.ts'
import { subjectWords } from './subject.ts'

/**
 * Why something cannot be followed.
 *
 * @param what was to be read, for people: `job 1`, `protected items`; a refusal knows itself what was asked for
 */
export function explainProblem(error: unknown, what: string): Problem {
  if (error instanceof CredentialError) return { code: '', ...error.explanation }
  if (error instanceof TrustError || error instanceof SettingError) return { code: '', cause: error.message }
  if (!(error instanceof RefusedError))
    return { code: '', cause: `Reading ${what} failed: ${text(errorMessage(error))}` }
  return { code: error.code, ...meaningOf(error, subjectWords(error.what)), said: error.message }
}

function meaningOf(error: RefusedError, what: string): Explanation {
  const { status, code, body } = error
  // What is below 300 is no refusal.
  if (status < 400)
    return {
      cause: `Azure redirects the reading of ${what} elsewhere.`,
      cure: 'A token is never sent to where a redirect points.',
    }
  // Azure's own answers of these are JSON.
  if ((status === 403 || status === 407) && !isFields(body))
    return {
      cause: `A proxy or firewall answered in place of Azure, with status ${status} and no JSON.`,
      cure: 'Let it pass requests to Azure Resource Manager, or name that host in NO_PROXY.',
    }
  if (/^(Missing)?Subscription(Registration|NotRegistered)$/.test(code)) return unregistered(error)
  if (status === 401) return refusedToken(error, what)
  if (status === 403) return forbidden(error, what)
  const isOfVersion = lacksVersion(status, body)
  if (status === 404 && !isOfVersion) return missingThing(error)
  const why = [code, messageOf(error)].filter((part) => part !== '').join(': ')
  const cause = `Azure refused to read ${what}: ${(why || String(status)).replace(/\.$/, '')}.`
  return isOfVersion ? { cause, cure: otherVersion(error) } : { cause }
}

/** None of the versions that the answer names, if any, could be asked in. */
function otherVersion({ path }: RefusedError): string {
  return /\/backupCrossTenantVaultMappings\//i.test(path)
    ? 'Cross-tenant restores are a preview: this cloud or region does not have it, or not in that API version.'
    : 'Check the inputs environment and resource-manager-url. A URL that was given keeps its api-version.'
}

/** What the service wrote of the error, without the code and the request IDs. */
function messageOf({ body }: RefusedError): string {
  return text(fields(fields(body).error).message)
}

/** Texts: Microsoft, "Troubleshoot common Azure deployment errors", and reports of the codes at GitHub. */
function refusedToken(error: RefusedError, what: string): Explanation {
  const again = 'A new token was refused too'
  if (error.code === 'InvalidAuthenticationTokenTenant') {
    const issuers = messageOf(error).matchAll(/https:\/\/sts\.[\w.-]+\/([0-9a-f-]{36})/gi)
    const [own, wanted] = Array.from(issuers, ([, tenant]) => tenant)
    const facts: [string, string][] = []
    if (own) facts.push(['Tenant of the token', own])
    if (wanted) facts.push(['Tenant of the subscription', wanted])
    return {
      cause: `The token is of another tenant than the subscription, so ${what} cannot be read. ${again}.`,
      cure: 'Set tenant-id to the tenant of the subscription, with an application of that tenant, or correct the subscription.',
      facts,
    }
  }
  if (error.code === 'InvalidAuthenticationTokenAudience')
    return {
      cause: `The token is for another cloud than the one that was asked for ${what}. ${again}.`,
      cure: 'Set the input environment, or resource-manager-url, to the cloud of the subscription.',
    }
  return {
    cause: `Azure takes no token of this identity for ${what}. ${again}: it is of another tenant, or of another cloud (input environment).`,
    cure: 'Check tenant-id and environment against the subscription.',
  }
}

function forbidden(error: RefusedError, what: string): Explanation {
  const { code } = error
  const said = messageOf(error)
  if (code === 'DenyAssignmentAuthorizationFailed' || /\bdeny assignment\b/i.test(said))
    return {
      cause: `A deny assignment forbids this identity to read ${what}; no role overrides it.`,
      cure: 'Ask the owner of the deny assignment (a managed application, a deployment stack) to exclude this identity.',
    }
  if (code.startsWith('RequestDisallowedBy')) {
    const whose = code === 'RequestDisallowedByPolicy' ? 'An Azure Policy' : 'A policy of Azure'
    return {
      cause: `${whose} disallows reading ${what} (${code}); no role is missing.`,
      cure: 'Ask who manages the policies of the subscription for an exemption.',
    }
  }
  if (/Disabled\w*Subscription|Subscription\w*Disabled/.test(code))
    return {
      cause: `The subscription is disabled, so ${what} cannot be read; no role is missing.`,
      cure: 'Reactivate the subscription: its state and the reason stand in the portal under Subscriptions.',
    }
  if (/PublicNetworkAccess|Private(Link|Endpoint)/i.test(code) || /\bpublic network access\b/i.test(said))
    return {
      cause: `Public network access is disabled, so ${what} cannot be read from this runner; no role is missing.`,
      cure: "Use a runner in a network with a private endpoint, or allow public access in the vault's Networking.",
    }
  return missingRole(error, what)
}

/** The role and where it is to be given; the action as the service names it, or else by what was read. */
function missingRole(error: RefusedError, what: string): Explanation {
  const { path } = error
  const said = messageOf(error)
  const action = /perform action '([^']+)'/.exec(said)?.[1] ?? actionFor(path)
  const { subscription, vault: name } = namesIn(path)
  const isBackupVault = sameWord(resourceType(path).provider, 'Microsoft.DataProtection')
  // Reader has no actions but reads, and Backup Reader not all reads of Backup vaults (azure-docs, built-in roles).
  const role = isBackupVault && !action.endsWith('/action') ? 'Reader' : 'Backup Reader'
  // Behind the doubled `/subscriptions//subscriptions/` of a documented Location too.
  const [vault] =
    /\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/(?:vaults|backupVaults)\/[^/]+/i.exec(
      path,
    ) ?? []
  const scope = vault ?? `/subscriptions/${subscription}`
  const place =
    vault === undefined
      ? 'subscription'
      : `${isBackupVault ? 'Backup vault' : 'Recovery Services vault'} ${decode(name)}`
  const objectId = /object id '([0-9a-f-]{36})'/i.exec(said)?.[1] ?? 'OBJECT_ID_OF_THE_IDENTITY'
  const command =
    `az role assignment create --assignee-object-id ${objectId} --assignee-principal-type ServicePrincipal ` +
    `--role ${shellWord(role)} --scope ${shellWord(decode(scope))}`
  return {
    cause: `The identity lacks the role ${role} on the ${place} (action ${action}), so ${what} cannot be read.`,
    cure: 'Assign the role; a new assignment takes some minutes to work.',
    ...(subscription === '' ? {} : { commands: [command] }),
  }
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

/** What a 404 means, by what of the path is missing, or else by what was asked for. */
function missingThing({ path, what, missing }: RefusedError): Explanation {
  const { subscription, resourceGroup, vault } = namesIn(path)
  if (missing === 'subscription')
    return {
      cause: `There is no subscription ${subscription} in the tenant of this identity.`,
      cure: 'Check subscription-id, tenant-id and the input environment.',
    }
  if (missing === 'resource-group')
    return {
      cause: `There is no resource group ${decode(resourceGroup)} in subscription ${subscription}.`,
      cure: 'Check resource-group and subscription-id.',
    }
  if (missing === 'vault')
    return {
      cause: `There is no vault ${decode(vault)} in resource group ${decode(resourceGroup)}.`,
      cure: 'Check its name, the resource group, the subscription, and the input vault-type.',
    }
  switch (what.kind) {
    case 'job':
      return {
        cause: 'There is no such job (any more): check the ID, the vault and the subscription.',
        cure:
          'Azure keeps jobs for a limited time. A job of a Backup vault needs vault-type: backup, one of a cross-region ' +
          "restore secondary-region. The ID at the end of an operation's URL is mostly not its job's: give the whole URL " +
          'as operation-url.',
      }
    case 'operation':
      return {
        cause: 'There is no such operation (any more): check the ID, the vault and the subscription.',
        cure: 'Azure keeps operations for a shorter time than jobs; with the ID of its job, give that as job-id.',
      }
    case 'vault':
    case 'job-list':
      return {
        cause:
          'There is no such vault: check its name, the resource group, the subscription, and the input vault-type.',
      }
    case 'recovery-points':
      return {
        cause: 'The vault protects no such item (any more), so it shows no recovery points of it.',
      }
    default:
      return { cause: 'There is no such thing (any more): check the IDs and the subscription.' }
  }
}

/** Microsoft: Resolve errors for resource provider registration. */
function unregistered({ path }: RefusedError): Explanation {
  const { subscription } = namesIn(path)
  const { provider } = resourceType(path)
  return {
    cause: `The subscription is not registered for ${provider}, so nothing can be read there.`,
    cure: 'Register it once, as someone who may; that takes some minutes. Or check subscription-id: nothing was backed up there yet.',
    commands: [
      `az provider register --namespace ${shellWord(provider)} --subscription ${shellWord(subscription)}`,
    ],
  }
}
