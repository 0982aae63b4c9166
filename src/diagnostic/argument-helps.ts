import { didYouMean } from './suggest.ts'

/** What to write where the type is nearly right, by what is wrong with it. */
export const repairs: Readonly<Record<string, string>> = {
  'is of type string, expected array': 'put it in brackets, even if there is only one',
  'is of type string, expected bool': 'write true or false without quotes, or compare the text: … == "true"',
}

/** What is near to an argument that does not exist: a name, the block that has one of its name, or the names that there are. */
export interface NearArgument {
  readonly close: string | null
  readonly holder: string | null
  readonly listed: readonly string[]
  /** Whether the release is newer than all that are known. */
  readonly isBeyond: boolean
}

/** What to write instead of an argument that does not exist. */
export function unknownArgument({ close, holder, listed, isBeyond }: NearArgument): string | null {
  if (close !== null) return didYouMean(close)
  if (holder !== null) return `write it in the block ${holder}`
  if (listed.length > 0) return `expected one of ${listed.join(', ')}`
  return isBeyond ? 'check that your release of Alloy has it' : null
}

/** The command that renders values, and where they are from: null for a file, else what names them. */
export interface Rendering {
  readonly command: string
  readonly values: string | null
}

/** How to get from values of a chart that writes configurations to what is read here. */
export const renderingInWords = ({ command, values }: Rendering): readonly string[] => [
  `render the chart first, and pass the result${values === null ? '' : ` (values.yaml: the values of ${values})`}:`,
  `${command} > rendered.yaml`,
  'alloy-rbac generate rendered.yaml --all, or alloy-rbac check rendered.yaml',
]
