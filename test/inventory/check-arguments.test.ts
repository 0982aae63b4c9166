import * as assert from 'uvu/assert'
import { describe, source } from '../harness.ts'
import { blocksOf, check } from '../rules/checked.ts'

const newest = '1.18.1'

/** The findings, one a line: code, what is underlined, message and help. */
function findings(config: string, release = newest): readonly string[] {
  const blocks = blocksOf('config.alloy', config)
  assert.ok(blocks, 'the configuration of a test parses')
  return blocks.flatMap(block =>
    check(block, release).map(({ code, span, message, help, severity, related }) => {
      const { source, start, end } = span!
      const others = related
        .map(each => ` (${source.text.slice(each.span.start, each.span.end)}: ${each.text})`)
        .join('')
      const mild = severity === 'error' ? '' : ` ${severity}`
      return `${code}${mild} ${source.text.slice(start, end)}: ${message}${help ? `; ${help}` : ''}${others}`
    }),
  )
}

const kubernetes = (body: string): string => `discovery.kubernetes "d" {\n${body}\n}\n`

describe('arguments that a release accepts', it => {
  const cases: readonly [title: string, config: string, release?: string][] = [
    ['those that are required', kubernetes('role = "pod"')],
    ['null in the place of a required one', kubernetes('role = null')],
    ['an attribute of the HTTP client, which belongs to the component', kubernetes('role = "pod"\nbearer_token = "x"')],
    ['a repeatable block', kubernetes('role = "pod"\nselectors {\nrole = "pod"\n}\nselectors {\nrole = "node"\n}')],
    ['a value known only at run time', kubernetes('role = sys.env("ROLE")\nnamespaces {\nnames = a.b.c\n}')],
    ['a value of which one candidate is right', kubernetes('role = coalesce(a.b, "pod")')],
    [
      'a number as text and text as a number',
      source`
      prometheus.scrape "s" {
        targets      = []
        forward_to   = []
        job_name     = 5
        sample_limit = "10"
      }
    `,
    ],
    [
      'blocks of one ordered list',
      source`
      loki.process "p" {
        forward_to = []
        stage.match {
          selector = "{}"
          stage.json { }
          stage.json { }
        }
      }
    `,
    ],
    ['text where a secret is wanted', kubernetes('role = "pod"\nbasic_auth {\npassword = "x"\n}')],
    ['an object as a target', 'discovery.relabel "r" {\ntargets = [{"__address__" = "a:80"}]\n}'],
    [
      'a labelled block that requires its label',
      source`
      prometheus.exporter.snmp "s" {
        target "a" {
          address = "10.0.0.1"
        }
      }
    `,
    ],
    [
      'a value in another case where that does not matter',
      source`
      otelcol.processor.filter "f" {
        error_mode = "IGNORE"
        output { }
      }
    `,
    ],
    [
      'headers that are not reserved, and any where Alloy does not look',
      'prometheus.scrape "s" {\ntargets = []\nforward_to = []\nhttp_headers = {"X-Scope-OrgID" = ["a"]}\n}\ndiscovery.http "h" {\nurl = "http://a"\nhttp_headers = {"Authorization" = ["a"]}\n}',
    ],
    ['a map of lists', 'prometheus.scrape "s" {\ntargets = []\nforward_to = []\nparams = {"module" = ["a"]}\n}'],
    ['whatever holds components', 'foreach "f" {\ncollection = [1]\nvar = "v"\ntemplate {\nno.such "x" { }\n}\n}'],
    ['the arguments of a configuration block', 'logging {\nlevel = "debug"\nwrite_to = [loki.write.x.receiver]\n}'],
    ['types that a component converts by itself', 'discovery.http "h" {\nurl = true\n}'],
    ['a name that no release has', 'no.such.component "x" {\na = 1\n}'],
    ['what stands in a declare', 'declare "d" {\nx = 1\n}'],
    [
      'what an older release required',
      'database_observability.mysql "m" {\ndata_source_name = "x"\nforward_to = []\n}',
      '1.18.1',
    ],
  ]
  for (const [title, config, release] of cases) it(title, () => assert.equal(findings(config, release), []))
})

describe('arguments that a release refuses', it => {
  const cases: readonly [title: string, config: string, expected: readonly string[], release?: string][] = [
    [
      'a misspelt block',
      kubernetes('role = "pod"\nnamespace {\nnames = []\n}'),
      ['ARB331 namespace: discovery.kubernetes has no block namespace; did you mean namespaces?'],
    ],
    [
      'a block with a part of its name',
      'mimir.rules.kubernetes "r" {\naddress = "http://m"\nrule_namespace {\n}\n}\n',
      [
        'ARB331 rule_namespace: mimir.rules.kubernetes has no block rule_namespace; did you mean rule_namespace_selector?',
      ],
    ],
    [
      'a block whose name is near to none',
      'mimir.rules.kubernetes "r" {\naddress = "http://m"\nelsewhere {\n}\n}\n',
      [
        'ARB331 elsewhere: mimir.rules.kubernetes has no block elsewhere; expected one of authorization, basic_auth, extra_query_matchers, oauth2, rule_namespace_selector, rule_selector, tls_config',
      ],
    ],
    [
      'a misspelt attribute in a nested block',
      kubernetes('role = "pod"\nnamespaces {\nnmes = []\n}'),
      ['ARB331 nmes: namespaces of discovery.kubernetes has no attribute nmes; did you mean names?'],
    ],
    [
      'an attribute one block too far out',
      kubernetes('role = "pod"\nown_namespace = true'),
      ['ARB331 own_namespace: discovery.kubernetes has no attribute own_namespace; write it in the block namespaces'],
    ],
    [
      'a name like no other',
      kubernetes('role = "pod"\nzzzzzz = true'),
      ['ARB331 zzzzzz: discovery.kubernetes has no attribute zzzzzz'],
    ],
    [
      'an attribute that came later',
      kubernetes('role = "pod"\nattach_metadata {\nnamespace = true\n}'),
      [
        'ARB332 namespace: namespace of attach_metadata of discovery.kubernetes was added in Alloy 1.12.0; this is Alloy 1.11.3; set the release with --alloy-version, or remove it',
      ],
      '1.11.3',
    ],
    [
      'a block that came later',
      'otelcol.processor.k8sattributes "k" {\noutput { }\ndebug_metrics { }\n}',
      [
        'ARB332 debug_metrics: debug_metrics of otelcol.processor.k8sattributes was added in Alloy 1.2.0; this is Alloy 1.1.1; set the release with --alloy-version, or remove it',
      ],
      '1.1.1',
    ],
    [
      'an attribute that is gone',
      'remotecfg {\nmetadata = {}\n}',
      [
        'ARB332 metadata: metadata of remotecfg was removed in Alloy 1.3.0; this is Alloy 1.18.1; set the release with --alloy-version, or remove it',
      ],
    ],
    [
      'an attribute in a gap between two releases',
      'prometheus.exporter.windows "w" {\nmsmq { }\n}',
      [
        'ARB332 msmq: msmq of prometheus.exporter.windows was removed in Alloy 1.9.0 and added again in 1.9.2; this is Alloy 1.9.1; set the release with --alloy-version, or remove it',
      ],
      '1.9.1',
    ],
    [
      'a required attribute that is missing',
      kubernetes(''),
      ['ARB333 discovery.kubernetes "d": discovery.kubernetes requires the attribute role'],
    ],
    [
      'a required block that is missing',
      'otelcol.processor.batch "b" { }',
      ['ARB333 otelcol.processor.batch "b": otelcol.processor.batch requires the block output'],
    ],
    [
      'an attribute that only the older release required',
      'mimir.rules.kubernetes "m" {\naddress = "x"\nextra_query_matchers {\nmatcher {\nname = "a"\nmatch_type = "="\n}\n}\n}',
      ['ARB333 matcher: matcher of extra_query_matchers of mimir.rules.kubernetes requires the attribute value'],
      '1.8.3',
    ],
    [
      'a block written as an attribute',
      kubernetes('role = "pod"\nnamespaces = {names = ["shop"]}'),
      [
        'ARB334 namespaces: namespaces of discovery.kubernetes is a block, but is written as an attribute; write namespaces { … } without the =',
      ],
    ],
    [
      'an attribute written as a block',
      kubernetes('role = "pod"\nnamespaces {\nnames { }\n}'),
      [
        'ARB335 names: names of namespaces of discovery.kubernetes is an attribute, but is written as a block; write names = …',
      ],
    ],
    [
      'a required attribute written as a block, once',
      kubernetes('role { }'),
      ['ARB335 role: role of discovery.kubernetes is an attribute, but is written as a block; write role = …'],
    ],
    [
      'an attribute given twice',
      kubernetes('role = "pod"\nrole = "node"'),
      [
        'ARB336 role: discovery.kubernetes accepts the attribute role only once; remove one of them, or merge them (role: first given here)',
      ],
    ],
    [
      'a block given twice',
      kubernetes('role = "pod"\nnamespaces { }\nnamespaces { }'),
      [
        'ARB336 namespaces: discovery.kubernetes accepts the block namespaces only once; remove one of them, or merge them (namespaces: first given here)',
      ],
    ],
    [
      'reserved headers, in any case, in a block too',
      'remote.http "h" {\nurl = "http://a"\nclient {\nhttp_headers = {"x-amz-DATE" = [a.b.c], "X-A" = [], "AUTHORIZATION" = null}\n}\n}',
      [
        'ARB347 {"x-amz-DATE" = [a.b.c], "X-A" = [], "AUTHORIZATION" = null}: http_headers of client of remote.http cannot set the header "x-amz-DATE", which Alloy reserves; remove the header',
        'ARB347 {"x-amz-DATE" = [a.b.c], "X-A" = [], "AUTHORIZATION" = null}: http_headers of client of remote.http cannot set the header "AUTHORIZATION", which Alloy reserves; use authorization { … }, basic_auth { … }, or bearer_token_file',
      ],
    ],
    [
      'metadata that the release does not have',
      'otelcol.processor.k8sattributes "k" {\nextract {\nmetadata = ["k8s.node.uid"]\n}\noutput { }\n}',
      [
        'ARB342 ["k8s.node.uid"]: metadata of extract of otelcol.processor.k8sattributes cannot be "k8s.node.uid", expected one of k8s.namespace.name, k8s.pod.name, k8s.pod.uid, k8s.pod.hostname, k8s.pod.start_time, k8s.deployment.name, k8s.deployment.uid, k8s.replicaset.name, k8s.replicaset.uid, k8s.daemonset.name, k8s.daemonset.uid, k8s.statefulset.name, k8s.statefulset.uid, k8s.job.name, k8s.job.uid, k8s.cronjob.name, k8s.node.name, k8s.container.name, container.id, container.image.name, container.image.tag, k8s.cluster.uid; did you mean "k8s.pod.uid"?',
      ],
      '1.0.0',
    ],
    [
      'a nested block that lacks its label',
      'prometheus.exporter.snmp "s" {\ntarget {\naddress = "a"\n}\n}',
      [
        'ARB337 target: block target of prometheus.exporter.snmp has no label; add a label after the name: a double-quoted identifier',
      ],
    ],
    [
      'a nested block with a label that it does not take',
      kubernetes('role = "pod"\nnamespaces "n" { }'),
      ['ARB338 "n": block namespaces of discovery.kubernetes takes no label; remove the label'],
    ],
    [
      'a scalar for a list',
      kubernetes('role = "pod"\nnamespaces {\nnames = "shop"\n}'),
      [
        'ARB341 "shop": names of namespaces of discovery.kubernetes is of type string, expected array; put it in brackets, even if there is only one',
      ],
    ],
    [
      'an element of the wrong type',
      kubernetes('role = "pod"\nnamespaces {\nnames = ["a", true]\n}'),
      ['ARB341 ["a", true]: names[1] of namespaces of discovery.kubernetes is of type bool, expected string'],
    ],
    [
      'an entry of the wrong type',
      'prometheus.scrape "s" {\ntargets = []\nforward_to = []\nparams = {"a" = "b"}\n}',
      [
        'ARB341 {"a" = "b"}: params["a"] of prometheus.scrape is of type string, expected array; put it in brackets, even if there is only one',
      ],
    ],
    [
      'text for a truth',
      kubernetes('role = "pod"\nattach_metadata {\nnode = "true"\n}'),
      [
        'ARB341 "true": node of attach_metadata of discovery.kubernetes is of type string, expected bool; write true or false without quotes, or compare the text: … == "true"',
      ],
    ],
    [
      'a number for a secret',
      kubernetes('role = "pod"\nbearer_token = 1'),
      ['ARB341 1: bearer_token of discovery.kubernetes is of type number, expected string or secret'],
    ],
    [
      'a literal for a receiver',
      'prometheus.scrape "s" {\ntargets = []\nforward_to = ["x"]\n}',
      ['ARB341 ["x"]: forward_to[0] of prometheus.scrape is of type string, expected storage.Appendable'],
    ],
    [
      'a field that an object does not have',
      'otelcol.processor.tail_sampling "t" {\ndecision_cache = {sampled_size = 5}\noutput { }\npolicy {\nname = "a"\ntype = "b"\n}\n}',
      [
        'ARB341 {sampled_size = 5}: decision_cache["sampled_size"] of otelcol.processor.tail_sampling is a field that does not exist',
      ],
    ],
    [
      'a value that does not exist',
      kubernetes('role = "pods"'),
      [
        'ARB342 "pods": role of discovery.kubernetes cannot be "pods", expected one of node, pod, service, endpoints, endpointslice, ingress; did you mean "pod"?',
      ],
    ],
    [
      'a value in another case',
      kubernetes('role = "Pod"'),
      [
        'ARB342 "Pod": role of discovery.kubernetes cannot be "Pod", expected one of node, pod, service, endpoints, endpointslice, ingress; did you mean "pod"?',
      ],
    ],
    [
      'candidates of which none exists',
      kubernetes('role = coalesce("", "nope")'),
      [
        'ARB342 coalesce("", "nope"): role of discovery.kubernetes cannot be "nope", expected one of node, pod, service, endpoints, endpointslice, ingress; did you mean "node"?',
      ],
    ],
    [
      'a value that came later',
      'loki.source.syslog "s" {\nforward_to = []\nlistener {\naddress = "a"\nsyslog_format = "raw"\n}\n}',
      [
        'ARB342 "raw": syslog_format of listener of loki.source.syslog cannot be "raw", expected one of rfc5424, rfc3164',
      ],
      '1.12.2',
    ],
    [
      'a detector that came later',
      'otelcol.processor.resourcedetection "r" {\ndetectors = ["env", "heroku", "dynatrace"]\noutput { }\n}',
      [
        'ARB342 ["env", "heroku", "dynatrace"]: detectors of otelcol.processor.resourcedetection cannot be "dynatrace", expected one of env, aks, azure, consul, docker, ec2, ecs, eks, elasticbeanstalk, gcp, heroku, kubernetes_node, lambda, openshift, system, kubeadm',
      ],
      '1.7.0',
    ],
    [
      'in a release that nobody knows yet, as a warning',
      kubernetes('role = "pod"\nzzzzzz = true'),
      ['ARB331 warning zzzzzz: discovery.kubernetes has no attribute zzzzzz; check that your release of Alloy has it'],
      '1.25.0',
    ],
    [
      'in a configuration block',
      'logging {\nlevel = "verbose"\n}\nimport.git "g" {\nrepository = "r"\n}',
      [
        'ARB342 "verbose": level of logging cannot be "verbose", expected one of debug, info, warn, error',
        'ARB333 import.git "g": import.git requires the attribute path',
      ],
    ],
    [
      'a foreach without its template',
      'foreach "f" {\ncollection = []\nvar = "v"\n}',
      ['ARB333 foreach "f": foreach requires the block template'],
    ],
    [
      'several at once, in the order of the text',
      kubernetes('rol = "pod"\nnamespaces {\nnames = 1\n}'),
      [
        'ARB331 rol: discovery.kubernetes has no attribute rol; did you mean role?',
        'ARB341 1: names of namespaces of discovery.kubernetes is of type number, expected array',
        'ARB333 discovery.kubernetes "d": discovery.kubernetes requires the attribute role',
      ],
    ],
  ]
  for (const [title, config, expected, release] of cases)
    it(title, () => assert.equal(findings(config, release), expected))
})
