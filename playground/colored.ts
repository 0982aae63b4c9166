const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'hunk' }

/** The lines of a difference, those of a kind that follow each other together; their signs say the same without color. */
export function colored(difference: string): readonly HTMLElement[] {
  const runs = difference.match(/(?:^\+.*\n?)+|(?:^-.*\n?)+|(?:^@.*\n?)+|(?:^(?![-+@]).*\n?)+/gm) ?? []
  return runs.map(run => {
    const shown = document.createElement('span')
    shown.className = kinds[run.charAt(0)] ?? ''
    shown.textContent = run
    return shown
  })
}
