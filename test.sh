#!/usr/bin/env bash
# Builds once and runs every test project, one after the other. Arguments go to each: ./test.sh -class '*ConfigurationLoaderTests'
set -uo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
cd "$root" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

log=$(mktemp)
trap 'rm -f "$log"' EXIT

./eng/setup.sh --tests || exit 1
if [[ ${CI:-} == true ]]; then ./eng/audit.sh || exit 1; fi
echo "building…"
if ! dotnet build Detector.sln -c Release --nologo -v quiet -clp:NoSummary >"$log" 2>&1 </dev/null; then
    cat "$log"
    echo "The build failed; no test ran."
    exit 1
fi

color=()
if [[ ! -t 1 || -n ${NO_COLOR:-} ]]; then color=(-noColor); fi

total=0 failed=0 skipped=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    dotnet "$project/bin/Release/net10.0/$name.dll" "${color[@]}" "$@" 2>&1 </dev/null | tee "$log"
    status=${PIPESTATUS[0]}

    summary=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -oE 'Total: [0-9]+(, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+)?' | tail -n 1)
    if [[ -z $summary ]]; then
        echo "$name ended without a summary (exit code $status)."
        ((total++, failed++))
        continue
    fi
    count() { local found; found=$(grep -oE "$1: [0-9]+" <<<"$summary"); echo "${found:-0}" | grep -oE "[0-9]+$"; }
    broken=$(($(count Errors) + $(count Failed)))
    # An error outside of a test, as in a fixture, or an exit code that the summary does not explain, is a failure too.
    if ((status != 0 && broken == 0 && $(count Total) > 0)); then broken=1; fi
    ((total += $(count Total), failed += broken, skipped += $(count Skipped)))
done

passed=$((total - failed - skipped))
echo "$((passed < 0 ? 0 : passed)) passed, $failed failed, $skipped skipped"
((failed == 0 && total > 0))
