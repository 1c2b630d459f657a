/** Azure Resource Graph: one question about many vaults. */

import { type Fields, fields, isFields, list, text, verbatim } from '../base/read.ts'
import type { ResourceManager } from './http/resource-manager.ts'
import { withVersion } from './operation.ts'
import { apiVersions } from './versions.ts'

/** The most rows that an answer has (Microsoft: Azure Resource Graph, paging results). */
const rowsPerPage = 1_000
const mostPages = 1_000

/**
 * All rows that a query gives. It has to order by a unique column, or pages overlap (Microsoft: Azure Resource
 * Graph, paging results).
 *
 * @throws what `ResourceManager.read` throws; an error where rows are missing
 */
export async function queryResources(
  resourceManager: ResourceManager,
  subscriptionId: string,
  query: string,
): Promise<Fields[]> {
  const url = withVersion(
    '/providers/Microsoft.ResourceGraph/resources',
    resourceManager.origin,
    apiVersions.resourceGraph,
  )
  const rows: Fields[] = []
  let skipToken = ''
  for (let page = 1; page <= mostPages; page += 1) {
    const options = {
      $top: rowsPerPage,
      resultFormat: 'objectArray',
      ...(skipToken === '' ? {} : { $skipToken: skipToken }),
    }
    const { body, retryAfter } = await resourceManager.read({
      url,
      method: 'POST',
      body: { subscriptions: [subscriptionId], query, options },
      what: { kind: 'resource-graph', name: '' },
    })
    rows.push(...list(fields(body).data).filter(isFields))
    skipToken = verbatim(fields(body).$skipToken)
    if (skipToken === '') {
      // `"true"` or `"false"`, as text (spec: QueryResponse, ResultTruncated). What is missing would be lost silently.
      if (text(fields(body).resultTruncated).toLowerCase() !== 'true') return rows
      throw new Error('Azure Resource Graph has cut its answer off and tells no next page.')
    }
    if (retryAfter > 0) await resourceManager.pause(retryAfter)
  }
  throw new Error('Azure Resource Graph has a next page that leads nowhere.')
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
