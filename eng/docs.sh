#!/usr/bin/env bash
# Writes the references under docs/ anew, from the code. A test fails when they are not what this writes.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
for what in configuration metrics commands; do
    ./detector reference "$what" > "docs/$what.md.new"
    mv "docs/$what.md.new" "docs/$what.md"
done
