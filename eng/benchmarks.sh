#!/usr/bin/env bash
# Runs benchmarks and writes their tables, with the machine, into docs/benchmarks.md, all of them in some 15 minutes:
# eng/benchmarks.sh [decode window score threshold pipeline bank growth kafka mqtt startup device]. mqtt needs mosquitto.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build tests/Detector.Benchmarks -c Release --nologo -v quiet -clp:NoSummary >&2
if (($# == 0)); then set -- decode window score threshold pipeline bank growth kafka mqtt startup device; fi
# An OpenBLAS that was told which kernel to use would be no limit.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
tests/Detector.Benchmarks/bin/Release/net10.0/Detector.Benchmarks "$@" --write docs/benchmarks.md
