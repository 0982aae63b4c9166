#!/bin/sh
# Asks a cluster whether Alloy's service account may do what its configuration needs, and nothing of what it does not: by alloy-rbac 0.1.0.
# Usage: sh can-i.sh [NAMESPACE [SERVICEACCOUNT]]; requires kubectl and permission to impersonate service accounts.
# Exit status: 0 if every answer is as expected, 1 if one is not, 2 if the cluster does not answer.
set -u
namespace=${1:-}
account=${2:-alloy}
if [ -z "$namespace" ]; then
  echo "usage: sh can-i.sh NAMESPACE [SERVICEACCOUNT]" >&2
  exit 2
fi
wrong=0
total=0
unserved=0

# expect yes|no ARGUMENT...: asks, and compares.
expect() {
  expected=$1
  shift
  set -- auth can-i "$@" --as="system:serviceaccount:$namespace:$account"
  answer=$(kubectl "$@" 2>/dev/null)
  case $answer in
    yes*) answer=yes ;;
    no*) answer=no ;;
    *)
      echo "no answer to: kubectl $*" >&2
      kubectl "$@" >&2
      exit 2
      ;;
  esac
  if [ "$answer" != "$expected" ]; then
    # kubectl cannot find the group of a kind that the cluster does not serve, and checks another one.
    [ "$answer" = yes ] || case $(kubectl "$@" 2>&1) in
      *"doesn't have a resource type"*)
        unserved=$((unserved + 1))
        echo "cannot be checked because the cluster does not serve it: kubectl $*"
        return
        ;;
    esac
    wrong=$((wrong + 1))
    echo "$answer, expected $expected: kubectl $*"
  fi
  total=$((total + 1))
}

# What the configuration needs.
expect yes list pods --all-namespaces
expect yes watch pods --all-namespaces
expect yes get configmaps/alloy --namespace "$namespace"
expect yes get pods --subresource=log --namespace shop
expect yes list replicasets.apps --all-namespaces
expect yes get 'secrets/it'\''s' --namespace shop
expect yes get /metrics

# What the chart grants by default but nothing needs.
expect no get secrets --all-namespaces
expect no get configmaps --all-namespaces
expect no get nodes --subresource=pods --all-namespaces
expect no get pods --subresource=log --all-namespaces
expect no get endpoints --all-namespaces
expect no get events --all-namespaces
expect no get namespaces --all-namespaces
expect no get nodes --all-namespaces
expect no get nodes --subresource=metrics --all-namespaces
expect no get pods --all-namespaces
expect no get services --all-namespaces
expect no get replicasets.apps --all-namespaces

echo "$((total - wrong)) of $total as expected"
[ "$unserved" -eq 0 ] || echo "$unserved could not be checked"
[ "$wrong" -eq 0 ]
