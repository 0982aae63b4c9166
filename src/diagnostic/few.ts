/** The first of some names, and how many more there are: a list that no one would read to its end. */
export function few(names: readonly string[], most: number): readonly string[] {
  return names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : names
}
