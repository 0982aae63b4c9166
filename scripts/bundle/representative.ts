import type { Trial } from '../../src/cli/launch/trial.ts'

/** What most users have: logs or metrics of pods, discovered and relabeled. */
const config = `
logging {
  level = "info"
}

discovery.kubernetes "pods" {
  role = "pod"
  selectors {
    role  = "pod"
    field = "spec.nodeName=" + coalesce(sys.env("HOSTNAME"), constants.hostname)
  }
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets

  rule {
    source_labels = ["__meta_kubernetes_pod_phase"]
    regex         = "Succeeded|Failed"
    action        = "drop"
  }

  rule {
    source_labels = ["__meta_kubernetes_namespace", "__meta_kubernetes_pod_name"]
    separator     = "/"
    regex         = "(.+)/(.+)"
    target_label  = "job"
    replacement   = "$1"
  }
}

loki.source.kubernetes "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.process.pods.receiver]
}

loki.process "pods" {
  forward_to = []

  stage.static_labels {
    values = { cluster = "main" }
  }
}

prometheus.scrape "nodes" {
  targets           = discovery.kubernetes.pods.targets
  scheme            = "https"
  metrics_path      = "/metrics"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = []
}
`

const labels = `labels:
    helm.sh/chart: alloy-1.11.1
    app.kubernetes.io/name: alloy
    app.kubernetes.io/instance: alloy
    app.kubernetes.io/version: "v1.18.1"`

/** The same as the chart deploys it. */
const manifests = `---
apiVersion: v1
kind: ServiceAccount
automountServiceAccountToken: true
metadata:
  name: alloy
  namespace: monitoring
  ${labels}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: alloy
  namespace: monitoring
  ${labels}
data:
  config.alloy: |-
${config.replace(/^(?=.)/gm, '    ')}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: alloy
  ${labels}
rules:
  - apiGroups: ["", "discovery.k8s.io", "networking.k8s.io"]
    resources: [endpoints, endpointslices, ingresses, pods, services]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [pods, pods/log, namespaces]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [configmaps, secrets]
    verbs: [get, list, watch]
  - nonResourceURLs: [/metrics]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: alloy
  ${labels}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: alloy
subjects:
  - kind: ServiceAccount
    name: alloy
    namespace: monitoring
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: alloy
  namespace: monitoring
  ${labels}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: alloy
  template:
    metadata:
      labels:
        app.kubernetes.io/name: alloy
    spec:
      serviceAccountName: alloy
      containers:
        - name: alloy
          image: docker.io/grafana/alloy:v1.18.1
          args:
            - run
            - /etc/alloy/config.alloy
            - --storage.path=/tmp/alloy
            - --server.http.listen-addr=0.0.0.0:12345
            - --stability.level=generally-available
          env:
            - name: HOSTNAME
              valueFrom:
                fieldRef:
                  fieldPath: spec.nodeName
          volumeMounts:
            - name: config
              mountPath: /etc/alloy
        - name: config-reloader
          image: quay.io/prometheus-operator/prometheus-config-reloader:v0.91.0
          args: [--watched-dir=/etc/alloy, --reload-url=http://localhost:12345/-/reload]
          volumeMounts:
            - name: config
              mountPath: /etc/alloy
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
            runAsNonRoot: true
            runAsUser: 65534
      volumes:
        - name: config
          configMap:
            name: alloy
`

/** What is run so that V8 compiles what most runs need. */
export const representative: readonly Trial[] = [
  { argv: ['generate', '-'], stdin: config, code: 0 },
  { argv: ['check', '-'], stdin: manifests, code: 1 },
]
