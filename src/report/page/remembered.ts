/** A part of a page, made once for each extent that it depends on: a page is tried for its size many times. */

/**
 * @param make makes the part
 * @param depends what of the extent it depends on
 */
export function remembered<Extent, Part>(
  make: (extent: Extent) => Part,
  depends: (keyof Extent)[],
): (extent: Extent) => Part {
  const made = new Map<string, Part>()
  return (extent) => {
    const key = depends.map((name) => String(extent[name])).join(' ')
    const known = made.get(key)
    if (known !== undefined) return known
    const part = make(extent)
    made.set(key, part)
    return part
  }
}
