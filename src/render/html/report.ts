import { checkPage } from './check-page.ts'
import { comparePage } from './compare-page.ts'
import type { CheckJson, CompareJson, DiffAllJson, DiffJson, GenerateAllJson, GenerateJson } from './documents.ts'
import { page } from './page.ts'
import { diffPage, generatePage } from './plan-page.ts'

/** A JSON document of a command, and how values are written as YAML. */
export interface ReportInput {
  readonly command: 'generate' | 'diff' | 'check' | 'compare'
  readonly document: object
  readonly yaml: (values: object) => string
}

/** A page to look at: one file without scripts, made of what the JSON document has and of nothing else. */
export function report({ command, document, yaml }: ReportInput): string {
  // Which document a command prints is what the schemas say of it.
  switch (command) {
    case 'generate':
      return page(generatePage(document as GenerateJson | GenerateAllJson, yaml))
    case 'diff':
      return page(diffPage(document as DiffJson | DiffAllJson))
    case 'check':
      return page(checkPage(document as CheckJson))
    case 'compare':
      return page(comparePage(document as CompareJson))
    default:
      return command satisfies never
  }
}
