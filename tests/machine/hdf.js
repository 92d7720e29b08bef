// Reads results with the library that MITRE's Heimdall reads them with, and says what Heimdall would show:
// a line of JSON for each control. Called with the file to read; exit status 1 if it is not of the format.
const fs = require("fs");
const { convertFile, contextualizeEvaluation } = require("inspecjs");

const converted = convertFile(fs.readFileSync(process.argv[2], "utf8"), true);
const evaluation = converted["1_0_ExecJson"];
if (!evaluation) {
  console.error(converted.errors["1_0_ExecJson"]);
  process.exit(1);
}
const shown = [];
for (const profile of contextualizeEvaluation(evaluation).contains) {
  for (const { root } of profile.contains) {
    const { wraps, status, severity, waived, rawNistTags, finding_details: details } = root.hdf;
    shown.push({ profile: profile.data.name, id: wraps.id, status, severity, waived, nist: rawNistTags, details });
  }
}
console.log(JSON.stringify(shown));
