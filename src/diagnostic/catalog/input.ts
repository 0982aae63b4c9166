import { type Rendering, renderingInWords } from '../argument-helps.ts'
import type { Entry } from '../entry.ts'
import { didYouMean } from '../suggest.ts'

/** Stage 5: what is read, or cannot be. */
export const inputEntries = {
  'terraform-unknown': {
    code: 'ARB490',
    severity: 'warning',
    message: ({ address, parts }: { address: string; parts: readonly string[] }) =>
      `${address} is known in part only after apply: ${parts.slice(0, 5).join(', ')}${parts.length > 5 ? ` and ${parts.length - 5} more` : ''}`,
    help: 'check the state after apply: terraform show -json | alloy-rbac check -',
  },
  'values-repeat-sensitive': {
    code: 'ARB491',
    severity: 'error',
    message: ({ owner, lists }: { owner: string; lists: readonly string[] }) =>
      `Helm replaces lists, so the values would repeat ${lists.join(', ')} of ${owner}, which contains what Terraform marks as sensitive`,
    help: 'keep what is sensitive out of these lists, for example in a Secret, or print the half without them: --only rbac or --only pod',
  },
  'unread-key': {
    code: 'ARB521',
    severity: 'warning',
    message: ({ path, version, since }: { path: string; version: string; since: string | null }) =>
      since === null
        ? `chart ${version} has no key ${path}, and Helm ignores it`
        : `chart ${version} does not read ${path}, which exists since chart ${since}: Helm ignores it`,
    help: 'remove the key, or compare it with values.yaml of that chart version',
    helpFor: ({ path, since, meant }: { path: string; since: string | null; meant: string | null }) => {
      if (since === null) return didYouMean(meant)
      const newer = `use chart ${since} or newer`
      return path.startsWith('rbac.') ? `grant with extraObjects, or ${newer}` : newer
    },
  },
  'release-assumed': {
    code: 'ARB520',
    severity: 'warning',
    message: ({ what, by, text, assumed }: { what: string; by: string; text: string; assumed: string }) =>
      `${by} is ${text}, which is not a known version; ${what} ${assumed} is assumed`,
    help: 'name the release with --chart-version or --alloy-version',
    helpFor: ({ what }: { what: string }) =>
      `name the release with ${what === 'chart' ? '--chart-version' : '--alloy-version'}`,
  },
  'yaml-syntax': {
    code: 'ARB531',
    severity: 'error',
    message: ({ problem }: { problem: string }) => `this is not YAML: ${problem}`,
    helpFor: ({ isTemplate = false }: { isTemplate?: boolean }) =>
      isTemplate ? 'render the chart first: helm template … | alloy-rbac check -' : null,
  },
  'yaml-duplicate-key': {
    code: 'ARB532',
    severity: 'error',
    message: ({ key }: { key: string }) => `the key ${key} appears twice in one map`,
    help: 'keep one of them',
  },
  'yaml-limit': {
    code: 'ARB533',
    severity: 'error',
    message: ({ limit }: { limit: string }) => `this YAML is ${limit}`,
  },
  'too-many-inputs': {
    code: 'ARB522',
    severity: 'error',
    message: ({ where, what, limit }: { where: string; what: string; limit: number }) =>
      `${where} has more than ${limit.toLocaleString('en')} ${what}, which is more than one run reads`,
    help: 'pass a part of it to each run',
  },
  'not-understood': {
    code: 'ARB536',
    severity: 'error',
    message: ({ what }: { what: string }) => `${what} is neither a Kubernetes object nor values of the Alloy chart`,
    help: 'pass *.alloy files, values of the grafana/alloy chart, or rendered manifests',
  },
  'other-tool': {
    code: 'ARB537',
    severity: 'error',
    message: ({ tool }: { tool: string }) => `this is a configuration for ${tool}, not for Alloy`,
    helpFor: ({ format }: { format: string }) =>
      `Convert it first: alloy convert --source-format=${format} --output=config.alloy FILE`,
  },
  'empty-folder': {
    code: 'ARB538',
    severity: 'error',
    message: ({ path }: { path: string }) => `the folder ${path} contains no *.alloy, YAML, or JSON files`,
  },
  unreadable: {
    code: 'ARB539',
    severity: 'error',
    message: ({ path, why }: { path: string; why: string }) => `${path} cannot be read: ${why}`,
    helpFor: ({ leavesFolder = false }: { leavesFolder?: boolean }) =>
      leavesFolder ? 'follow it with --allow-outside' : null,
  },
  'configuration-elsewhere': {
    code: 'ARB540',
    severity: 'error',
    message: ({ what, name }: { what: string; name: string }) =>
      `${what}, which contains the configuration of ${name}, is not in the input`,
    help: 'pass that object too, for example with everything that helm template prints for the release',
  },
  'chart-example': {
    code: 'ARB541',
    severity: 'note',
    message: () =>
      'the values contain no configuration: the chart runs its example, which discovers every kind of object',
    help: 'set alloy.configMap.content, or pass the *.alloy files together with the values',
  },
  'generated-configuration': {
    code: 'ARB542',
    severity: 'error',
    message: (_: Record<never, never>) =>
      'these values contain no Alloy configuration: the k8s-monitoring chart generates it from them',
    help: 'render the chart first: helm template … | alloy-rbac check -',
    helpFor: ({ rendering }: { rendering: Rendering | null }) => rendering && renderingInWords(rendering),
  },
  'several-charts': {
    code: 'ARB543',
    severity: 'error',
    message: ({ paths }: { paths: string }) => `these values contain the Alloy chart more than once: ${paths}`,
    help: 'pass the *.alloy files with the values of one of them',
  },
  'values-elsewhere': {
    code: 'ARB544',
    severity: 'warning',
    message: ({ what }: { what: string }) => `${what} may change these values and is not in the input`,
    help: 'pass the rendered chart: helm template … | alloy-rbac check -',
  },
  'chart-template': {
    code: 'ARB545',
    severity: 'warning',
    message: ({ path }: { path: string }) => `${path} is a chart template and was not read`,
    help: 'render the chart and pass the result',
  },
  'chart-disabled': {
    code: 'ARB546',
    severity: 'note',
    message: ({ path }: { path: string }) => `${path}.enabled is false: this Alloy was not read`,
  },
  'content-type': {
    code: 'ARB547',
    severity: 'error',
    message: ({ path }: { path: string }) => `${path} is not text, expected a string that contains the configuration`,
    help: 'write the configuration as a block: content: |',
  },
  'stability-level': {
    code: 'ARB548',
    severity: 'warning',
    message: ({ level }: { level: string }) =>
      `${level} is not a valid stability level, expected one of experimental, public-preview, generally-available`,
  },
  'no-alloy': {
    code: 'ARB549',
    severity: 'error',
    message: () => 'the input contains no Alloy configuration and no workload that runs Alloy',
  },
  'object-repeated': {
    code: 'ARB551',
    severity: 'warning',
    message: ({ object, count }: { object: string; count: number }) =>
      `${object} is defined ${count} times with different content: the last one counts, as kubectl apply has it`,
    help: 'keep one of them',
  },
  'files-are-deployments': {
    code: 'ARB552',
    severity: 'note',
    message: ({ object, files }: { object: string; files: readonly string[] }) =>
      `${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''} define ${object} differently: each is judged as a deployment of its own`,
    help: 'check them one by one if they are applied one by one',
  },
  'values-are-deployments': {
    code: 'ARB555',
    severity: 'note',
    message: ({ files }: { files: readonly string[] }) =>
      `${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''} each contain a configuration: each is a deployment of its own`,
    help: 'to merge them, so that the last one counts, as helm -f does, pass --merge',
  },
  'alloy-not-judged': {
    code: 'ARB553',
    severity: 'warning',
    message: ({ container, where }: { container: string; where: string }) =>
      `the container ${container} of ${where} could run Alloy, and its configuration is not judged`,
    help: 'start Alloy with alloy run PATH in the command or the arguments, and add the configuration to the input',
  },
  'several-runs': {
    code: 'ARB554',
    severity: 'error',
    message: ({ name, runs }: { name: string; runs: number }) =>
      `the command line of ${name} runs Alloy ${runs} times, with one configuration or another`,
    help: 'run each configuration in a container of its own',
  },
} as const satisfies Record<string, Entry>
