/** Says whether a text is a day as ISO 8601 writes it. */
export function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '').split('-').map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
