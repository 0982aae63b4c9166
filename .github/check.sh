#!/usr/bin/env bash
# What action.yml runs: annotations on the lines, a summary on the page of the job, SARIF if asked for; the same for what changed
# since another revision.
# Inputs come as variables and never as text of the script, so that no branch name or path can become code, and stand behind `--`,
# so that none can become an option.
set -euo pipefail

lines() { while IFS= read -r line; do [ -z "$line" ] || printf '%s\0' "$line"; done <<<"$1"; }
mapfile -d '' -t inputs < <(lines "$INPUT")
mapfile -d '' -t more < <(lines "$ARGUMENTS")
[ -z "$BASELINE" ] || more+=("--baseline=$BASELINE")

# Ends where the program did not answer. That must not end as findings do, and an error of npm would.
status() { echo "status=$1" >>"${GITHUB_OUTPUT:-/dev/null}"; }
no_verdict() {
  status no-plan
  echo "::error title=alloy-rbac::$1"
  exit "${2:-3}"
}

if [ -n "$VERSION" ]; then
  alloy_rbac() { npx --yes "alloy-rbac@$VERSION" "$@"; }
else
  [ -e "$ACTION_PATH/dist/bin/alloy-rbac.js" ] || npm ci --prefix "$ACTION_PATH" >&2 ||
    no_verdict 'npm could not build alloy-rbac: its log says why'
  alloy_rbac() { node "$ACTION_PATH/dist/bin/alloy-rbac.js" "$@"; }
fi

# One run writes all: annotations on its output, the other documents into files. Only the JSON document says that it was the program
# that ended with this code.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
report=$work/report.json
summary=$work/summary.md
[ -z "$SARIF" ] || more+=("--also=sarif=$SARIF")
code=0
alloy_rbac check ${more[@]+"${more[@]}"} "--fail-on=$FAIL_ON" --format=github "--also=json=$report" "--also=markdown=$summary" \
  -- ${inputs[@]+"${inputs[@]}"} || code=$?
if [ ! -s "$report" ]; then
  case $code in
    2) no_verdict 'check is not called as it takes its options: the log says what is wrong' 2 ;;
    3) no_verdict 'check could not run: the log says why' ;;
    *) no_verdict "alloy-rbac${VERSION:+@$VERSION} did not run, or wrote no report: the log says why" ;;
  esac
fi
status "$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).status' "$report")"
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$summary" >>"$GITHUB_STEP_SUMMARY"
[ -n "${COMPARE_WITH:-}" ] || exit "$code"

# The other revision in a folder of its own, with an index of its own: the checkout stays as it is.
mapfile -d '' -t comparing < <(lines "$COMPARE_ARGUMENTS")
[ -z "$COMPARE_FAIL_ON" ] || comparing+=("--fail-on=$COMPARE_FAIL_ON")
revision=$(git rev-parse --verify --quiet --end-of-options "$COMPARE_WITH^{commit}") ||
  no_verdict "there is no revision $COMPARE_WITH to compare with: check out with fetch-depth: 0"
base=$work/base
export_revision() {
  GIT_INDEX_FILE=$work/index git read-tree "$revision" &&
    GIT_INDEX_FILE=$work/index git checkout-index --all --prefix="$base/"
}
mkdir "$base"
export_revision || no_verdict "the revision $COMPARE_WITH cannot be checked out: the log says why"
old=$base/$(git rev-parse --show-prefix)
mkdir -p "$old"
changed=0
alloy_rbac compare ${comparing[@]+"${comparing[@]}"} --format=github "--also=json=$work/changes.json" \
  "--also=markdown=$work/changes.md" -- "$old" . ${inputs[@]+"${inputs[@]}"} || changed=$?
[ -s "$work/changes.json" ] || no_verdict 'compare did not answer: the log says why' "$((changed == 2 ? 2 : 3))"
changes=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).status' "$work/changes.json")
echo "changes=$changes" >>"${GITHUB_OUTPUT:-/dev/null}"
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$work/changes.md" >>"$GITHUB_STEP_SUMMARY"
exit "$((code > changed ? code : changed))"
