#!/usr/bin/env bash
# Runs benchmarks and writes their tables, with the machine, into docs/benchmarks.md: eng/benchmarks.sh [decode window score pipeline bank growth …]
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build tests/Detector.Benchmarks -c Release --nologo -v quiet -clp:NoSummary >&2
if (($# == 0)); then set -- decode window score pipeline bank growth; fi
tests/Detector.Benchmarks/bin/Release/net10.0/Detector.Benchmarks "$@" --write docs/benchmarks.md
