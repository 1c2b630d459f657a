/** Errors of Azure Resource Manager: `{"error": {"code", "message"}}` with the status that goes with them. */
import type { Answer } from '../../http/exchange.ts'

/** The inside of an ARM error body. */
export interface ArmError {
  code: string
  message: string
  [key: string]: unknown
}

/** An answer with an ARM error body. */
export function armError(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } }
}

/** 404 for a resource (text as recorded). */
export function notFound(type: string, name: string, resourceGroup: string): Answer {
  return armError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  )
}

/** 403 for an action on a scope (text as ARM writes it). */
export function authorizationFailed(client: string, object: string, action: string, scope: string): Answer {
  return armError(
    403,
    'AuthorizationFailed',
    `The client '${client}' with object id '${object}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  )
}

/**
 * The action that a request needs: the resource types along its path, then what the method does (Microsoft:
 * Azure permissions for Management and governance, Storage).
 */
export function actionOf(method: string, path: string): { action: string; scope: string } {
  const [, above = '', below = ''] = /^(.*?)\/providers\/(.*)$/i.exec(path) ?? []
  const [provider = '', ...segments] = below.split('/')
  const types = segments.filter((_, index) => index % 2 === 0).map(capitalVaults)
  const verb = { GET: 'read', PUT: 'write', DELETE: 'delete' }[method] ?? 'action'
  const resource = verb === 'action' ? segments.slice(0, -1) : segments
  return {
    action: [provider, ...types, verb].join('/'),
    scope: `${above}/providers/${[provider, ...resource].join('/')}`,
  }
}

/** The provider in a decoded path, and the resource types below it: `vaults/backupJobs`; those of the last provider. */
export function typeOf(path: string): { namespace: string; type: string } {
  const [, namespace = '', below = path] = /^.*\/providers\/([^/]+)\/?(.*)$/i.exec(path) ?? []
  const segments = below.split('/').filter((segment) => segment !== '')
  return { namespace, type: segments.filter((_, index) => index % 2 === 0).join('/') }
}

// Recovery Services' own list of actions spells this one type with a capital.
function capitalVaults(type: string): string {
  return type.toLowerCase() === 'vaults' ? 'Vaults' : type
}
