#!/usr/bin/env bash
# Writes the references under docs/ anew, from the code. A test fails when they are not what this writes.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
./detector config reference > docs/configuration.md
