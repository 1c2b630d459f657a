/** The little of Kusto that is understood: a table, `where`, `project` and `order by id asc`. */

type Row = Record<string, unknown>

/** A query. */
export interface Query {
  table: 'recoveryservicesresources' | 'resources'
  /** Types in small letters; undefined for all. */
  types: string[] | undefined
  conditions: ((row: Row) => boolean)[]
  /** Columns and where they come from (`properties.friendlyName`); undefined for all. */
  columns: { name: string; path: string }[] | undefined
  byId: boolean
}

/** Reads a query; an error, as the service words it, for one that goes beyond that. */
export function readQuery(text: string): Query | { code: string; message: string } {
  const [table = '', ...steps] = text.split('|').map((step) => step.trim().replace(/\s+/g, ' '))
  const name = table.toLowerCase()
  if (name !== 'recoveryservicesresources' && name !== 'resources') {
    // Recorded for a table that a cloud lacks (Azure/azqr#847).
    const message = `Table ${table} is invalid, unsupported or disallowed.`
    return { code: 'DisallowedLogicalTableName', message }
  }
  const query: Query = { table: name, types: undefined, conditions: [], columns: undefined, byId: false }
  for (const step of steps) {
    if (!readStep(step, query)) return { code: 'ParserFailure', message: `ParserFailure: ${step}` }
  }
  return query
}

/** A column, or a field within `properties`; without case, as the service does it. */
export function fieldOf(row: Row, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined
    const entry = Object.entries(value).find(([name]) => name.toLowerCase() === key.toLowerCase())
    return entry?.[1]
  }, row)
}

function readStep(step: string, query: Query): boolean {
  if (/^where /i.test(step)) {
    return step
      .slice('where '.length)
      .split(/ and /i)
      .every((condition) => readCondition(condition.trim(), query))
  }
  if (/^order by id asc$/i.test(step)) {
    query.byId = true
    return true
  }
  if (!/^project /i.test(step)) return false
  const columns = step
    .slice('project '.length)
    .split(',')
    .map((text) => /^\s*(?:(\w+)\s*=\s*)?(?:tostring\s*\(\s*)?(\w+(?:\.\w+)*)\s*\)?\s*$/.exec(text))
  query.columns = columns.flatMap((match) => {
    const path = match?.[2]
    return path === undefined ? [] : [{ name: match?.[1] ?? path.replaceAll('.', '_'), path }]
  })
  return query.columns.length === columns.length
}

function readCondition(text: string, query: Query): boolean {
  const [, field = '', operator = '', operand = ''] =
    /^(?:tostring\s*\(\s*)?(\w+(?:\.\w+)*)\s*\)?\s*(in~|=~|==|startswith)\s*(.*)$/i.exec(text) ?? []
  const many = operator.toLowerCase() === 'in~'
  const values = many ? /^\((.*)\)$/.exec(operand)?.[1]?.split(',') : [operand]
  const words = values?.map((value) => /^\s*(['"])(.*)\1\s*$/.exec(value)?.[2])
  if (field === '' || words === undefined || words.some((word) => word === undefined)) return false
  const wanted = words.map((word) => (operator === '==' ? (word ?? '') : (word ?? '').toLowerCase()))
  if (field.toLowerCase() === 'type') {
    if (!many && operator !== '=~') return false
    query.types = wanted
    return true
  }
  query.conditions.push((row) => {
    const value = String(fieldOf(row, field) ?? '')
    const compared = operator === '==' ? value : value.toLowerCase()
    return operator.toLowerCase() === 'startswith'
      ? compared.startsWith(wanted[0] ?? '')
      : wanted.includes(compared)
  })
  return true
}
