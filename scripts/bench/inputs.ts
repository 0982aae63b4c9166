import { readdirSync, readFileSync, statSync } from 'node:fs'

/** A text of a folder. */
export interface Input {
  readonly path: string
  readonly text: string
}

/** All Alloy files in a folder and the folders in it. */
export function configurationsIn(folder: string): readonly Input[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const path = `${folder}/${name}`
      if (statSync(path).isDirectory()) return configurationsIn(path)
      return name.endsWith('.alloy') ? [{ path, text: readFileSync(path, 'utf8') }] : []
    })
}

const pipeline = (at: number): string => `discovery.kubernetes "pods_${at}" {
  role = "pod"
  namespaces {
    names = ["shop", "pay"]
  }
}

discovery.relabel "pods_${at}" {
  targets = discovery.kubernetes.pods_${at}.targets
  rule {
    source_labels = ["__meta_kubernetes_pod_phase"]
    regex         = "Pending|Succeeded|Failed|Completed"
    action        = "drop"
  }
  rule {
    source_labels = ["__meta_kubernetes_namespace", "__meta_kubernetes_pod_label_app"]
    regex         = "(.+);(.+)"
    target_label  = "job"
    replacement   = "$1/$2"
  }
}

// The logs of pods, by way of the API server.
loki.source.kubernetes "pods_${at}" {
  targets    = discovery.relabel.pods_${at}.output
  forward_to = [loki.process.pods_${at}.receiver]
}

loki.process "pods_${at}" {
  forward_to = []
  stage.static_labels {
    values = { cluster = sys.env("CLUSTER") }
  }
}

`

/** A configuration of at least so many bytes, all of it pipelines of different names. */
export function configurationOf(bytes: number): string {
  const parts: string[] = []
  for (let length = 0; length < bytes; length += parts.at(-1)!.length) parts.push(pipeline(parts.length))
  return parts.join('')
}

const module = `declare "logs" {
  argument "namespaces" { }
  discovery.kubernetes "pods" {
    role = "pod"
    namespaces {
      names = argument.namespaces.value
    }
  }
  discovery.relabel "pods" {
    targets = discovery.kubernetes.pods.targets
    rule {
      source_labels = ["__meta_kubernetes_namespace"]
      target_label  = "namespace"
    }
  }
  loki.source.kubernetes "pods" {
    targets    = discovery.relabel.pods.output
    forward_to = []
  }
}
`

/** A module with so many instances, and the namespace that each is given. */
export const instancesOf = (count: number, namespace: (at: number) => string): string =>
  module +
  Array.from({ length: count }, (_, at) => `logs "i${at}" {\n  namespaces = ["${namespace(at)}"]\n}\n`).join('')

/** Modules of which each instantiates the next. */
export function chainOf(length: number): string {
  const links = Array.from({ length }, (_, at) => `declare "m${at}" {\n  m${at + 1} "x" { }\n}\n`)
  return `${links.join('')}declare "m${length}" {\n  discovery.kubernetes "x" {\n    role = "pod"\n  }\n}\nm0 "x" { }\n`
}
