// Parses KQL with Microsoft's own language service and says every mistake it finds. It is told the
// tables of Defender that the queries are over, so that a column that is not there is a mistake.
// Called with the files to read; exit status 1 if there are mistakes.
const fs = require("fs");

require("@kusto/language-service-next/bridge.js");
require("@kusto/language-service-next/Kusto.Language.Bridge.js");
const { Symbols, GlobalState, KustoCode } = Kusto.Language;

// As Microsoft documents them for advanced hunting.
const TABLES = {
  DeviceTvmSoftwareInventory:
    "(DeviceId: string, DeviceName: string, OSPlatform: string, OSVersion: string, OSArchitecture: string, SoftwareVendor: string, SoftwareName: string, SoftwareVersion: string, EndOfSupportStatus: string, EndOfSupportDate: datetime, ProductCodeCpe: string)",
  DeviceProcessEvents:
    "(Timestamp: datetime, DeviceId: string, DeviceName: string, ActionType: string, FileName: string, FolderPath: string, SHA1: string, SHA256: string, MD5: string, FileSize: long, ProcessVersionInfoCompanyName: string, ProcessVersionInfoProductName: string, ProcessVersionInfoProductVersion: string, ProcessVersionInfoInternalFileName: string, ProcessVersionInfoOriginalFileName: string, ProcessVersionInfoFileDescription: string)",
};

const tables = Object.entries(TABLES).map(([name, columns]) => Symbols.TableSymbol.From(columns).WithName(name));
const database = new Symbols.DatabaseSymbol.$ctor3("hunting", null, tables, false);
const globals = GlobalState.Default.WithDatabase(database);

let mistakes = 0;
for (const file of process.argv.slice(2)) {
  const text = fs.readFileSync(file, "utf8");
  const diagnostics = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  for (let at = 0; at < diagnostics.Count; at++) {
    const { Severity, Message, Start } = diagnostics.getItem(at);
    if (Severity !== "Error" && Severity !== "Warning") continue;
    mistakes += 1;
    const line = text.slice(0, Start).split("\n").length;
    console.log(`${file}:${line}: ${Severity}: ${Message}`);
  }
}
process.exit(mistakes === 0 ? 0 : 1);
