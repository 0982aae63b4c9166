import { program as self } from '#rulemap/program'
import { words } from '../text/words.ts'
import type { Io } from './io.ts'
import {
  type AuditOptions,
  type CheckOptions,
  Command,
  type DeniedOptions,
  type DiffOptions,
  day,
  type ExplainOptions,
  filled,
  type GenerateOptions,
  keys,
  Option,
  objectName,
  sideFile,
  type UpgradeOptions,
  version,
  withCommon,
} from './options.ts'
import { type Outputs, refuseOverlap } from './outputs.ts'

/** Where a second line begins in what commander says. */
const suggestion = /\n(?=\(Did you mean )/

/** The command line: what each command takes, and the stage that it loads when it runs. */
export function program(io: Io, done: (code: number) => void): Command {
  const root = new Command('alloy-rbac')
    .description(
      'Reads a Grafana Alloy configuration and prints the Kubernetes permissions and Linux privileges it needs, and not one more.',
    )
    .version(self.version, '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      // What is wrong with a command line is said in its own words.
      outputError: (text, write) => write(`${text.trimEnd().split(suggestion).map(words).join('\n')}\n`),
    })
    .showHelpAfterError('run alloy-rbac --help for the options')
    .addHelpText('after', examples)

  addPlans(root, io, done)
  addUpkeep(root, io, done)
  addExplain(root, io, done)
  for (const command of root.commands) {
    command.hook('preAction', (_, running) => demandPaths(running, io))
    command.showHelpAfterError(`run alloy-rbac ${command.name()} --help for the options`)
  }
  return root
}

/** Paths of the command line that cannot be meant: empty ones, and outputs that would replace an input. */
function demandPaths(command: Command, io: Io): void {
  const { config = [], module = new Map(), ...outputs } = command.opts<Outputs & Partial<Sources>>()
  const inputs = [...command.args, ...config, ...module.values()]
  if (inputs.includes('')) command.error('error: the path of an input is empty')
  refuseOverlap(outputs, inputs, io)
}

/** Inputs that options name. */
interface Sources {
  readonly config: readonly string[]
  readonly module: ReadonlyMap<string, string>
}

/** What works from the plan of an input: its document, its distance from the defaults and from a deployment. */
function addPlans(root: Command, io: Io, done: (code: number) => void): void {
  withCommon(root.command('generate'))
    .description('the minimal Helm values (default), or manifests, json, a can-i script')
    .argument('<input...>', 'Alloy files, a folder, Helm values, manifests, or - for standard input')
    .addOption(
      new Option('--format <F>', 'the document').choices(['values', 'manifests', 'json', 'can-i']).default('values'),
    )
    .addOption(
      new Option('--granularity <G>', 'exact, or the default blocks of the chart that are needed')
        .choices(['exact', 'blocks'])
        .default('exact'),
    )
    .addOption(new Option('--only <HALF>', 'half of the document').choices(['rbac', 'pod']))
    .addOption(
      new Option(
        '--at <PATH>',
        "nest the values: alloy, collectors.alloy-metrics, spec (as the input's values nest the chart; '' for not at all)",
      ).argParser(keys),
    )
    .addOption(
      new Option(
        '--platform <P>',
        'openshift: also SecurityContextConstraints for the pod; gke-autopilot: also what Autopilot refuses of it',
      ).choices(['openshift', 'gke-autopilot']),
    )
    .option('--network-policy', 'also a NetworkPolicy that admits just what the configuration listens for')
    .addOption(
      new Option(
        '--name <N>',
        'name of the objects of --format manifests, and of the account of --format can-i',
      ).argParser(objectName),
    )
    .option('--keep-extra', "the values' own extra rules stay, labelled")
    .action(async (inputs: string[], options: GenerateOptions) => {
      const { generate } = await import('./commands/generate.ts')
      done(generate(inputs, options, io))
    })

  withCommon(root.command('diff'))
    .description("the chart's defaults against what is needed")
    .argument('<input...>', 'Alloy files, a folder, Helm values, manifests, or - for standard input')
    .addOption(new Option('--format <F>', 'the document').choices(['text', 'json', 'markdown']).default('text'))
    .action(async (inputs: string[], options: DiffOptions) => {
      const { diff } = await import('./commands/diff.ts')
      done(diff(inputs, options, io))
    })

  withCommon(root.command('check'))
    .description('what a deployment grants against what it needs; for CI')
    .argument('<input...>', 'Alloy files, a folder, Helm values, manifests, or - for standard input')
    .addOption(
      new Option('--format <F>', 'the document')
        .choices(['text', 'json', 'sarif', 'github', 'junit', 'markdown'])
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <SEVERITY>', 'the least finding that fails the check')
        .choices(['error', 'warning', 'note'])
        .default('warning'),
    )
    .addOption(
      new Option('--platform <P>', 'gke-autopilot: also what Autopilot refuses of the pod').choices(['gke-autopilot']),
    )
    .addOption(
      new Option('--baseline <FILE>', 'accepted findings: each with a reason, and a date where it expires').argParser(
        filled,
      ),
    )
    .addOption(
      new Option(
        '--write-baseline <FILE>',
        'accept what is found, in that file; reasons and dates of --baseline stay',
      ).argParser(sideFile),
    )
    .addOption(new Option('--today <DATE>', 'the day that dates of a baseline are held against').argParser(day))
    .action(async (inputs: string[], options: CheckOptions) => {
      const { check } = await import('./commands/check.ts')
      done(check(inputs, options, io))
    })
}

/** What looks after a deployment that runs, and after the chart. */
function addUpkeep(root: Command, io: Io, done: (code: number) => void): void {
  withCommon(root.command('upgrade'))
    .description('what changes for a configuration between two chart versions')
    .argument('<input...>', 'Alloy files, a folder, Helm values, or - for standard input')
    .addOption(new Option('--from <A>', 'release of the chart that runs').argParser(version).makeOptionMandatory())
    .addOption(new Option('--to <B>', 'release of the chart that will run').argParser(version).makeOptionMandatory())
    .addOption(new Option('--format <F>', 'the document').choices(['text', 'json', 'markdown']).default('text'))
    .action(async (inputs: string[], options: UpgradeOptions) => {
      const { upgrade } = await import('./commands/upgrade.ts')
      done(upgrade(inputs, options, io))
    })

  withCommon(root.command('denied'))
    .description('requests that a log of Alloy tells were refused: which component asks, and whether to grant it')
    .argument('<log...>', 'logs of Alloy, or - for standard input')
    .addOption(
      new Option('--config <INPUT>', 'the configuration that runs: whatever generate takes; repeatable')
        .argParser((path: string, before: readonly string[]) => [...before, filled(path)])
        .default([], 'none'),
    )
    .addOption(new Option('--format <F>', 'the document').choices(['text', 'json']).default('text'))
    .action(async (logs: string[], options: DeniedOptions) => {
      const { denied } = await import('./commands/denied.ts')
      done(denied(logs, options, io))
    })

  root
    .command('audit-chart')
    .description('default grants of a chart release that no component of its Alloy release can use')
    .addOption(
      new Option('--chart-version <X>', 'release of the grafana/alloy chart (the newest known)').argParser(version),
    )
    .addOption(new Option('--alloy-version <X>', 'Alloy release (that of the chart release)').argParser(version))
    .addOption(new Option('--kube-version <X>', 'Kubernetes minor, such as 1.34 (the newest known)').argParser(version))
    .addOption(new Option('--format <F>', 'the document').choices(['text', 'json', 'markdown']).default('text'))
    .addOption(new Option('-o, --output <FILE>', 'write the document there; - for standard output').argParser(filled))
    .action(async (options: AuditOptions) => {
      const { auditChart } = await import('./commands/audit.ts')
      done(auditChart(options, io))
    })
}

function addExplain(root: Command, io: Io, done: (code: number) => void): void {
  withCommon(root.command('explain'))
    .usage('[options] [thing] [input...]')
    .description(
      'a component, a grant, a rule of the map, a diagnostic code: what, why, evidence; with inputs: the way of a target',
    )
    .argument(
      '[thing...]',
      "discovery.kubernetes, 'secrets get', loki.source.kubernetes#log, ARB201; nothing: the families; prometheus.scrape.LABEL with inputs: how its targets come about, label by label, and what that needs",
    )
    .addOption(new Option('--format <F>', 'the document').choices(['text', 'json']).default('text'))
    .action(async (things: string[], options: ExplainOptions) => {
      const { explain } = await import('./commands/explain.ts')
      done(explain(things, options, io))
    })
}

const examples = `
Examples:
  the least values for this configuration
    alloy-rbac generate config.alloy > values-rbac.yaml
  what the chart grants by default and nobody needs
    alloy-rbac diff config.alloy
  what a deployment grants against what it needs
    helm template alloy grafana/alloy | alloy-rbac check -
  how a target comes about, rule by rule, and what that needs
    alloy-rbac explain prometheus.scrape.kubelet config.alloy
  what the new chart no longer grants, and the values that mend it
    alloy-rbac upgrade --from 1.5.2 --to 1.5.3 values.yaml
  which component was refused something, and whether to grant it
    kubectl logs ds/alloy | alloy-rbac denied - --config config.alloy
  default grants of the chart that no component can use
    alloy-rbac audit-chart

Exit codes:
  0  done
  1  no plan: the input is at fault; check: findings
  2  wrong usage
  3  could not run: what cannot be read or written, or a bug; check: no verdict, the input is at fault
`
