#!/usr/bin/env bash
# Print Lighthouse's four marks for the landing page and three chapters: medians of three runs.
# tools/website/lighthouse.sh SITE      (a built site; Lighthouse comes from npm; Chromium is needed)
set -euo pipefail
site=$(realpath "$1")
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
scratch=$(mktemp -d)
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$scratch" lighthouse@12.8.2
python3 "$here/serve.py" "$site" 8917 &
trap 'kill $!; rm -rf "$scratch"' EXIT
export CHROME_PATH="${CHROME_PATH:-$(command -v chromium)}"
for page in index notebooks/0{0_start_here,5_measure_the_error,8_train_the_network}; do
    for run in 1 2 3; do
        "$scratch/node_modules/.bin/lighthouse" "http://127.0.0.1:8917/$page.html" --quiet \
            --only-categories=performance,accessibility,best-practices,seo --output=json \
            --chrome-flags="--headless=new --no-sandbox" --output-path="$scratch/$run.json"
    done
    node -e '
        const [, page, folder] = process.argv, fs = require("fs");
        const runs = [1, 2, 3].map(k => JSON.parse(fs.readFileSync(`${folder}/${k}.json`)).categories);
        const median = kind => runs.map(run => Math.round(100 * run[kind].score)).sort((a, b) => a - b)[1];
        console.log(page, ...Object.keys(runs[0]).map(kind => `${kind} ${median(kind)}`));
    ' "$page" "$scratch"
done
