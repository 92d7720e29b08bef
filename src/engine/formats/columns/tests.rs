use super::*;
use crate::engine::record::Presence;

#[track_caller]
fn check(field: Field, headers: &[&str]) {
    for header in headers {
        assert_eq!(meaning_of(header).map(|meaning| meaning.field), Some(field), "{header}");
    }
}

#[test]
fn the_columns_of_known_tools_are_recognised() {
    check(
        Field::Name,
        &[
            "DisplayName",
            "Name",
            "Display Name",
            "Details_Table0_ProductName",
            "ARPDisplayName0",
            "ProductName0",
            "Software",
            "Software Name",
            "ApplicationName",
            "SoftwareName",
            "[Nombre de software]",
            "Item name",
            "_name",
            "Caption",
            "Entry",
            "Software name (normalised)",
            "software.name",
            "ARP.DisplayName0",
            "data.package.name",
            "NAME",
            "Programmname",
            "Nom du logiciel",
            "Nombre del programa",
            "Nome do software",
            "Название программы",
            "软件名称",
            "ソフトウェア名",
            "Product Display Name (raw)",
        ],
    );
    check(
        Field::Version,
        &[
            "Version",
            "DisplayVersion",
            "Display Version",
            "ProductVersion0",
            "version_",
            "ApplicationVersion",
            "SoftwareVersion",
            "Details_Table0_ProductVersion",
            "bundle_short_version",
            "Versión",
            "Версия",
            "版本",
            "バージョン",
            "Installed Version",
            "data.package.version",
            "Software Version (raw)",
        ],
    );
    check(
        Field::Publisher,
        &[
            "Publisher",
            "Vendor",
            "Manufacturer",
            "Company",
            "softwareVendor",
            "Publisher0",
            "ApplicationPublisher",
            "ProviderName",
            "supplier.name",
            "manufacturer",
            "Hersteller",
            "Éditeur",
            "Fabricante",
            "Издатель",
            "发布者",
            "発行元",
        ],
    );
    check(
        Field::Host,
        &[
            "ComputerName",
            "DeviceName",
            "Host Name",
            "Details_Table0_Netbios_Name0",
            "AssetName",
            "PSComputerName",
            "Node",
            "Agent",
            "Details_Table0_ComputerName",
            "agent.name",
            "host.name",
            "hostIdentifier",
            "Computer Name",
            "Имя компьютера",
            "计算机名",
            "コンピューター名",
            "Rechnername",
            "computerDnsName",
            "Netbios_Name0",
        ],
    );
    check(
        Field::ProductCode,
        &["IdentifyingNumber", "Registry Name", "GUID", "ARPRegKey", "PSChildName"],
    );
    check(Field::Package, &["PackageFullName", "PackageIdentifier", "package_family_name"]);
    check(Field::Bundle, &["bundle_identifier", "CFBundleIdentifier"]);
    check(
        Field::Package,
        &["App Package Name", "Application Package ID", "Android Package Name", "Package ID"],
    );
    check(
        Field::Bundle,
        &["Bundle ID", "App Bundle Identifier", "iOS Bundle ID", "Bundle Identifier"],
    );
    check(Field::Id, &["App Identifier", "Application Identifier", "App ID"]);
    check(Field::Path, &["InstallLocation", "Install Location", "Image Path", "InstallDir"]);
    check(Field::UninstallCommand, &["UninstallString", "Silent Uninstall String"]);
    check(Field::Signer, &["Signer", "signed_by"]);
    check(Field::Driver, &["OriginalFileName", "Module Name"]);
    check(Field::Process, &["Image Name", "Имя образа"]);
    check(Field::Presence, &["+/-", "Status", "SideIndicator"]);
}

#[test]
fn columns_of_something_else_are_left_alone() {
    for header in [
        "User Name",
        "UserName",
        "Details_Table0_User_Name0",
        "User Display Name",
        "InstallDate",
        "Install Date",
        "OSVersion",
        "os.name",
        "os.version",
        "Available",
        "LatestVersion",
        "Agent Version",
        "ParentDisplayName",
        "Estimated Size (KB)",
        "",
        "Device Manufacturer",
        "System Manufacturer",
        "group.name",
        "Serial number",
        "Email",
        "UpgradeCode",
        "Count",
        "Language",
        "Software Count",
        "VendorId",
        "license.name",
        "Site Name",
        "PID",
        "Mem Usage",
        "Domain",
        "Publisher URL",
        "Architecture",
    ] {
        assert_eq!(meaning_of(header), None, "{header}");
    }
}

/// Each part of a path is read with all that follows it.
#[test]
fn a_path_of_a_megabyte_means_nothing_and_is_read_in_no_time() {
    let path = |parts: usize| format!("{}name", "data.".repeat(parts));
    assert_eq!(meaning_of(&path(50)).map(|meaning| meaning.field), Some(Field::Name));
    assert_eq!(meaning_of(&path(200_000)), None);
    // What is no path may be a question of any length.
    let question = format!("{} software name", "What is it? ".repeat(100));
    assert_eq!(meaning_of(&question).map(|meaning| meaning.field), Some(Field::Name));
}

#[test]
fn display_name_is_preferred_and_name_fills_in_row_by_row() {
    let headers = ["Name", "PackageFullName", "DisplayName", "Publisher"];
    let columns = Columns::of(headers.iter().copied());
    let rows = [
        ["{GUID}", "", "Kaspersky Endpoint Security", "AO Kaspersky Lab"],
        ["Kaspersky.ShellEx16", "Kaspersky.ShellEx16_1.0.0.0_x64__b81m8cbssw9gt", "", ""],
    ];
    let names: Vec<_> = rows
        .iter()
        .map(|row| columns.draft(|at| row.get(at).copied().unwrap_or_default()).name())
        .collect();
    assert_eq!(names, ["Kaspersky Endpoint Security", "Kaspersky.ShellEx16"]);
    expect_test::expect![[r#"name from “DisplayName” or “Name”; publisher from “Publisher”; identifiers from “PackageFullName”"#]]
        .assert_eq(&columns.described(&headers).told());
}

#[test]
fn a_program_is_called_as_the_program_is_and_only_without_that_as_the_product_is() {
    for headers in
        [["Product", "Program"], ["Producto", "Programa"], ["Product Name", "Application"]]
    {
        let columns = Columns::of(headers.into_iter());
        let name = |row: [&'static str; 2]| {
            columns.draft(|at| row.get(at).copied().unwrap_or_default()).name()
        };
        assert_eq!(name(["Kaspersky Free", "Kaspersky Free 21 RU"]), "Kaspersky Free 21 RU");
        assert_eq!(name(["Kaspersky Free", ""]), "Kaspersky Free");
    }
    // Surer words are still believed first, and equals in their order.
    for (headers, first) in
        [(["Product", "Name"], 0), (["Display Name", "Program"], 0), (["Title", "Program"], 0)]
            // A title or a label may be that of an update of the product.
            .into_iter()
            .chain([(["Product", "Title"], 0), (["Produkt", "Bezeichnung"], 0)])
    {
        assert_eq!(Columns::of(headers.into_iter()).position(Field::Name), Some(first));
    }
}

#[test]
fn the_short_name_in_a_list_of_services_is_a_service() {
    let columns = Columns::of(["Name", "DisplayName", "State", "StartMode"].into_iter());
    assert_eq!(columns.position(Field::Service), Some(0));
    assert_eq!(columns.position(Field::Name), Some(1));
}

#[test]
fn a_list_of_computers_or_updates_names_no_programs() {
    for headers in [
        &["DistinguishedName", "Name", "DNSHostName", "OperatingSystem"][..],
        &["Source", "Description", "HotFixID", "InstalledBy", "InstalledOn"][..],
        &["ComputerName", "Publisher"][..],
    ] {
        assert!(!Columns::of(headers.iter().copied()).name_programs(), "{headers:?}");
    }
}

#[test]
fn identifiers_are_taken_out_of_what_surrounds_them() {
    let code = "{7EC66A9F-0A49-4DC0-A9E8-460333EA8013}";
    let command = format!("MsiExec.exe /X{code}");
    let key = format!("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{code}");
    let mut draft = Draft::default();
    for (header, value) in [
        ("UninstallString", command.as_str()),
        ("Registry Key", key.as_str()),
        ("Id", "17"),
        ("Id", "Kaspersky.Kaspersky"),
        ("purl", "pkg:deb/debian/kesl@12.1.0-1297?arch=amd64"),
        ("DisplayIcon", "C:\\Program Files\\Kaspersky Lab\\avpui.exe,0"),
        ("Location", "Building 7"),
        ("Location", "\"C:\\Program Files\\Kaspersky Lab\\\""),
        ("Quiet Uninstall String", "\"C:\\Foo\\unins000.exe\" /SILENT"),
        ("OriginalFileName", "C:\\Windows\\INF\\klim6.inf"),
        ("FileName", "avp.exe"),
        ("version", "NULL"),
        ("cpe", "cpe:2.3:a:kaspersky:endpoint_security:12.6:*"),
    ] {
        draft.put(meaning_of(header).unwrap(), value);
    }
    let identifiers: Vec<String> = draft
        .identifiers()
        .iter()
        .map(|identifier| format!("{} {}", identifier.kind.id(), identifier.value))
        .collect();
    expect_test::expect![[r#"
        product-code {7EC66A9F-0A49-4DC0-A9E8-460333EA8013}
        package Kaspersky.Kaspersky
        package kesl
        path C:\Program Files\Kaspersky Lab\avpui.exe
        path C:\Program Files\Kaspersky Lab\
        path C:\Foo\unins000.exe
        driver klim6.inf
        process avp.exe"#]]
    .assert_eq(&identifiers.join("\n"));
    assert_eq!((draft.name(), draft.publisher(), draft.version()), ("kesl", "kaspersky", ""));
}

#[test]
fn a_status_says_that_a_program_is_gone() {
    for (status, presence) in [
        ("-", Presence::Removed),
        ("deinstall ok config-files", Presence::Removed),
        ("Uninstalled", Presence::Removed),
        ("install ok installed", Presence::Installed),
        ("Stopped", Presence::Installed),
        ("+", Presence::Installed),
    ] {
        let mut draft = Draft::default();
        draft.put(Meaning { field: Field::Presence, rank: 0 }, status);
        assert_eq!(draft.record(1, "").presence, presence, "{status}");
    }
}
