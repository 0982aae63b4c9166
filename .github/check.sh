#!/usr/bin/env bash
# What action.yml runs: annotations on the lines, a summary on the page of the job, SARIF if asked for.
# Inputs come as variables and never as text of the script, so that no branch name or path can become code.
set -euo pipefail

lines() { while IFS= read -r line; do [ -z "$line" ] || printf '%s\0' "$line"; done <<<"$1"; }
mapfile -d '' -t inputs < <(lines "$INPUT")
mapfile -d '' -t more < <(lines "$ARGUMENTS")
[ -z "$BASELINE" ] || more+=("--baseline=$BASELINE")

if [ -n "$VERSION" ]; then
  alloy_rbac() { npx --yes "alloy-rbac@$VERSION" "$@"; }
else
  [ -e "$ACTION_PATH/dist/bin/alloy-rbac.js" ] || npm ci --prefix "$ACTION_PATH" >&2
  alloy_rbac() { node "$ACTION_PATH/dist/bin/alloy-rbac.js" "$@"; }
fi
check() { alloy_rbac check "${inputs[@]}" ${more[@]+"${more[@]}"} --fail-on "$FAIL_ON" "$@"; }

code=0
check --format github || code=$?
[ "$code" -eq 0 ] || [ "$code" -eq 1 ] || [ "$code" -eq 3 ] || exit "$code"
check --format markdown >>"${GITHUB_STEP_SUMMARY:-/dev/null}" || true
[ -z "$SARIF" ] || check --format sarif -o "$SARIF" || true
case $code in 0) status=clean ;; 1) status=findings ;; *) status=no-plan ;; esac
echo "status=$status" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
