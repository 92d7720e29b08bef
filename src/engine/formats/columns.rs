//! Which field of a record a column, key or label means: one table for all formats and tools.
//!
//! [`meaning_of`] reads a header word, [`Columns`] the header of a table, and [`Draft`] puts a
//! record together from values whose meaning is known.

use super::common::{is_drive_path, is_guid, product_code_in, without_ellipsis};
use super::packages::is_reverse_domain;
pub(super) use crate::engine::record::ColumnField as Field;
use crate::engine::record::{
    ColumnReading, Identifier, IdentifierKind, Presence, Record, TableChoice,
};

/// What a header word means. Of two words for the same field the one of lower rank is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The field.
    pub field: Field,
    /// 0 is the surest.
    pub rank: u8,
}

impl Meaning {
    /// True if the whole word is known, not only something in it.
    pub fn is_sure(self) -> bool {
        self.rank < GUESSED
    }
}

/// Ranks of words found by what they contain, not as a whole.
const GUESSED: u8 = 5;
/// Ranks of words that hold a name or publisher only for want of anything better.
const LAST_RESORT: u8 = 8;

/// What a header word, key or label means, if it means any field of a record.
///
/// Words of a path may be joined with dots (`data.package.name`): the word with as much of its
/// path as is known decides.
pub(super) fn meaning_of(header: &str) -> Option<Meaning> {
    let word = normalised(header);
    if word.is_empty() {
        return header.contains('+').then_some(Meaning { field: Field::Presence, rank: 0 });
    }
    // `"package": {"name": …}` wraps the program; a column `PackageName` is a package manager's.
    if word.ends_with("packagename") && header.ends_with("package.name") {
        return Some(Meaning { field: Field::Name, rank: 2 });
    }
    if let Some(known) = exact(&word) {
        return known.meaning();
    }
    // The views and reports of Configuration Manager: `ARPDisplayName0`.
    if let Some(word) = word.strip_suffix('0')
        && let Some(known) = exact(word)
    {
        return known.meaning();
    }
    if header.contains('.') && !header.contains(' ') {
        return meaning_of_path(header);
    }
    guess(&word)
}

/// `_source.data.package.name`: leading parts are dropped until what is left is known. The last
/// part alone decides only below parts that merely wrap records, or stand for a table in a query.
fn meaning_of_path(path: &str) -> Option<Meaning> {
    let mut rest = path;
    while let Some((parent, below)) = rest.split_once('.') {
        let word = normalised(parent);
        if !below.contains('.') && !is_wrapper(&word) && !is_query_alias(&word) {
            return None;
        }
        rest = below;
        let word = normalised(rest);
        if let Some(known) = exact(&word).or_else(|| exact(word.strip_suffix('0')?)) {
            return known.meaning();
        }
    }
    guess(&normalised(rest))
}

/// `ARP.DisplayName0`, `s.Publisher`, `v_GS_ADD_REMOVE_PROGRAMS.Version0`.
fn is_query_alias(word: &str) -> bool {
    !word.is_empty()
        && word.is_ascii()
        && (word.len() <= 2 || word == "arp" || word.starts_with("vgs") || word.starts_with("vr"))
        && word != "os"
}

fn is_wrapper(word: &str) -> bool {
    matches!(
        word,
        "software"
            | "application"
            | "app"
            | "program"
            | "package"
            | "product"
            | "data"
            | "item"
            | "source"
            | "fields"
            | "component"
            | "details"
            | "result"
            | "results"
            | "columns"
            | "attributes"
            | "properties"
            | "record"
            | "row"
            | "entry"
            | "value"
            | "info"
            | "installedsoftware"
            | "installedapplication"
            | "softwares"
            | "applications"
            | "antivirus"
            | "metadata"
    )
}

/// Lower case, letters and digits only, without the prefix of Configuration Manager's reports.
fn normalised(header: &str) -> String {
    let header = header.trim();
    let header = header
        .strip_prefix("Details_Table0_")
        .or_else(|| header.strip_prefix("details_Table0_"))
        .unwrap_or(header);
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[derive(Clone, Copy)]
enum Known {
    Means(Field, u8),
    /// A word that must not be taken for anything by what it contains.
    Nothing,
}

impl Known {
    fn meaning(self) -> Option<Meaning> {
        match self {
            Self::Means(field, rank) => Some(Meaning { field, rank }),
            Self::Nothing => None,
        }
    }
}

/// The table of whole words. Within a field: rank 0 names exactly the field, 1 usually does,
/// higher ranks are for want of a better column.
#[rustfmt::skip]
fn exact(word: &str) -> Option<Known> {
    use Field::{
        Bundle, Cpe, Driver, File, Host, Id, Name, Package, PackageName, PackageUrl, Path, Process,
        ProductCode, Publisher, Service, Signer, UninstallCommand, Version,
    };
    Some(match word {
        // ---- Name
        "displayname" | "arpdisplayname" | "softwarename" | "applicationname" | "programname"
        | "packagedisplayname" | "softwaretitle" | "installedsoftware" | "installedsoftwarename"
        | "installedapplication" | "installedapplications" | "installedprogram"
        | "installedprograms" | "installedsoftwares" | "softwareproductname" | "nameofsoftware"
        | "applicationdisplayname" | "appdisplayname" | "softwaredisplayname" | "appname"
        | "nameofprogram" | "nameofapplication" | "nameofthesoftware" | "nameoftheprogram"
        | "anzeigename" | "programmname" | "anwendungsname" | "softwarebezeichnung"
        | "programmbezeichnung" | "nameduprogramme" | "nomdulogiciel" | "nomdelapplication"
        | "nomduprogramme" | "nomlogiciel" | "nomaffiché" | "nombredesoftware"
        | "nombredelsoftware" | "nombredelprograma" | "nombredeprograma" | "nombrepararmostrar"
        | "nombredelaaplicación" | "nombredeaplicación" | "nombreparamostrar"
        | "nomedosoftware" | "nomedoprograma" | "nomedoaplicativo" | "nomedeexibição"
        | "nomesoftware" | "nomeprogramma" | "nomedelprogramma" | "nomeapplicazione"
        | "названиепрограммы" | "имяпрограммы" | "наименованиепрограммы" | "названиепо"
        | "наименованиепо" | "названиеприложения" | "наименованиеприложения" | "имяприложения"
        | "наименованиепрограммногообеспечения" | "названиепрограммногообеспечения"
        | "отображаемоеимя" | "установленныепрограммы" | "установленноепо"
        | "软件名称" | "程序名称" | "应用名称" | "应用程序名称" | "软件名" | "程序名" | "显示名称"
        | "軟體名稱" | "程式名稱" | "應用程式名稱" | "顯示名稱"
        | "ソフトウェア名" | "ソフトウエア名" | "アプリ名" | "アプリケーション名" | "プログラム名" | "表示名"
            => Known::Means(Name, 0),
        "productname" | "product" | "software" | "application" | "app" | "program" | "title"
        | "productdisplayname" | "softwareproduct" | "applications" | "programs" | "programm"
        | "anwendung" | "produkt" | "produktname" | "bezeichnung" | "softwarename1" | "logiciel"
        | "logiciels" | "programme" | "programmes" | "produit" | "nomduproduit" | "libellé"
        | "programa" | "programas" | "aplicación" | "aplicacion" | "producto"
        | "nombredelproducto" | "nombredeproducto" | "aplicativo" | "aplicativos" | "produto"
        | "nomedoproduto" | "applicazione" | "programma" | "prodotto" | "nomeprodotto"
        | "программа" | "программы" | "приложение" | "приложения" | "продукт" | "названиепродукта"
        | "программноеобеспечение" | "по" | "наименованиепродукта"
        | "软件" | "程序" | "应用" | "应用程序" | "产品名称" | "软件产品" | "軟體" | "產品名稱"
        | "ソフトウェア" | "ソフトウエア" | "アプリケーション" | "アプリ" | "プログラム" | "製品名"
            => Known::Means(Name, 1),
        "name" | "nom" | "nombre" | "nome" | "имя" | "название" | "наименование" | "名称" | "名稱"
        | "名前" | "名字" | "이름" | "nazwa" | "naam" | "navn" | "namn" | "název" | "adı"
        | "denominazione" | "назва" | "itemname" | "productfullname" | "softwareitem"
            => Known::Means(Name, 2),
        "caption" | "label" | "entry" | "elementname" => Known::Means(Name, 3),
        "fullname" | "filedescription" => Known::Means(Name, 6),
        "description" | "beschreibung" | "descripción" | "descrição" | "описание" | "描述" | "説明"
            => Known::Means(Name, LAST_RESORT),

        // ---- Version
        "displayversion" | "productversion" | "softwareversion" | "applicationversion"
        | "appversion" | "programversion" | "packageversion" | "installedversion"
        | "anzeigeversion" | "produktversion" | "softwareproductversion"
        | "versiondulogiciel" | "versióndelsoftware" | "versãodosoftware" | "версияпо"
        | "версияпрограммы" | "软件版本" | "版本号" | "產品版本" | "产品版本"
            => Known::Means(Version, 0),
        "version" | "versión" | "versão" | "versao" | "versione" | "версия" | "версія" | "版本"
        | "バージョン" | "버전" | "wersja" | "versie" | "verze" | "sürüm" | "versionnumber"
        | "versionstring" | "ver" | "versionsnummer" | "bundleshortversion"
        | "bundleshortversionstring" | "cfbundleshortversionstring" | "installedversions"
        | "productversionnumber" | "versioninstalled"
            => Known::Means(Version, 1),
        "applicationshortversion" | "shortversion" | "bundleversion" | "cfbundleversion"
        | "versionname" => Known::Means(Version, 2),
        "fileversion" | "versioncode" => Known::Means(Version, 3),

        // ---- Publisher
        "publisher" | "vendor" | "manufacturer" | "publishername" | "vendorname"
        | "manufacturername" | "softwarevendor" | "softwarepublisher" | "softwaremanufacturer"
        | "applicationpublisher" | "applicationvendor" | "productvendor" | "productmanufacturer"
        | "apppublisher" | "publisherdisplayname" | "programpublisher" | "packagepublisher"
        | "hersteller" | "herausgeber" | "anbieter" | "softwarehersteller"
        | "éditeur" | "editeur" | "éditeurdulogiciel" | "fabricant" | "fournisseur"
        | "fabricante" | "editor" | "proveedor" | "editordelsoftware"
        | "fornecedor" | "editora" | "publicador" | "distribuidor" | "editore" | "produttore"
        | "fornitore" | "издатель" | "производитель" | "поставщик" | "вендор" | "разработчик"
        | "издательпо" | "производительпо" | "видавець" | "виробник"
        | "发布者" | "发行商" | "厂商" | "供应商" | "制造商" | "开发商" | "发行者" | "發行者" | "廠商"
        | "発行元" | "製造元" | "ベンダー" | "ベンダ" | "メーカー" | "開発元" | "게시자" | "제조업체"
        | "wydawca" | "producent" | "uitgever" | "utgivare" | "udgiver" | "yayımcı" | "vydavatel"
            => Known::Means(Publisher, 0),
        "company" | "companyname" | "developer" | "developername" | "maker" | "author" | "authors"
        | "supplier" | "suppliername" | "packagesupplier" | "fournisseurdulogiciel" | "firma"
        | "editeurlogiciel" | "desarrollador" | "desenvolvedor" | "entwickler" | "société"
        | "компания" | "公司" | "会社名" | "brand" | "productpublisher"
            => Known::Means(Publisher, 1),
        "providername" | "provider" | "fileproductcompany" | "driverprovidername"
            => Known::Means(Publisher, 2),
        "maintainer" | "originator" | "packageoriginator" => Known::Means(Publisher, 3),
        "packager" => Known::Means(Publisher, 6),
        "getinfostring" | "infostring" | "cfbundlegetinfostring" | "copyright" | "legalcopyright"
        | "nshumanreadablecopyright" => Known::Means(Publisher, LAST_RESORT),

        // ---- Host
        "computername" | "hostname" | "devicename" | "machinename" | "netbiosname" | "assetname"
        | "pscomputername" | "csname" | "systemname" | "endpointname" | "workstationname"
        | "servername" | "agentname" | "nodename" | "clientname" | "pcname" | "dnshostname"
        | "machinedisplayname" | "computerdisplayname" | "devicedisplayname" | "hostdisplayname"
        | "hardwarename" | "computerdnsname" | "computersystemname" | "systemhostname"
        | "rechnername" | "computernamen" | "gerätename" | "geraetename" | "nomdelordinateur"
        | "nomdelamachine" | "nomduposte" | "nomdelappareil" | "nomdupc" | "nombredeequipo"
        | "nombredelequipo" | "nombredelordenador" | "nombredeldispositivo"
        | "nombrededispositivo" | "nombredelhost" | "nombredehost" | "nombredemáquina"
        | "nombredelamáquina" | "nomedocomputador" | "nomedodispositivo" | "nomedohost"
        | "nomedamáquina" | "nomecomputer" | "nomedelcomputer" | "nomedispositivo"
        | "имякомпьютера" | "имяузла" | "имяустройства" | "имяхоста" | "имяпк" | "имямашины"
        | "названиекомпьютера" | "названиеустройства" | "имякомпютера"
        | "计算机名" | "计算机名称" | "主机名" | "主机名称" | "设备名称" | "设备名" | "电脑名称" | "電腦名稱"
        | "コンピューター名" | "コンピュータ名" | "ホスト名" | "デバイス名" | "端末名" | "機器名"
            => Known::Means(Host, 0),
        "computer" | "host" | "device" | "machine" | "endpoint" | "workstation" | "server"
        | "asset" | "node" | "client" | "pc" | "agent" | "fqdn" | "dnsname" | "resourcename"
        | "hostidentifier" | "computers" | "computernamefqdn" | "fullyqualifieddomainname"
        | "rechner" | "gerät" | "arbeitsplatz" | "ordinateur" | "poste" | "appareil" | "equipo"
        | "ordenador" | "dispositivo" | "computador" | "máquina" | "компьютер" | "устройство"
        | "хост" | "узел" | "пк" | "计算机" | "主机" | "设备" | "电脑" | "コンピューター"
        | "コンピュータ" | "ホスト" | "デバイス" | "端末"
            => Known::Means(Host, 1),
        "deviceid" | "machineid" | "agentid" | "hostid" | "computerid" | "assetid" | "endpointid"
        | "hostuuid" | "systemuuid" => Known::Means(Host, 6),
        "ipaddress" | "ip" | "ipaddresses" | "hostip" | "ipv4" | "ipadresse" | "adresseip"
        | "direcciónip" | "endereçoip" | "ipадрес" | "ip地址" | "ipアドレス"
            => Known::Means(Host, 7),

        // ---- ProductCode
        "productcode" | "identifyingnumber" | "uninstallkey" | "registryname" | "arpregkey"
        | "guid" | "productguid" | "wstrarpregkey" | "msiproductcode" | "msiguid" | "prodid" | "softwarecode"
        | "keyname" | "pschildname" | "registrykey" | "registrykeyname" | "subkey" | "subkeyname"
        | "registrypath" | "registrypaths" | "produktcode" | "uninstallguid" | "packagecode"
        | "uninstallregistrykey" | "productcodeguid" | "pspath" | "uninstallkeyname" | "regkey"
        | "кодпродукта" | "产品代码" | "msicode" | "registrykeypath" | "fastpackagereference"
            => Known::Means(ProductCode, 0),

        // ---- Package, Bundle, Id
        "packagefullname" | "packagefamilyname" | "packageid" | "packageidentifier" | "wingetid"
        | "packagefamily" | "packagekey" | "familyname" | "appxpackage" | "appxpackagename"
        | "packagemoniker" | "androidpackage" | "storeid" | "appusermodelid"
        | "apppackagename" | "applicationpackagename" | "androidpackagename" | "apppackageid"
        | "applicationpackageid" | "apppackage" | "applicationpackage"
            => Known::Means(Package, 0),
        "packagename" | "package" | "pkgname" | "pkg" | "packages" | "paket" | "paketname"
        | "paquet" | "paquete" | "pacote" | "pacchetto" | "пакет" | "имяпакета" | "包名" | "软件包"
        | "パッケージ" | "パッケージ名" | "binarypackage" | "appxname"
            => Known::Means(PackageName, 3),
        "purl" | "packageurl" => Known::Means(PackageUrl, LAST_RESORT),
        "cpe" | "cpe23" | "cpe23uri" | "cpeuri" | "cpename" | "productcodecpe"
            => Known::Means(Cpe, LAST_RESORT + 1),
        "bundleidentifier" | "bundleid" | "cfbundleidentifier" | "bundle" | "applicationbundleid"
        | "appbundleid" | "bundelid" | "appbundleidentifier"
        | "applicationbundleidentifier" | "iosbundleid" => Known::Means(Bundle, 0),
        "id" | "appid" | "applicationid" | "appidentifier" | "applicationidentifier" | "identifier" | "softwareid"
        | "productid" | "key" | "applicationkey" | "instanceid" => Known::Means(Id, 0),

        // ---- Path, uninstall command
        "installlocation" | "installdir" | "installdirectory" | "installpath" | "installfolder"
        | "installationpath" | "installationfolder" | "installationlocation" | "installationdirectory"
        | "path" | "imagepath" | "location" | "executablepath" | "filepath" | "fullpath" | "folder"
        | "folderpath" | "diskpath" | "diskpaths" | "pathname" | "applicationpath" | "exepath"
        | "displayicon" | "displayiconpath" | "launchstring" | "command" | "commandline"
        | "startcommand" | "binarypath" | "binarypathname" | "installedlocation" | "inventorypath"
        | "installationspfad" | "installationsort" | "pfad" | "emplacement" | "chemin"
        | "ubicación" | "ubicacióndeinstalación" | "ruta" | "rutadeinstalación" | "local"
        | "localdainstalação" | "caminho" | "pastadeinstalação" | "расположение" | "путь"
        | "путькфайлу" | "папкаустановки" | "путьустановки" | "安装位置" | "安装路径" | "路径"
        | "インストール先" | "インストール場所" | "場所" | "パス" | "rootpath" | "parentkeypath"
            => Known::Means(Path, 0),
        "uninstallstring" | "uninstallcommand" | "quietuninstallstring" | "silentuninstallstring"
        | "changeinstallstring" | "modifypath" | "uninstall" | "uninstallpath" | "uninstallcmd"
        | "uninstallstr" | "deinstallationsbefehl" | "командаудаления" | "строкаудаления"
        | "卸载命令" | "卸载字符串" => Known::Means(UninstallCommand, 0),

        // ---- Signer
        "signer" | "signedby" | "codesigner" | "verifiedsigner" | "signersubject" | "teamid"
        | "teamidentifier" | "authority" | "certificatesubject" | "signercertificate"
        | "signername" | "signaturesigner" | "codesigningauthority"
            => Known::Means(Signer, 0),

        // ---- Service, driver, process
        "servicename" | "service" | "dienstname" | "dienst" | "имяслужбы" | "nomduservice"
        | "nombredelservicio" | "nomedoserviço" | "服务名" | "服务名称" | "サービス名"
            => Known::Means(Service, 0),
        "driver" | "drivername" | "driverfilename" | "originalfilename" | "modulename"
        | "driverfile" | "driverpath" | "имямодуля" | "modulnamen"
        | "modulname" | "模块名" | "infname"
            => Known::Means(Driver, 0),
        "imagename" | "processname" | "process" | "exename" | "executable" | "executablename"
        | "abbildname" | "имяобраза" | "nomdelimage" | "nombredeimagen" | "nomedaimagem"
        | "nomeimmagine" | "映像名称" | "イメージ名" | "имяпроцесса" | "进程名" | "进程名称"
            => Known::Means(Process, 0),
        "filename" | "file" | "dateiname" | "имяфайла" | "文件名" | "ファイル名" => Known::Means(File, 0),

        // ---- Presence
        "status" | "state" | "installstate" | "installationstate" | "installationstatus"
        | "installstatus" | "sideindicator" | "dbstatus" | "installed" | "isinstalled" | "action"
        | "change" | "packagestatus" | "softwarestatus" | "applicationstate" | "статус" | "zustand"
        | "estado" | "statut" | "état" | "stato" | "состояние" | "状态" | "状態"
            => Known::Means(Field::Presence, 0),

        // ---- Words that hold a tell-tale part of another
        "osname" | "osversion" | "osdisplayname" | "operatingsystem" | "operatingsystemversion"
        | "operatingsystemname" | "username" | "userdisplayname" | "loggedonuser" | "filesize"
        | "latestversion" | "availableversion" | "newversion" | "newestversion" | "agentversion"
        | "clientversion" | "biosversion" | "schemaversion" | "psversion" | "wingetversion"
        | "requiredversion" | "minimumversion" | "recommendedversion" | "fixedversion"
        | "devicemanufacturer" | "systemmanufacturer" | "computermanufacturer"
        | "biosmanufacturer" | "hardwaremanufacturer" | "parentdisplayname" | "groupname"
        | "categoryname" | "domainname" | "ownername" | "foldername" | "reportname" | "eventname"
        | "policyname" | "collectionname" | "licensename" | "benutzername" | "имяпользователя"
        | "nomdutilisateur" | "nombredeusuario" | "nomedousuário" | "用户名" | "ユーザー名"
        | "upgradecode" | "productcount" | "softwarecount" | "devicecount" | "computercount"
            => Known::Nothing,
        _ => return None,
    })
}

/// What a word means by the words it contains. Careful not to steal: better nothing than a
/// user's name taken for a program's.
fn guess(word: &str) -> Option<Meaning> {
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    let ends = |parts: &[&str]| parts.iter().any(|part| word.ends_with(part));
    let means = |field, rank| Some(Meaning { field, rank });

    if ends(&["date", "time", "count", "size", "url", "link", "type", "category", "language"])
        || has(&["user", "parent", "owner", "manager", "assigned"])
    {
        return None;
    }
    if has(&["uninstallstring", "uninstallcommand"]) {
        return means(Field::UninstallCommand, GUESSED);
    }
    if has(&["productcode", "identifyingnumber"]) {
        return means(Field::ProductCode, GUESSED);
    }
    if has(&["bundleid"]) {
        return means(Field::Bundle, GUESSED);
    }
    if has(&["installlocation", "installpath", "installfolder", "installdir"]) {
        return means(Field::Path, GUESSED);
    }
    if has(&[
        "computername",
        "hostname",
        "machinename",
        "devicename",
        "netbios",
        "endpointname",
        "workstationname",
        "assetname",
        "имякомпьютера",
        "计算机名",
        "コンピューター名",
    ]) {
        return means(Field::Host, GUESSED);
    }
    let is_of_something_else = has(&[
        "operatingsystem",
        "available",
        "latest",
        "agent",
        "client",
        "bios",
        "schema",
        "minimum",
        "required",
        "previous",
        "scanner",
        "engine",
        "policy",
        "kernel",
        "hardware",
        "device",
        "computer",
        "machine",
        "host",
        "system",
        "group",
        "site",
        "domain",
        "firmware",
        "browser",
    ]) || word.starts_with("os")
        || word.starts_with("new");
    if is_of_something_else || ends(&["id", "country", "model"]) {
        return None;
    }
    if has(&["softwareversion", "productversion", "applicationversion", "displayversion"])
        || ends(&["version", "versionnumber", "versión", "versão", "версия", "版本", "バージョン"])
    {
        return means(Field::Version, GUESSED);
    }
    if has(&["publisher", "vendor", "manufacturer", "hersteller", "éditeur", "fabricante"])
        || has(&["издатель", "производитель", "发布者", "厂商", "発行元"])
    {
        return means(Field::Publisher, GUESSED);
    }
    if has(&["packagefullname", "packagefamilyname"]) {
        return means(Field::Package, GUESSED);
    }
    if has(&[
        "displayname",
        "softwarename",
        "applicationname",
        "programname",
        "productname",
        "softwaretitle",
        "softwareproduct",
        "nameofsoftware",
        "programmname",
        "softwarebezeichnung",
        "nomdulogiciel",
        "nombredelsoftware",
        "nombredelprograma",
        "nomedoprograma",
        "названиепрограммы",
        "软件名称",
        "程序名称",
        "ソフトウェア名",
    ]) {
        return means(Field::Name, GUESSED);
    }
    None
}

/// True if the word is for a product: one of a maker's, of which a program is an edition or a part. Beside a
/// [column for the program itself](names_a_program) it is the broader one.
fn names_a_product(word: &str) -> bool {
    ["product", "produkt", "produit", "produto", "prodotto", "продукт", "产品", "產品", "製品"]
        .iter()
        .any(|part| word.contains(part))
}

/// True if the word is for a program, and for nothing else: a title or a label may be that of an update of the product.
fn names_a_program(word: &str) -> bool {
    const PARTS: [&str; 13] = [
        "program",
        "software",
        "application",
        "anwendung",
        "logiciel",
        "aplicaci",
        "aplicativo",
        "applicazione",
        "програм",
        "приложен",
        "程序",
        "软件",
        "ソフト",
    ];
    PARTS.iter().any(|part| word.contains(part)) && !names_a_product(word)
}

/// The meaning of each column of a table, from its header.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The columns that mean something, with their position counted from 0; surest first.
    used: Vec<(usize, Meaning)>,
    /// The columns that are for products, where others are for programs.
    of_products: Vec<usize>,
}

impl Columns {
    /// Reads a header.
    pub fn of<'a>(headers: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut used: Vec<_> = headers
            .clone()
            .enumerate()
            .filter_map(|(at, header)| meaning_of(header).map(|meaning| (at, meaning)))
            .collect();
        let words: Vec<String> = headers.map(normalised).collect();
        let has = |word: &str| words.iter().any(|other| other == word);

        // A list of services: Name is the service's short name there. Get-Service has both, and
        // prints nothing besides but the status.
        let is_of_get_service = has("status") && has("displayname") && words.len() == 3;
        let lists_services = ["startmode", "starttype", "servicetype", "serviceaccount"]
            .iter()
            .any(|word| has(word))
            && (has("displayname") || has("pathname") || has("state") || has("status"))
            || is_of_get_service;
        // A list of drivers: the device is what the driver is for, not a computer.
        let lists_drivers = ["driverversion", "infname", "driverprovidername", "issigned"]
            .iter()
            .any(|word| has(word));
        // A list of accounts or computers of a directory: Name is no program there.
        let lists_accounts = ["distinguishedname", "samaccountname", "userprincipalname"]
            .iter()
            .any(|word| has(word));
        for (at, meaning) in &mut used {
            let is_plain_name = words.get(*at).is_some_and(|word| word == "name");
            if lists_services && is_plain_name {
                meaning.field = Field::Service;
            }
            let is_device = words.get(*at).is_some_and(|word| word == "devicename");
            if lists_drivers && is_device {
                meaning.field = Field::Name;
            }
        }
        // Get-Package: its provider is a part of PowerShell, not of the program.
        if has("providername") && (has("source") || has("fastpackagereference")) {
            used.retain(|(at, _)| words.get(*at).is_none_or(|word| word != "providername"));
        }
        if lists_accounts {
            used.retain(|(_, meaning)| {
                !matches!(meaning.field, Field::Name | Field::Path | Field::Id)
            });
        }
        let is_of_a_program = |(at, meaning): &(usize, Meaning)| {
            meaning.field == Field::Name && words.get(*at).is_some_and(|word| names_a_program(word))
        };
        let has_programs = used.iter().any(is_of_a_program);
        let of_products = (0..words.len())
            .filter(|at| has_programs && words.get(*at).is_some_and(|word| names_a_product(word)))
            .collect();
        let mut columns = Self { used, of_products };
        columns.sort();
        columns
    }

    /// The surest first; of two names that are as sure, the more specific before the first.
    fn sort(&mut self) {
        let of_products = &self.of_products;
        self.used.sort_by_key(|(at, meaning)| {
            let is_broad = meaning.field == Field::Name && of_products.contains(at);
            (meaning.rank, is_broad, *at)
        });
    }

    /// The header as a table that the user has spoken of says; else what its words say.
    pub fn chosen_or_of<'a>(
        headers: impl Iterator<Item = &'a str> + Clone,
        tables: &[TableChoice],
    ) -> Self {
        match tables.iter().find(|table| table.is_of(headers.clone())) {
            Some(table) => Self::chosen(&table.columns),
            None => Self::of(headers),
        }
    }

    /// The columns as the user says they are.
    pub fn chosen(columns: &[Option<Field>]) -> Self {
        let fields = columns.iter().enumerate();
        let used =
            fields.filter_map(|(at, field)| Some((at, Meaning { field: (*field)?, rank: 0 })));
        Self { used: used.collect(), of_products: Vec::new() }
    }

    /// Each column with what it was taken for, for the report.
    pub fn readings<'a>(&self, headers: impl Iterator<Item = &'a str>) -> Vec<ColumnReading> {
        let means =
            |at: usize| self.used.iter().find(|(used, _)| *used == at).map(|(_, m)| m.field);
        headers
            .enumerate()
            .map(|(at, header)| ColumnReading {
                header: header.to_owned(),
                means: means(at),
                values: Vec::new(),
            })
            .collect()
    }

    /// True if some column holds names, or ids that name a program as surely. A description alone
    /// does not: a list of updates has one too.
    pub fn name_programs(&self) -> bool {
        self.used.iter().any(|(_, meaning)| match meaning.field {
            Field::Name => meaning.rank < LAST_RESORT,
            field => matches!(
                field,
                Field::PackageName
                    | Field::ProductCode
                    | Field::Package
                    | Field::PackageUrl
                    | Field::Cpe
                    | Field::Bundle
                    | Field::Service
                    | Field::Driver
                    | Field::Process
                    | Field::File
            ),
        })
    }

    /// True if some column has that field.
    pub fn have(&self, field: Field) -> bool {
        self.used.iter().any(|(_, meaning)| meaning.field == field)
    }

    /// What the column at that position means.
    pub fn meaning_at(&self, at: usize) -> Option<Meaning> {
        self.used.iter().find(|(used, _)| *used == at).map(|(_, meaning)| *meaning)
    }

    /// How many columns mean something.
    pub fn known(&self) -> usize {
        self.used.len()
    }

    /// True if the column at that position has that field.
    pub fn is_at(&self, at: usize, field: Field) -> bool {
        self.used.iter().any(|(used, meaning)| *used == at && meaning.field == field)
    }

    /// Has `means` say of each of the columns what it means, given what it was taken for.
    pub fn reread(
        &mut self,
        width: usize,
        means: &dyn Fn(usize, Option<Meaning>) -> Option<Meaning>,
    ) {
        let usual =
            |at: usize| self.used.iter().find(|(used, _)| *used == at).map(|(_, means)| *means);
        self.used = (0..width).filter_map(|at| Some((at, means(at, usual(at))?))).collect();
        self.sort();
    }

    /// The position of the first (surest) column of that field.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.used.iter().find(|(_, meaning)| meaning.field == field).map(|(at, _)| *at)
    }

    /// The columns that tell a row's title, all that mean something but the computer's: the first
    /// and the last of each that stand side by side.
    pub fn telling(&self) -> Vec<(usize, usize)> {
        let telling = self.used.iter().filter(|(_, meaning)| meaning.field != Field::Host);
        let mut positions: Vec<usize> = telling.map(|(at, _)| *at).collect();
        positions.sort_unstable();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for at in positions {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 >= at => *last = at,
                _ => runs.push((at, at)),
            }
        }
        runs
    }

    /// The computer that a row names, as [`draft`](Self::draft) would have it; empty if none.
    pub fn host<'a>(&self, cell: impl Fn(usize) -> &'a str) -> &'a str {
        let hosts = self.used.iter().filter(|(_, meaning)| meaning.field == Field::Host);
        // The surest stand first.
        hosts.map(|(at, _)| cell(*at).trim()).find(|host| !is_blank(host)).unwrap_or_default()
    }

    /// Puts a row together; `cell` gives the text of a column by its position.
    pub fn draft<'a>(&self, cell: impl Fn(usize) -> &'a str) -> Draft<'a> {
        let mut draft = Draft::default();
        for (at, meaning) in &self.used {
            draft.put(*meaning, cell(*at));
        }
        draft
    }

    /// Which column holds what, for people: `name from “DisplayName”, version from …`.
    /// `headers` are the header's cells as written.
    pub fn described(&self, headers: &[&str]) -> String {
        self.described_as(&|at| {
            headers.get(at).map(|header| format!("\u{201C}{}\u{201D}", header.trim()))
        })
    }

    /// The same for a table without a header: `name from column 1`.
    pub fn described_by_number(&self) -> String {
        self.described_as(&|at| Some(format!("column {}", at + 1)))
    }

    fn described_as(&self, label_of: &dyn Fn(usize) -> Option<String>) -> String {
        const PARTS: &[(&str, &[Field])] = &[
            ("name", &[Field::Name, Field::PackageName]),
            ("version", &[Field::Version]),
            ("publisher", &[Field::Publisher]),
            ("computer", &[Field::Host]),
        ];
        let mut parts = Vec::new();
        for (label, fields) in PARTS {
            let columns: Vec<String> = self.named(fields, label_of).take(2).collect();
            if !columns.is_empty() {
                parts.push(format!("{label} from {}", columns.join(" or ")));
            }
        }
        let other: Vec<String> = self
            .named(
                &[
                    Field::ProductCode,
                    Field::Package,
                    Field::PackageUrl,
                    Field::Cpe,
                    Field::Bundle,
                    Field::Id,
                    Field::Path,
                    Field::UninstallCommand,
                    Field::Signer,
                    Field::Service,
                    Field::Driver,
                    Field::Process,
                    Field::File,
                ],
                label_of,
            )
            .take(4)
            .collect();
        if !other.is_empty() {
            parts.push(format!("identifiers from {}", other.join(", ")));
        }
        parts.join("; ")
    }

    fn named<'h>(
        &'h self,
        fields: &'h [Field],
        label_of: &'h dyn Fn(usize) -> Option<String>,
    ) -> impl Iterator<Item = String> + 'h {
        self.used
            .iter()
            .filter(|(_, meaning)| fields.contains(&meaning.field))
            .filter_map(|(at, _)| label_of(*at))
    }
}

/// A record being put together from values whose meaning is known, without allocating.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a> {
    name: Ranked<'a>,
    version: Ranked<'a>,
    publisher: Ranked<'a>,
    host: Ranked<'a>,
    identifiers: [Identifier<'a>; MOST_IDENTIFIERS],
    /// How many of the identifiers are set. Invariant: at most [`MOST_IDENTIFIERS`].
    identifier_count: usize,
    presence: Presence,
}

/// More identifiers than any tool gives for one program, paths of all its files aside.
const MOST_IDENTIFIERS: usize = 16;

#[derive(Clone, Copy, Debug)]
struct Ranked<'a> {
    text: &'a str,
    rank: u8,
}

impl<'a> Ranked<'a> {
    const NONE: Self = Self { text: "", rank: u8::MAX };

    fn put(&mut self, text: &'a str, rank: u8) {
        if !text.is_empty() && rank < self.rank {
            *self = Self { text, rank };
        }
    }
}

impl Default for Draft<'_> {
    fn default() -> Self {
        Self {
            name: Ranked::NONE,
            version: Ranked::NONE,
            publisher: Ranked::NONE,
            host: Ranked::NONE,
            identifiers: [Identifier { kind: IdentifierKind::Path, value: "" }; MOST_IDENTIFIERS],
            identifier_count: 0,
            presence: Presence::Installed,
        }
    }
}

impl<'a> Draft<'a> {
    /// Adds a value. A blank one changes nothing; of two for one field the surer is kept, and of
    /// equals the first. Identifiers add up.
    pub fn put(&mut self, meaning: Meaning, value: &'a str) {
        let value = value.trim();
        if is_blank(value) {
            return;
        }
        let rank = meaning.rank;
        match meaning.field {
            Field::Name => self.name.put(value, rank),
            Field::Version => self.version.put(value, rank),
            // Get-Package names the part of it that found the program, not who made that.
            Field::Publisher if rank >= 2 && is_package_provider(value) => {}
            // Qualys, and people.
            Field::Publisher if value.eq_ignore_ascii_case("unknown") => {}
            Field::Publisher => self.publisher.put(value, rank),
            // Get-Service calls this computer so.
            Field::Host if value == "." => {}
            Field::Host => self.host.put(value, rank),
            Field::ProductCode => self.identify(IdentifierKind::ProductCode, key_name(value)),
            Field::Package => self.identify(IdentifierKind::Package, value),
            Field::PackageName => {
                self.identify(IdentifierKind::Package, value);
                self.name.put(value, rank);
            }
            Field::PackageUrl => {
                if let Some(name) = package_of_url(value) {
                    self.identify(IdentifierKind::Package, name);
                    self.name.put(name, rank);
                }
            }
            Field::Cpe => {
                if let Some((vendor, product)) = vendor_and_product(value) {
                    self.publisher.put(vendor, rank);
                    self.name.put(product, rank);
                }
            }
            Field::Bundle => self.identify(IdentifierKind::Bundle, value),
            Field::Id => self.put_id(value),
            Field::Path => self.put_path(value),
            Field::UninstallCommand => match product_code_in(value) {
                Some(code) => self.identify(IdentifierKind::ProductCode, code),
                None => self.put_path(value),
            },
            Field::Signer => self.identify(IdentifierKind::Signer, value),
            Field::Service => self.identify(IdentifierKind::Service, value),
            Field::Driver => self.identify(IdentifierKind::Driver, file_name(value)),
            Field::Process => self.identify(IdentifierKind::Process, file_name(value)),
            Field::File => self.put_file(value),
            Field::Presence => {
                if let Some(presence) = presence_in(value) {
                    self.presence = presence;
                }
            }
        }
    }

    /// Adds an identifier, if it is not blank, not there yet and there is room.
    pub fn identify(&mut self, kind: IdentifierKind, value: &'a str) {
        let identifier = Identifier { kind, value: value.trim() };
        let is_new = !self.identifiers().contains(&identifier);
        if !identifier.value.is_empty()
            && is_new
            && let Some(free) = self.identifiers.get_mut(self.identifier_count)
        {
            *free = identifier;
            self.identifier_count += 1;
        }
    }

    /// Names the computer, if no value has named it yet.
    pub fn default_host(&mut self, host: &'a str) {
        self.host.put(host.trim(), u8::MAX - 1);
    }

    /// Names the program, if no value has named it yet.
    pub fn default_name(&mut self, name: &'a str) {
        self.name.put(name.trim(), u8::MAX - 1);
    }

    /// Replaces the name (for example by what is left of one that a tool cut).
    pub fn rename(&mut self, name: &'a str) {
        self.name.text = name;
    }

    /// The list says whether it is installed.
    pub fn set_presence(&mut self, presence: Presence) {
        self.presence = presence;
    }

    /// The name so far; empty if there is none.
    pub fn name(&self) -> &'a str {
        self.name.text
    }

    /// The version so far; empty if there is none.
    pub fn version(&self) -> &'a str {
        self.version.text
    }

    /// The publisher so far; empty if there is none.
    pub fn publisher(&self) -> &'a str {
        self.publisher.text
    }

    /// The host so far; empty if there is none.
    pub fn host(&self) -> &'a str {
        self.host.text
    }

    /// The identifiers so far.
    pub fn identifiers(&self) -> &[Identifier<'a>] {
        // The count never exceeds the array; an empty slice stands for the impossible.
        self.identifiers.get(..self.identifier_count).unwrap_or_default()
    }

    /// True if some identifier but a path ends with the sign of having been cut.
    pub fn has_cut_identifier(&self) -> bool {
        self.identifiers().iter().any(|identifier| {
            identifier.kind != IdentifierKind::Path && without_ellipsis(identifier.value).is_some()
        })
    }

    /// True if nothing in it could tell a program: no name, no publisher, no identifier but a path
    /// below the system's own folder.
    pub fn is_empty(&self) -> bool {
        self.name.text.is_empty() && self.publisher.text.is_empty() && self.identifier_count == 0
    }

    /// The record, with its first line and its text as written.
    pub fn record<'r>(&'r self, line: u64, text: &'r str) -> Record<'r> {
        Record {
            name: self.name.text,
            version: self.version.text,
            publisher: self.publisher.text,
            host: self.host.text,
            identifiers: self.identifiers(),
            line,
            text,
            presence: self.presence,
        }
    }

    /// `{GUID}` and `ARP\Machine\X64\Key` are uninstall keys, `Vendor.Product` is a package; a bare
    /// number is the row's.
    fn put_id(&mut self, value: &'a str) {
        if let Some(code) = product_code_in(value) {
            self.identify(IdentifierKind::ProductCode, code);
        } else if !is_guid(value) && value.contains(['.', '\\']) && has_letter(value) {
            self.identify(IdentifierKind::Package, value);
            // "com.example.app" may be of any system.
            if is_reverse_domain(value, 1) {
                self.identify(IdentifierKind::Bundle, value);
            }
        }
    }

    fn put_path(&mut self, value: &'a str) {
        let path = path_in(value);
        let is_path = is_drive_path(path)
            || path.starts_with(['/', '%', '~'])
            || path.starts_with("\\\\")
            || path.starts_with('\\');
        if is_path && path.len() > 1 {
            self.identify(IdentifierKind::Path, path);
        }
    }

    fn put_file(&mut self, value: &'a str) {
        let name = file_name(value);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ending.eq_ignore_ascii_case("sys") || ending.eq_ignore_ascii_case("inf") {
            self.identify(IdentifierKind::Driver, name);
        } else if ending.eq_ignore_ascii_case("exe") || ending.eq_ignore_ascii_case("com") {
            self.identify(IdentifierKind::Process, name);
        }
        self.put_path(value);
    }
}

/// True if the value stands for none: empty, or what tools write for it.
pub(super) fn is_blank(value: &str) -> bool {
    match value.as_bytes() {
        [] => true,
        [b'-'] => false, // "+/-" of Lansweeper: uninstalled.
        [first, ..] if first.eq_ignore_ascii_case(&b'n') || *first == b'(' || *first == b'<' => {
            ["null", "n/a", "(null)", "(none)", "<null>", "<none>", "(empty)", "nan"]
                .iter()
                .any(|blank| value.eq_ignore_ascii_case(blank))
        }
        _ => false,
    }
}

/// The providers of Windows' package management (`Get-PackageProvider`).
fn is_package_provider(value: &str) -> bool {
    ["Programs", "msi", "msu", "PowerShellGet", "NuGet", "Bootstrap", "chocolatey", "WinGet"]
        .iter()
        .any(|provider| value.eq_ignore_ascii_case(provider))
}

/// The last part of a registry path below an Uninstall key; anything else as it is.
fn key_name(value: &str) -> &str {
    let value = value.trim_end_matches('\\');
    match value.rsplit_once('\\') {
        Some((_, name)) => name,
        None => value,
    }
}

/// The file's name in a path.
fn file_name(value: &str) -> &str {
    let value = value.trim_matches('"');
    value.rsplit(['\\', '/']).next().unwrap_or(value)
}

/// The path at the start of a command or icon: quotation marks, arguments and icon numbers gone.
pub(super) fn path_in(value: &str) -> &str {
    if let Some(quoted) = value.strip_prefix('"') {
        return quoted.split('"').next().unwrap_or(quoted);
    }
    let end = [".exe", ".EXE", ".Exe", ".ico", ".ICO", ".dll", ".DLL"]
        .iter()
        .filter_map(|ending| value.find(ending).map(|at| at + ending.len()))
        .filter(|end| {
            value.get(*end..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        })
        .min();
    end.and_then(|end| value.get(..end)).unwrap_or(value)
}

fn has_letter(value: &str) -> bool {
    value.chars().any(char::is_alphabetic)
}

/// `pkg:deb/debian/kesl@12.1?arch=amd64` → `kesl`.
fn package_of_url(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("pkg:")?;
    let rest = rest.split(['?', '#']).next()?;
    let name = rest.rsplit('/').next()?;
    let name = name.split('@').next()?;
    (!name.is_empty()).then_some(name)
}

/// `cpe:2.3:a:kaspersky:endpoint_security:12.6:…` or `cpe:/a:kaspersky:endpoint_security`.
fn vendor_and_product(cpe: &str) -> Option<(&str, &str)> {
    let rest = cpe.strip_prefix("cpe:2.3:").or_else(|| cpe.strip_prefix("cpe:/"))?;
    let mut parts = rest.split(':').skip(1);
    Some((parts.next()?, parts.next()?))
}

/// What a status column says of a program that is not there (any more); `None` if it says that the
/// program is there, or something else.
fn presence_in(value: &str) -> Option<Presence> {
    const REMOVED: &[&str] = &[
        "-",
        "<=",
        "no",
        "false",
        "uninstalled",
        "removed",
        "not installed",
        "notinstalled",
        "not_installed",
        "absent",
        "not present",
        "deleted",
        "rc",
        "pn",
        "config-files",
        "deinstall ok config-files",
        "purge ok not-installed",
        "uninstallsuccess",
        "uninstall",
        "не установлено",
        "не установлена",
        "удалено",
        "удалена",
        "deinstalliert",
        "nicht installiert",
        "désinstallé",
        "non installé",
        "desinstalado",
        "no instalado",
        "não instalado",
        "未安装",
        "已卸载",
        "アンインストール済み",
    ];
    const AVAILABLE: &[&str] = &["available", "un", "unknown ok not-installed"];
    // The longest word is 25 characters, so a paragraph is not searched.
    if value.len() > 60 {
        return None;
    }
    let value = value.to_lowercase();
    if REMOVED.contains(&value.as_str()) || value.starts_with("deinstall ok") {
        Some(Presence::Removed)
    } else if AVAILABLE.contains(&value.as_str()) {
        Some(Presence::Available)
    } else {
        None
    }
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
