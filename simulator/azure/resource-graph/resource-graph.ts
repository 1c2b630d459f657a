/** Azure Resource Graph, as far as a client that looks for items, jobs and vaults needs it. */
import { type Answer, decodedPath, jsonBody, type SeenRequest } from '../../http/exchange.ts'
import type { Quota } from '../arm/quota.ts'
import { instanceBody } from '../backup-vault/instances.ts'
import { itemsOf } from '../items/items.ts'
import { itemBody } from '../recovery-services/items.ts'
import { worldAt } from '../world/listed.ts'
import { type Vault, vaultId } from '../world/vault.ts'
import type { World } from '../world/world.ts'
import { fieldOf, type Query, readQuery } from './query.ts'

const PATH = /^\/providers\/Microsoft\.ResourceGraph\/resources$/i
// 15 queries in 5 seconds and user (Microsoft: Guidance for throttled requests in Azure Resource Graph).
const QUERIES = 15
const WINDOW_SECONDS = 5
// Without `$top`; and with more than is allowed.
const USUAL_ROWS = 100
const MOST_ROWS = 1000

type Row = Record<string, unknown>

/** Resource Graph: its own quota, and its answers. */
export interface ResourceGraph {
  /** Whether a request is one for it. */
  asked(request: SeenRequest): boolean
  quota: Quota
  answer(request: SeenRequest): Answer
}

/** Makes Resource Graph for everything in the world. */
export function createResourceGraph(world: World): ResourceGraph {
  let window = -1
  let spent = 0
  return {
    asked: (request) => PATH.test(decodedPath(request.path)),
    quota: {
      spend() {
        const now = world.clock.now() / 1000
        const current = Math.floor(now / WINDOW_SECONDS)
        if (current !== window) spent = 0
        window = current
        spent += 1
        const wait = Math.ceil((window + 1) * WINDOW_SECONDS - now)
        const left = String(Math.max(0, QUERIES - spent))
        const headers = {
          'x-ms-user-quota-remaining': left,
          'x-ms-user-quota-resets-after': `00:00:0${wait}`,
          'x-ms-ratelimit-remaining-tenant-resource-requests': left,
          'x-ms-resource-graph-request-duration': '0:00:00:00.0695538',
        }
        const refused = spent > QUERIES ? throttled(world, wait) : undefined
        return { headers, refused }
      },
    },
    answer: (request) => (request.method === 'POST' ? answer(world, request) : failure(world, 405, [])),
  }
}

function answer(world: World, request: SeenRequest): Answer {
  const { subscriptions, query: text, options } = jsonBody(request)
  const query = readQuery(typeof text === 'string' ? text : '')
  if ('code' in query) return failure(world, 400, [query])
  const { $top, $skipToken, resultFormat } = (options ?? {}) as Record<string, unknown>
  if (resultFormat !== undefined && resultFormat !== 'objectArray') {
    const message = 'The simulator knows objectArray only.'
    return failure(world, 400, [{ code: 'InvalidResultFormat', message }])
  }
  const from = typeof $skipToken === 'string' ? fromToken($skipToken) : 0
  if (from === undefined) {
    return failure(world, 400, [{ code: 'InvalidSkipToken', message: 'The $skipToken is not valid.' }])
  }
  const all = Array.isArray(subscriptions)
    ? new Set(subscriptions.map((one) => String(one).toLowerCase()))
    : undefined
  const rows = rowsOf(world, query, all)
  const most = Math.min(world.quirks.graphPageSize ?? MOST_ROWS, Number($top ?? USUAL_ROWS), MOST_ROWS)
  const page = rows.slice(from, from + most)
  const cut = from + most < rows.length
  // Without `id` among the columns there is no way on (Microsoft: Work with large data sets).
  const paged = cut && (query.columns === undefined || query.columns.some(({ name }) => name === 'id'))
  return {
    status: 200,
    body: {
      totalRecords: rows.length,
      count: page.length,
      data: page.map((row) => projected(row, query, world)),
      facets: [],
      resultTruncated: String(cut),
      ...(paged ? { $skipToken: toToken(from + most) } : {}),
    },
  }
}

function rowsOf(present: World, query: Query, subscriptions: Set<string> | undefined): Row[] {
  // What was so long ago is what it shows now.
  const lag = (present.quirks.graphLagSeconds ?? 0) * 1000
  const world = lag === 0 ? present : worldAt(present, present.clock.now() - lag)
  const vaults = [...world.vaults.values()].filter(
    ({ subscriptionId }) => subscriptions?.has(subscriptionId.toLowerCase()) ?? true,
  )
  const wanted = (type: string) => query.types === undefined || query.types.includes(type)
  const rows: Row[] = []
  if (query.table === 'resources') {
    for (const vault of vaults) {
      const type = vault.type.toLowerCase()
      if (wanted(type)) rows.push(rowOf(world, vault, type, vaultBody(vault)))
    }
  } else {
    for (const vault of vaults) {
      const recovery = vault.type === 'Microsoft.RecoveryServices/vaults'
      const type = recovery
        ? 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
        : 'microsoft.dataprotection/backupvaults/backupinstances'
      if (!wanted(type)) continue
      for (const item of itemsOf(world, vault)) {
        rows.push(rowOf(world, vault, type, recovery ? itemBody(world, item) : instanceBody(world, item)))
      }
    }
    for (const job of world.jobs.values()) {
      const type = `${job.vault.type.toLowerCase()}/backupjobs`
      if (job.mapping !== undefined) continue
      if (!wanted(type) || !vaults.includes(job.vault) || job.startedAt.ms > world.clock.now()) continue
      rows.push(rowOf(world, job.vault, type, job.kind.job(world, job) as unknown as Body))
    }
  }
  const found = rows.filter((row) => query.conditions.every((holds) => holds(row)))
  if (!query.byId) return found
  return found.sort((one, other) => (String(one.id).toLowerCase() < String(other.id).toLowerCase() ? -1 : 1))
}

interface Body {
  id: string
  name: string
  properties: unknown
}

// Columns and their order: a recording of 2025. Types and groups are in small letters; so are the types within
// the IDs of Recovery Services, though not the names.
function rowOf(world: World, vault: Vault, type: string, { id, name, properties }: Body): Row {
  return {
    id: vault.type === 'Microsoft.RecoveryServices/vaults' ? smallTypes(id) : id,
    name,
    type,
    tenantId: world.defaults.tenantId,
    kind: '',
    location: vault.location,
    resourceGroup: vault.resourceGroup.toLowerCase(),
    subscriptionId: vault.subscriptionId,
    managedBy: '',
    sku: null,
    plan: null,
    properties,
    tags: null,
    identity: null,
    zones: null,
    extendedLocation: null,
  }
}

function smallTypes(id: string): string {
  const types =
    /\/(subscriptions|resourceGroups|providers\/Microsoft\.RecoveryServices|vaults|backupFabrics|protectionContainers|protectedItems|backupJobs)(?=\/)/gi
  return id.replace(types, (part) => part.toLowerCase())
}

function vaultBody(vault: Vault): Body {
  return { id: vaultId(vault), name: vault.name, properties: { provisioningState: 'Succeeded' } }
}

function projected(row: Row, { columns }: Query, world: World): Row {
  const written = world.quirks.graphPropertiesAsText
    ? { ...row, properties: JSON.stringify(row.properties) }
    : row
  if (columns === undefined) return written
  return Object.fromEntries(
    columns.map(({ name, path }) => [
      name,
      (path.includes('.') ? fieldOf(row, path) : written[path]) ?? null,
    ]),
  )
}

function failure(world: World, status: number, details: { code: string; message: string }[]): Answer {
  const message = `Please provide below info when asking for support: timestamp = ${new Date(world.clock.now()).toISOString()}, correlationId = 3a991f94-a570-4f43-a031-d6d34c4138a2.`
  return {
    status,
    body: { error: { code: status === 429 ? 'RateLimiting' : 'BadRequest', message, details } },
  }
}

function throttled(world: World, wait: number): Answer {
  const message =
    'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.'
  return {
    ...failure(world, 429, [{ code: 'RateLimiting', message }]),
    headers: { 'Retry-After': String(wait) },
  }
}

function toToken(from: number): string {
  return Buffer.from(
    JSON.stringify({ $id: '1', MaxRows: from, RowsToSkip: from, KustoClusterUrl: '' }),
  ).toString('base64')
}

function fromToken(token: string): number | undefined {
  try {
    const { RowsToSkip } = JSON.parse(Buffer.from(token, 'base64').toString()) as { RowsToSkip?: number }
    return Number.isInteger(RowsToSkip) ? RowsToSkip : undefined
  } catch {
    return undefined
  }
}
