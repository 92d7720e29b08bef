//! The output of `systeminfo` in the languages of Windows.

use super::text::Look;

/// Three of the labels that systeminfo has in one language; as a table (`/fo csv`), its header.
pub(super) fn is_systeminfo(look: &Look<'_>) -> bool {
    const LABELS: &[&[&str]] = &[
        &[
            "Host Name:",
            "OS Name:",
            "OS Version:",
            "OS Manufacturer:",
            "OS Configuration:",
            "Registered Owner:",
            "Original Install Date:",
            "System Boot Time:",
            "System Manufacturer:",
            "Hotfix(s):",
        ],
        &[
            "Hostname:",
            "Betriebssystemname:",
            "Betriebssystemversion:",
            "Betriebssystemhersteller:",
            "Betriebssystemkonfiguration:",
            "Systemstartzeit:",
            "Systemhersteller:",
            "Registrierter Benutzer:",
            "Hotfix(es):",
        ],
        &[
            "Nom de l’hôte:",
            "Nom de l'hôte:",
            "Nom du système d’exploitation:",
            "Nom du système d'exploitation:",
            "Version du système:",
            "Fabricant du système d’exploitation:",
            "Fabricant du système d'exploitation:",
            "Propriétaire enregistré:",
            "Fabricant du système:",
            "Identificateur de produit:",
        ],
        &[
            "Nombre de host:",
            "Nombre del sistema operativo:",
            "Versión del sistema operativo:",
            "Fabricante del sistema operativo:",
            "Configuración del sistema operativo:",
            "Propiedad de:",
            "Fabricante del sistema:",
            "Fecha de instalación original:",
        ],
        &[
            "Nome do host:",
            "Nome do sistema operacional:",
            "Versão do sistema operacional:",
            "Fabricante do sistema operacional:",
            "Proprietário registrado:",
            "Fabricante do sistema:",
            "Data da instalação original:",
        ],
        &[
            "Nome host:",
            "Nome SO:",
            "Versione SO:",
            "Produttore SO:",
            "Configurazione SO:",
            "Proprietario registrato:",
            "Produttore sistema:",
        ],
        &[
            "Имя узла:",
            "Название ОС:",
            "Версия ОС:",
            "Изготовитель ОС:",
            "Параметры ОС:",
            "Сборка ОС:",
            "Зарегистрированный владелец:",
            "Дата установки:",
            "Изготовитель системы:",
            "Исправление(я):",
        ],
        &[
            "Ім'я вузла:",
            "Ім’я вузла:",
            "Назва ОС:",
            "Версія ОС:",
            "Виробник ОС:",
            "Конфігурація ОС:",
        ],
        &[
            "主机名:",
            "OS 名称:",
            "OS 版本:",
            "OS 制造商:",
            "OS 配置:",
            "注册的所有人:",
            "初始安装日期:",
            "系统制造商:",
        ],
        &["主機名稱:", "作業系統名稱:", "作業系統版本:", "作業系統製造商:", "系統製造商:"],
        &[
            "ホスト名:",
            "OS 名:",
            "OS バージョン:",
            "OS 製造元:",
            "OS 構成:",
            "登録されている所有者:",
            "システム製造元:",
        ],
        &["호스트 이름:", "OS 이름:", "OS 버전:", "OS 제조업체:", "OS 구성:", "시스템 제조업체:"],
        &[
            "Nazwa hosta:",
            "Nazwa systemu operacyjnego:",
            "Wersja systemu operacyjnego:",
            "Producent systemu operacyjnego:",
            "Producent systemu:",
        ],
        &[
            "Hostnaam:",
            "Naam van besturingssysteem:",
            "Versie van besturingssysteem:",
            "Fabrikant van besturingssysteem:",
            "Systeemfabrikant:",
        ],
        &[
            "Ana Bilgisayar Adı:",
            "İşletim Sistemi Adı:",
            "İşletim Sistemi Sürümü:",
            "İşletim Sistemi Üreticisi:",
        ],
    ];
    let is_table = look
        .lines
        .iter()
        .take(3)
        .any(|line| line.starts_with("\"Host Name\",\"OS Name\",\"OS Version\""));
    is_table
        || LABELS.iter().any(|labels| {
            let found = labels
                .iter()
                .filter(|label| look.lines.iter().take(60).any(|line| has_label(line, label)))
                .count();
            found >= 3
        })
}

/// True if the line begins with the label. Some languages put a blank before the colon.
fn has_label(line: &str, label: &str) -> bool {
    let Some(word) = label.strip_suffix(':') else { return false };
    line.strip_prefix(word)
        .is_some_and(|rest| rest.trim_start_matches([' ', '\u{A0}']).starts_with(':'))
}
