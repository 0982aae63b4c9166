import { severities } from '../diagnostic/entry.ts'
import { tools } from '../reports/installer/tools.ts'
import { words } from '../text/words.ts'
import { completionScript, shells } from './completion.ts'
import { applyConfigFile } from './config-file.ts'
import { exit } from './exit.ts'
import { arrangeHelp } from './help.ts'
import type { Io } from './io.ts'
import {
  Argument,
  type AuditOptions,
  type CheckOptions,
  Command,
  CommanderError,
  type CompareOptions,
  configFileOption,
  type DeniedOptions,
  type DiffOptions,
  day,
  type ExplainOptions,
  filled,
  formatOption,
  type GenerateOptions,
  type InstallerOptions,
  keys,
  Option,
  objectName,
  sideFile,
  type UpgradeOptions,
  version,
  withCommon,
  withFormats,
} from './options.ts'
import { type Outputs, refuseOverlap } from './outputs.ts'
import { versionText } from './version-text.ts'

/** Where a second line begins in what commander says. */
const suggestion = /\n(?=\(Did you mean )/

/** Adds a command: what it takes, and the stage that it loads when it runs. */
type Add = (root: Command, io: Io, done: (code: number) => void) => void

/** The command line. Where a command is called, the others are left out: all of them take a tenth of a small run to make. */
export function program(io: Io, done: (code: number) => void, called = ''): Command {
  const root = new Command('alloy-rbac')
    .description(
      'Reads a Grafana Alloy configuration and prints exactly the Kubernetes permissions and Linux privileges it needs, and no more.',
    )
    .option('-V, --version', 'print the version, and the newest Alloy, chart, and Kubernetes that are known')
    .on('option:version', () => {
      io.stdout(versionText())
      throw new CommanderError(exit.done, 'commander.version', '')
    })
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      // What is wrong with a command line is said in its own words.
      outputError: (text, write) => write(`${text.trimEnd().split(suggestion).map(words).join('\n')}\n`),
    })
    .showHelpAfterError('run alloy-rbac --help for the options')

  const added = adders.get(called)
  for (const add of added ? [added] : adders.values()) add(root, io, done)
  for (const command of root.commands) {
    command.hook('preAction', (_, running) => applyConfigFile(running, allCommands(running, io), io))
    command.hook('preAction', (_, running) => demandPaths(running, io))
    command.showHelpAfterError(`run alloy-rbac ${command.name()} --help for the options`)
  }
  arrangeHelp(root, io)
  return root
}

/** Paths of the command line that cannot be meant: empty ones, and outputs that would replace an input. */
function demandPaths(command: Command, io: Io): void {
  const {
    config = [],
    objects = [],
    remote = [],
    module = new Map(),
    ...outputs
  } = command.opts<Outputs & Partial<Sources>>()
  const inputs = [...command.args, ...config, ...objects, ...remote, ...module.values()]
  if (inputs.includes('')) command.error('error: the path of an input is empty')
  refuseOverlap(outputs, inputs, io)
}

/** Inputs that options name. */
interface Sources {
  readonly config: readonly string[]
  readonly objects: readonly string[]
  readonly remote: readonly string[]
  readonly module: ReadonlyMap<string, string>
}

/** All commands, for what speaks of them all: with the one that runs in its place. */
const allCommands = (running: Command, io: Io) => (): readonly Command[] =>
  program(io, () => undefined).commands.map(each => (each.name() === running.name() ? running : each))

const addGenerate: Add = (root, io, done) => {
  withFormats(root.command('generate'), 'generate')
    .description('print the minimal Helm values (default), or manifests, JSON, a can-i script, or a page to look at')
    .argument('<input...>', 'Alloy files, a folder, Helm values, manifests, or - for standard input')
    .option('--all', 'generate for every configuration of the input, in one document; with -o DIR/: in a file each')
    .addOption(
      new Option('--granularity <G>', 'exact rules, or whole blocks of the chart defaults that are needed')
        .choices(['exact', 'blocks'])
        .default('exact'),
    )
    .addOption(new Option('--only <HALF>', 'print only the RBAC or only the pod settings').choices(['rbac', 'pod']))
    .addOption(
      new Option(
        '--at <PATH>',
        "nest the values under a key: alloy, collectors.alloy-metrics, spec (default: as in the input values; '' for no nesting)",
      ).argParser(keys),
    )
    .addOption(
      new Option(
        '--platform <P>',
        'openshift: also print SecurityContextConstraints for the pod; gke-autopilot: also report what Autopilot rejects',
      ).choices(['openshift', 'gke-autopilot']),
    )
    .option('--network-policy', 'also print a NetworkPolicy that allows only the ports the configuration listens on')
    .addOption(
      new Option(
        '--name <N>',
        'name of the objects in --format manifests and of the service account in --format can-i',
      ).argParser(objectName),
    )
    .option('--keep-extra', 'keep the extra rules of the values, with a label')
    .action(async (inputs: string[], options: GenerateOptions) => {
      const { generate } = await import('./commands/generate.ts')
      done(generate(inputs, options, io))
    })
}

const addDiff: Add = (root, io, done) => {
  withFormats(root.command('diff'), 'diff')
    .description('compare the chart defaults with what the configuration needs')
    .argument('<input...>', 'Alloy files, a folder, Helm values, manifests, or - for standard input')
    .action(async (inputs: string[], options: DiffOptions) => {
      const { diff } = await import('./commands/diff.ts')
      done(diff(inputs, options, io))
    })
}

const addCheck: Add = (root, io, done) => {
  withFormats(root.command('check'), 'check')
    .description('compare what a deployment grants with what it needs; for CI')
    .argument('<input...>', 'Alloy files, a folder, Helm values, manifests, or - for standard input')
    .addOption(
      new Option('--fail-on <SEVERITY>', 'lowest severity that fails the check').choices(severities).default('warning'),
    )
    .addOption(
      new Option(
        '--assumed <SEVERITY>',
        'severity of missing grants and privileges that are only assumed to be needed (default: a warning, and a note for a URL)',
      ).choices(['error']),
    )
    .addOption(
      new Option('--platform <P>', 'gke-autopilot: also report what Autopilot rejects').choices(['gke-autopilot']),
    )
    .addOption(
      new Option(
        '--baseline <FILE>',
        'file with accepted findings, each with a reason and, optionally, an expiry date',
      ).argParser(filled),
    )
    .addOption(
      new Option(
        '--write-baseline <FILE>',
        'accept the current findings and write them to this file; keeps the reasons and dates of --baseline',
      ).argParser(sideFile),
    )
    .addOption(new Option('--today <DATE>', 'date to compare the expiry dates of the baseline with').argParser(day))
    .action(async (inputs: string[], options: CheckOptions) => {
      const { check } = await import('./commands/check.ts')
      done(check(inputs, options, io))
    })
}

/** What a change asks for. */
const addCompare: Add = (root, io, done) => {
  withFormats(root.command('compare'), 'compare')
    .description('compare two states of an input: new, lost, and changed access and privileges; for reviews')
    .argument('<old>', 'the state before: a file, a folder, or - for standard input')
    .argument('<new>', 'the state after, likewise')
    .argument(
      '[input...]',
      'paths in both folders, for example values.yaml: what generate accepts, in two checked-out revisions',
    )
    .addOption(
      new Option(
        '--fail-on <CLASS>',
        'exit 1 on new access or privileges, on new ones that carry a risk, or on any change (default: never)',
      ).choices(['new', 'risky', 'any']),
    )
    .action(async (old: string, now: string, inputs: string[], options: CompareOptions) => {
      const { compare } = await import('./commands/compare.ts')
      done(compare({ old, now, inputs }, options, io))
    })
}

/** What is needed to install. */
const addInstaller: Add = (root, io, done) => {
  withFormats(root.command('installer'), 'installer')
    .description('print the smallest role of the account that installs this: what it handles, and what it hands out')
    .argument('<input...>', 'Helm values, rendered manifests, a folder, Alloy files, or - for standard input')
    .addOption(
      new Option('--for <TOOL>', 'what installs it: helm, the Alloy operator, flux, or argocd')
        .choices(tools)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--role <FILE>', 'compare with the roles in this file; exit 1 where they lack something').argParser(
        filled,
      ),
    )
    .addOption(
      new Option('--name <N>', 'name of the account and its roles (default: alloy-installer)').argParser(objectName),
    )
    .action(async (inputs: string[], options: InstallerOptions) => {
      const { installer } = await import('./commands/installer.ts')
      done(installer(inputs, options, io))
    })
}

const addUpgrade: Add = (root, io, done) => {
  withFormats(root.command('upgrade'), 'upgrade')
    .description('show what changes for each configuration between two chart versions')
    .argument('<input...>', 'Alloy files, a folder, Helm values, or - for standard input')
    .addOption(new Option('--from <A>', 'chart release that is running').argParser(version).makeOptionMandatory())
    .addOption(new Option('--to <B>', 'chart release to upgrade to').argParser(version).makeOptionMandatory())
    .addOption(
      new Option('--fail-on <SEVERITY>', 'lowest severity of what breaks that fails the upgrade')
        .choices(severities)
        .default('error'),
    )
    .action(async (inputs: string[], options: UpgradeOptions) => {
      const { upgrade } = await import('./commands/upgrade.ts')
      done(upgrade(inputs, options, io))
    })
}

const addDenied: Add = (root, io, done) => {
  withCommon(root.command('denied'))
    .description(
      "find what was refused in Alloy's log, by the API server, a kubelet, or Linux, or in an audit log: which component was denied, and whether to grant it",
    )
    .usage('[options] <log...>')
    .argument('[log...]', 'Alloy logs or audit logs, or - for standard input')
    .addOption(
      new Option('--url <URL>', 'a URL that was answered with 403: what its server asks the authorizer for; repeatable')
        .argParser((url: string, before: readonly string[]) => [...before, filled(url)])
        .default([], 'none'),
    )
    .addOption(
      new Option('--config <INPUT>', 'the running configuration: anything that generate accepts; repeatable')
        .argParser((path: string, before: readonly string[]) => [...before, filled(path)])
        .default([], 'none'),
    )
    .addOption(formatOption(['text', 'json']))
    .action(async (logs: string[], options: DeniedOptions) => {
      const { denied } = await import('./commands/denied.ts')
      done(denied(logs, options, io))
    })
}

const addAuditChart: Add = (root, io, done) => {
  root
    .command('audit-chart')
    .description(
      'compare the default rules of the chart, or of a chart that embeds it, with what the components of its Alloy release can need: which can go, and what they lack',
    )
    .argument('[path]', 'chart folder, chart archive, or values file (default: a released chart)')
    .addOption(
      new Option('--chart-version <X>', 'grafana/alloy chart release (default: the newest known)').argParser(version),
    )
    .addOption(
      new Option('--alloy-version <X>', 'Alloy release (default: the one the chart release ships)').argParser(version),
    )
    .addOption(
      new Option(
        '--kube-version <X>',
        'Kubernetes minor version, for example 1.34 (default: the newest known)',
      ).argParser(version),
    )
    .addOption(
      new Option(
        '--keep <TIER>',
        "what stays of the rules: what some component can need, or only what the chart's default configuration needs",
      )
        .choices(['usable', 'configured'])
        .default('usable'),
    )
    .option('--write', 'remove what does not stay from the values file, in place')
    .addOption(formatOption(['text', 'values', 'markdown', 'json', 'readme']))
    .addOption(configFileOption())
    .addOption(new Option('-o, --output <FILE>', 'write to this file; - for standard output').argParser(filled))
    .action(async (path: string | undefined, options: AuditOptions) => {
      const { auditChart } = await import('./commands/audit.ts')
      done(auditChart(path, options, io))
    })
}

const addCompletion: Add = (root, io) => {
  root
    .command('completion')
    .description('print a script that completes commands, options, and their values in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .action((shell: (typeof shells)[number]) =>
      io.stdout(
        completionScript(
          shell,
          program(io, () => undefined),
        ),
      ),
    )
}

const addExplain: Add = (root, io, done) => {
  withCommon(root.command('explain'))
    .usage('[options] [thing] [input...]')
    .description(
      'explain a component, a grant, a privilege, a rule, or a diagnostic code, with the evidence; with inputs: which instance needs it, or where a target goes',
    )
    .argument(
      '[thing...]',
      "discovery.kubernetes, 'secrets get', 'capability SYS_PTRACE', 'pod hostPID', restricted, loki.source.kubernetes#log, or ARB201; config: the options that alloy-rbac.yaml sets; without it: the component families; with inputs, 'nodes/metrics get' or 'pod root': the instances that need it, and why; prometheus.scrape.LABEL: where its targets come from, label by label, and what they need",
    )
    .addOption(formatOption(['text', 'json']))
    .action(async (things: string[], options: ExplainOptions, running: Command) => {
      if (things.join(' ') === 'config') {
        const { explainConfig } = await import('./commands/explain-config.ts')
        return done(explainConfig({ running, commands: allCommands(running, io) }, options, io))
      }
      const { explain } = await import('./commands/explain.ts')
      done(explain(things, options, io))
    })
}

/** The commands in the order in which help lists them. */
const adders: ReadonlyMap<string, Add> = new Map([
  ['generate', addGenerate],
  ['diff', addDiff],
  ['check', addCheck],
  ['compare', addCompare],
  ['installer', addInstaller],
  ['upgrade', addUpgrade],
  ['denied', addDenied],
  ['audit-chart', addAuditChart],
  ['explain', addExplain],
  ['completion', addCompletion],
])
