/** The api-version of a request, and its refusal. */
import type { Answer, SeenRequest } from '../../http/exchange.ts'
import { armError, typeOf } from '../arm/errors.ts'
import type { World } from './world.ts'

// The service behind cross-region calls knows these versions only (reference/azure-backup-api.md 2.1).
const CROSS_REGION_VERSIONS = ['2018-12-20', '2021-11-15', '2023-01-15', '2026-07-15']

// Restores from another tenant's vault are in these previews only (azure-rest-api-specs#41694).
const CROSS_TENANT_VERSIONS = ['2026-03-31-preview', '2026-08-31-preview']

/** The api-version of a request, wherever it stands: `?fabricName=Azure?api-version=…` is the service's own. */
export function apiVersionOf(request: SeenRequest): string | undefined {
  return /[?&]api-version=([^&?]+)/i.exec(request.query)?.[1]
}

/** Whether a request is in that version or a newer one; previews count by their date. */
export function isSince(request: SeenRequest, version: string): boolean {
  return (apiVersionOf(request) ?? '').slice(0, version.length) >= version
}

/** The refusal of a request without an api-version that its provider knows; undefined where all is well. */
export function checkApiVersion(world: World, request: SeenRequest, path: string): Answer | undefined {
  const version = apiVersionOf(request)
  if (version === undefined) {
    return armError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    )
  }
  const { namespace, type } = typeOf(path)
  const crossRegion = /\/locations\/[^/]+\/backupCr/i.test(path)
  const provided = supportedBy(world, namespace)
  const previews = CROSS_TENANT_VERSIONS.filter((one) => provided?.includes(one) ?? true)
  const crossTenant = /\/backupCrossTenantVaultMappings\//i.test(path)
  const supported = crossRegion ? CROSS_REGION_VERSIONS : crossTenant ? previews : provided
  const known = /^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)
  if (known && (supported === undefined || supported.includes(version))) return undefined
  return refusal(world, { namespace, type, version, supported: supported ?? [] })
}

function supportedBy({ quirks }: World, namespace: string): string[] | undefined {
  const found = Object.entries(quirks.apiVersions ?? {}).find(
    ([name]) => name.toLowerCase() === namespace.toLowerCase(),
  )
  return found?.[1]
}

interface Refused {
  namespace: string
  type: string
  version: string
  supported: string[]
}

/**
 * The three ways in which Resource Manager says it, word for word: the first as in azure-powershell#14395 (Azure
 * Government) and Microsoft's documentation, the second as in azure-cli#30880, the third, which is a 404, as in
 * azure-sdk-for-js#15460.
 */
function refusal(world: World, { namespace, type, version, supported }: Refused): Answer {
  const { location, secondaryLocation } = world.defaults
  const code = world.quirks.apiVersionRefusal ?? 'NoRegisteredProviderFound'
  switch (code) {
    case 'NoRegisteredProviderFound': {
      const versions =
        supported.length === 0
          ? ''
          : ` The supported api-versions are '${supported.join(', ')}'. The supported locations are '${location}, ${secondaryLocation}'.`
      return armError(
        400,
        code,
        `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'.${versions}`,
      )
    }
    case 'InvalidApiVersionParameter':
      return armError(
        400,
        code,
        `The api-version '${version}' is invalid. The supported versions are '${supported.join(',')}'.`,
      )
    case 'InvalidResourceType': {
      const versions =
        supported.length === 0 ? '' : ` The supported api-versions are '${supported.join(',')}'.`
      return armError(
        404,
        code,
        `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'.${versions}`,
      )
    }
  }
}
