/** Pages of a Recovery Services vault's lists, all but that of its jobs. */
import type { Answer } from '../../http/exchange.ts'
import { type Filter, queryOption } from '../arm/odata.ts'
import { PAGE_SIZE } from '../world/quirks.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import type { World } from '../world/world.ts'

/** The page that a request asks for, with the link to the next. */
export function page(world: World, { request, origin, path }: VaultRequest, all: unknown[]): Answer {
  const size = world.quirks.pageSize ?? PAGE_SIZE
  const from = Number(queryOption(request, '$skipToken') ?? 0)
  const query = new URLSearchParams(request.query)
  query.delete('$skipToken')
  query.set('$skipToken', String(from + size))
  const link =
    from + size < all.length
      ? { nextLink: `${world.quirks.nextLinkOrigin ?? origin}${encodeURI(path)}?${query}` }
      : {}
  return { status: 200, body: { ...link, value: all.slice(from, from + size) } }
}

/** Whether properties are those that a filter names, in any case; `names` says what a field is called in them. */
export function holds(
  properties: Record<string, unknown>,
  filter: Filter,
  names: Record<string, string> = {},
): boolean {
  return [...filter].every(
    ([field, value]) => String(properties[names[field] ?? field]).toLowerCase() === value.toLowerCase(),
  )
}
