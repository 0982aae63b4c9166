import type { CheckJson } from '../documents/check.ts'
import type { CompareJson } from '../documents/compare.ts'
import type { DiffAllJson, DiffJson } from '../documents/diff.ts'
import type { GenerateAllJson, GenerateJson } from '../documents/generate.ts'
import { checkPage } from './check-page.ts'
import { comparePage } from './compare-page.ts'
import { page } from './page.ts'
import { diffPage, generatePage } from './plan-page.ts'

/** A JSON document of a command, and how values are written as YAML. */
export type ReportInput = Printed & { readonly yaml: (values: object) => string }

type Printed =
  | { readonly command: 'generate'; readonly document: GenerateJson | GenerateAllJson }
  | { readonly command: 'diff'; readonly document: DiffJson | DiffAllJson }
  | { readonly command: 'check'; readonly document: CheckJson }
  | { readonly command: 'compare'; readonly document: CompareJson }

/** A page to look at: one file without scripts, made of what the JSON document has and of nothing else. */
export function report(input: ReportInput): string {
  switch (input.command) {
    case 'generate':
      return page(generatePage(input.document, input.yaml))
    case 'diff':
      return page(diffPage(input.document))
    case 'check':
      return page(checkPage(input.document))
    case 'compare':
      return page(comparePage(input.document))
    default:
      return input satisfies never
  }
}
