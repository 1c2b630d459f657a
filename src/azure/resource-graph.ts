/** Azure Resource Graph: one question about many vaults. */

import { type Fields, fields, isFields, list, text, verbatim } from '../base/read.ts'
import type { Request, ResourceManager } from './http/resource-manager.ts'
import { withVersion } from './operation.ts'
import { readPages } from './pages.ts'
import { apiVersions } from './versions.ts'

/** The most rows that an answer has (Microsoft: Azure Resource Graph, paging results). */
const rowsPerPage = 1_000

/**
 * All rows that a query gives. It has to order by a unique column, or pages overlap (Microsoft: Azure Resource
 * Graph, paging results).
 *
 * @returns the rows, and the time by the service's clock, in milliseconds since 1970
 * @throws what `readPages` throws
 */
export async function queryResources(
  resourceManager: ResourceManager,
  subscriptionId: string,
  query: string,
): Promise<{ rows: Fields[]; serviceTime: number }> {
  const url = withVersion(
    '/providers/Microsoft.ResourceGraph/resources',
    resourceManager.origin,
    apiVersions.resourceGraph,
  )
  const request = (options: object): Request => ({
    url,
    method: 'POST',
    body: {
      subscriptions: [subscriptionId],
      query,
      options: { $top: rowsPerPage, resultFormat: 'objectArray', ...options },
    },
    what: { kind: 'resource-graph', name: '' },
  })
  const following = (body: unknown) => {
    const $skipToken = verbatim(fields(body).$skipToken)
    if ($skipToken !== '') return request({ $skipToken })
    // `"true"` or `"false"`, as text (spec: QueryResponse, ResultTruncated). What is missing would be lost silently.
    const cutOff = text(fields(body).resultTruncated).toLowerCase() === 'true'
    return cutOff ? 'it was cut off and tells no next page.' : undefined
  }
  const rows: Fields[] = []
  let serviceTime = 0
  for await (const answer of readPages(resourceManager, request({}), following)) {
    rows.push(...list(fields(answer.body).data).filter(isFields))
    serviceTime = answer.serviceTime
  }
  return { rows, serviceTime }
}

/** A text within a query. */
export function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** A column of properties, which come as an object or as its text (seen in tools that read them). */
export function propertiesOf(row: Fields): Fields {
  const { properties } = row
  if (typeof properties !== 'string') return fields(properties)
  try {
    return fields(JSON.parse(properties))
  } catch {
    return {}
  }
}
