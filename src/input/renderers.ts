import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Source, Span } from '../source.ts'
import { itemsAt, mapAt, type Tree, textAt } from './yaml/tree.ts'

/** A tool that makes manifests or values out of what is written for it. */
interface Renderer {
  /** What its files are called, in a sentence: `a helmfile`. */
  readonly what: string
  /** What prints manifests, or where the tool prints none, what was deployed. */
  readonly command: string
  /** Recognizes a file that is not YAML, by its path or its text. */
  readonly isFile?: (source: Source) => boolean
  /** Recognizes a YAML document. */
  readonly isDocument?: (tree: Tree) => boolean
}

const deployed = 'helm get manifest NAME'

const renderers: readonly Renderer[] = [
  {
    what: 'a helmfile',
    command: 'helmfile template',
    isFile: ({ path, text }) => isTemplateOfHelmfile(path, text) && /^(?:releases|helmfiles):/m.test(text),
    isDocument: tree =>
      itemsAt(tree, 'releases').some(each => textAt(each, 'chart') !== null) ||
      (itemsAt(tree, 'helmfiles').length > 0 && textAt(tree, 'kind') === null),
  },
  {
    what: 'Terraform source',
    command: 'terraform show -json PLAN',
    isFile: ({ path, text }) =>
      /\.(?:tf|tofu|hcl)$/.test(path) ||
      /^(?:resource|data|module|provider|variable)[ \t]+"[\w-]+"[^=\n]*\{/m.test(text),
    isDocument: tree => mapAt(tree, 'resource', 'helm_release') !== null,
  },
  {
    what: "Terraform's own form of a state",
    command: 'terraform show -json',
    isFile: ({ path }) => path.endsWith('.tfstate'),
    isDocument: tree => textAt(tree, 'terraform_version') !== null && textAt(tree, 'lineage') !== null,
  },
  {
    what: 'Tanka, which is Jsonnet',
    command: 'tk show --dangerous-allow-redirect ENVIRONMENT',
    isFile: ({ path, text }) => isJsonnet(path, text) && /tanka/i.test(text),
    isDocument: tree => /^tanka\.dev\//.test(textAt(tree, 'apiVersion') ?? ''),
  },
  {
    what: 'Jsonnet',
    command: 'jsonnet FILE',
    isFile: ({ path, text }) => isJsonnet(path, text),
  },
  {
    what: 'a Pulumi program',
    command: deployed,
    isFile: ({ text }) =>
      /^[ \t]*(?:import|from)[ \t][^\n]*pulumi|require\(['"]@pulumi\//m.test(text) ||
      /"github\.com\/pulumi\//.test(text),
    isDocument: tree => textAt(tree, 'name') !== null && isPulumi(tree),
  },
  {
    what: 'CUE',
    command: 'cue cmd dump',
    isFile: ({ path }) => path.endsWith('.cue'),
  },
]

/** A helmfile may hold template actions, which are not YAML. */
const isTemplateOfHelmfile = (path: string, text: string): boolean =>
  /\.ya?ml\.gotmpl$/.test(path) || (/(?:^|\/)helmfile[^/]*\.ya?ml$/.test(path) && text.includes('{{'))

const isJsonnet = (path: string, text: string): boolean =>
  /\.(?:jsonnet|libsonnet)$/.test(path) || /^[ \t]*local\s+\w+\s*=\s*(?:import|\(import)\b/m.test(text)

const isPulumi = (tree: Tree): boolean =>
  /^(?:nodejs|python|go|dotnet|java|yaml)$/.test(textAt(tree, 'runtime') ?? textAt(tree, 'runtime', 'name') ?? '')

/** Files of a folder that may be written for such a tool; of other languages there is too much in a repository. */
export const isRendererFile = (name: string): boolean =>
  /\.(?:tf|tofu|hcl|tfstate|jsonnet|libsonnet|cue)$|\.ya?ml\.gotmpl$/.test(name)

/** Whether what is written for a tool has to do with Alloy. */
export const mentionsAlloy = (text: string): boolean => /\balloy\b|k8s-monitoring/i.test(text)

/** Says that a file that is not YAML has to be rendered first; null where no tool is known that does. */
export function unrenderedFile(source: Source): Diagnostic | null {
  const found = renderers.find(({ isFile }) => isFile?.(source))
  return found ? unrendered(found, { source, start: 0, end: Math.min(1, source.text.length) }) : null
}

/** The same of a YAML document. */
export function unrenderedDocument(tree: Tree): Diagnostic | null {
  const found = renderers.find(({ isDocument }) => isDocument?.(tree))
  return found ? unrendered(found, { ...tree.span, end: tree.span.start + 1 }) : null
}

function unrendered({ what, command }: Renderer, span: Span): Diagnostic {
  return diagnostic('not-rendered', span, { path: span.source.path, what, command })
}
