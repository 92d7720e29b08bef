//! Which field of a record a header word, key or label means: one table for all formats and tools.

use super::Field;

/// What a header word means. Of two words for the same field the one of lower rank is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::formats) struct Meaning {
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
pub(super) const LAST_RESORT: u8 = 8;

/// The longest path that may mean anything, in bytes: each of its parts is read with all that follows it,
/// and the longest real ones have some eighty.
const PATH_BYTES: usize = 256;

/// What a header word, key or label means, if it means any field of a record.
///
/// Words of a path may be joined with dots (`data.package.name`): the word with as much of its
/// path as is known decides.
pub(in crate::engine::formats) fn meaning_of(header: &str) -> Option<Meaning> {
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
        return if header.len() <= PATH_BYTES { meaning_of_path(header) } else { None };
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
pub(super) fn normalised(header: &str) -> String {
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
pub(super) fn names_a_product(word: &str) -> bool {
    ["product", "produkt", "produit", "produto", "prodotto", "продукт", "产品", "產品", "製品"]
        .iter()
        .any(|part| word.contains(part))
}

/// True if the word is for a program, and for nothing else: a title or a label may be that of an update of the product.
pub(super) fn names_a_program(word: &str) -> bool {
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
