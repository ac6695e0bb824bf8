/** The same training set from elsewhere, ready to copy. */
export function trainingSnippets(name: string, serveUrl: string, project: string): readonly { readonly title: string; readonly code: string }[] {
  const base = `${serveUrl}/p/${project}`;
  return [
    { title: "Command line", code: `larder training-sets run ${name}\nlarder training-sets download ${name} --out ${name}.parquet` },
    {
      title: "HTTP",
      code: `run=$(curl -s ${base}/get-historical-features -H 'content-type: application/json' \\
  -d '{"training_set": "${name}"}' | sed 's/.*"run":"\\([^"]*\\)".*/\\1/')
until curl -s ${base}/runs/$run | grep -q '"finished":true'; do sleep 1; done
curl -sf ${base}/runs/$run/download -o ${name}.parquet`,
    },
    {
      title: "Python",
      code: `import io, json, time, urllib.request
import pandas as pd

LARDER = "${base}"

def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(LARDER + path, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()

started = json.loads(call("/get-historical-features", {"training_set": "${name}"}))
while not (run := json.loads(call(started["status"])))["finished"]:
    time.sleep(0.5)
rows = pd.read_parquet(io.BytesIO(call(started["download"])))`,
    },
  ];
}
