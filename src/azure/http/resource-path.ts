/** What the path of a resource tells of it, for any resource. Pure. */
import { sameWord } from '../../base/read.ts'
import { decode } from '../../base/text.ts'

/** A path's provider and its types, without the names: `Microsoft.RecoveryServices`, [`vaults`, `backupJobs`]. */
export function resourceType(path: string): { provider: string; types: string[] } {
  const [, provider = '', tail = ''] = /\/providers\/(Microsoft\.\w+)\/(.*)/i.exec(path) ?? []
  return { provider, types: tail.split('/').filter((_, index) => index % 2 === 0) }
}

/** The names that a path goes by; empty where it has none. */
export function namesIn(path: string): { subscription: string; resourceGroup: string; vault: string } {
  const after = (segment: string) => new RegExp(`/${segment}/([^/]+)`, 'i').exec(path)?.[1] ?? ''
  return {
    subscription: after('subscriptions'),
    resourceGroup: after('resourceGroups'),
    vault: after('Microsoft\\.\\w+/(?:backupVaults|vaults)'),
  }
}

/** What of a path's beginning is missing, so that nothing below it can appear. */
export type MissingRoot = 'subscription' | 'resource-group' | 'vault'

/**
 * What a 404 says is missing of a path's beginning (the codes of Resource Manager, which looks for these itself);
 * undefined where it may be the thing itself.
 */
export function missingRoot(path: string, code: string, message: string): MissingRoot | undefined {
  if (sameWord(code, 'SubscriptionNotFound')) return 'subscription'
  if (sameWord(code, 'ResourceGroupNotFound')) return 'resource-group'
  if (!sameWord(code, 'ResourceNotFound')) return undefined
  // `The Resource 'Microsoft.RecoveryServices/vaults/v' under resource group …` (recorded of another provider).
  const named = /'(Microsoft\.\w+\/\w+\/[^/']+)'/.exec(message)?.[1] ?? ''
  const { provider, types } = resourceType(path)
  return sameWord(named, `${provider}/${types[0]}/${decode(namesIn(path).vault)}`) ? 'vault' : undefined
}
