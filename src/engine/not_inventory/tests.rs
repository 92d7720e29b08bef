use super::*;

fn text(text: &str) -> Option<&'static str> {
    looks_like_text(&Sample { text, is_whole: true, tables: &[] }).map(|(looks_like, _)| looks_like)
}

#[test]
fn systeminfo_is_told_in_many_languages() {
    for output in [
        "\nHost Name:                 PC-17\nOS Name:                   Microsoft Windows 11 Pro\nOS Version:                10.0.22631 N/A Build 22631\nHotfix(s):                 3 Hotfix(s) Installed.\n",
        "C:\\>systeminfo\n\nHostname:                     PC-17\nBetriebssystemname:           Microsoft Windows 10 Pro\nBetriebssystemversion:        10.0.19045\n",
        "Имя узла:                         PC-17\nНазвание ОС:                      Майкрософт Windows 10 Pro\nВерсия ОС:                        10.0.19045\n",
        "Nom de l’hôte:                              PC-17\nNom du système d’exploitation:              Microsoft Windows 11\nVersion du système:                         10.0\n",
        "主机名:           PC-17\nOS 名称:          Microsoft Windows 11\nOS 版本:          10.0.22631\n",
        "ホスト名:               PC-17\nOS 名:                  Microsoft Windows 11\nOS バージョン:          10.0\n",
        "\"Host Name\",\"OS Name\",\"OS Version\",\"OS Manufacturer\"\n\"PC-17\",\"Windows\",\"10\",\"Microsoft\"\n",
    ] {
        assert_eq!(text(output), Some("the output of systeminfo"), "{output}");
    }
}

#[test]
fn other_texts_are_told_by_their_signs() {
    for (sample, expected) in [
        (
            "\nWindows IP Configuration\n\n   Host Name . . . . : PC\n",
            "network settings (ipconfig or ifconfig)",
        ),
        (
            "1: lo: <LOOPBACK,UP> mtu 65536 qdisc\n    link/loopback 00:00\n    inet 127.0.0.1/8 scope\n",
            "network settings (ipconfig or ifconfig)",
        ),
        ("<!DOCTYPE html>\n<html lang=\"en\">\n", "a web page (HTML)"),
        ("<?xml version=\"1.0\"?>\n<REQUEST>\n", "an XML file"),
        ("{\\rtf1\\ansi\n", "a formatted document (RTF)"),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n", "a certificate or a key"),
        (
            "System Information report written at: 01/31/26 12:00:00\nSystem Name: PC\n[System Summary]\n",
            "a System Information (msinfo32) report",
        ),
        ("Source        Description      HotFixID      InstalledBy\n", "a list of Windows updates"),
        (
            "00:00:0C\tCisco Systems\n00:00:0D\tFibronics\n00:00:0E\tFujitsu\n00:00:0F\tNext\n00:00:10\tSytek\n",
            "a table of network card makers (MAC addresses)",
        ),
        (
            "function FindProxyForURL(url, host) {\n  return \"DIRECT\";\n}\n",
            "a proxy configuration (PAC)",
        ),
        (
            "# hosts\n0.0.0.0 kaspersky.com\n0.0.0.0 a.b\n0.0.0.0 c.d\n0.0.0.0 e.f\n",
            "a block list or hosts file",
        ),
        ("||kaspersky.com^\n||a.com^\n||b.com^\n||c.com^\n", "a block list or hosts file"),
        ("kaspersky.com\nkaspersky.ru\nwww.example.org\n", "a list of web addresses"),
        ("From: Ana\nSent: Monday\nTo: Bob\nSubject: list\n\n7-Zip\n", "an e-mail message"),
        (
            "2026-01-31 12:00:01 INFO a\n2026-01-31 12:00:02 INFO b\n2026-01-31 12:00:03 c\n2026-01-31 12:00:04 d\n",
            "a log",
        ),
        (
            "Jan 31 12:00:01 pc a\nJan 31 12:00:01 pc b\nJan 31 12:00:01 pc c\nJan 31 12:00:02 pc d\n",
            "a log",
        ),
        ("#!/bin/sh\nrpm -qa\n", "a script or program source"),
        (
            "import os.path\nfrom sys import argv\ndef f(x):\n    return x.y\nclass A(object):\n    def g(self):\n",
            "a script or program source",
        ),
        (
            "winget : The term 'winget' is not recognized as the name of a cmdlet, function\nAt line:1 char:1\n",
            "an error message of the command line",
        ),
        (
            "INFO: No tasks are running which match the specified criteria.\n",
            "an error message of the command line",
        ),
        ("PS C:\\> winget list\n", "a command, not what it prints"),
        ("me@pc:~$ dpkg -l | less\n", "a command, not what it prints"),
        ("sudo rpm -qa\n", "a command, not what it prints"),
        (
            "Get-ItemProperty HKLM:\\Software\\*, HKCU:\\Software\\* | Select-Object DisplayName\n",
            "a command, not what it prints",
        ),
        ("Source Description HotFixID InstalledBy\n", "a list of Windows updates"),
        (
            "\nSource      : PC\nDescription : Update\nHotFixID    : KB1\n",
            "a list of Windows updates",
        ),
        (
            "Caption   CSName  Description  FixComments  HotFixID  InstallDate  InstalledBy\n",
            "a list of Windows updates",
        ),
        (
            "\nUser accounts for \\\\PC-17\n\n---\nana  Guest\n",
            "a list of user accounts (net user)",
        ),
        (
            "NAME                     READY   STATUS    RESTARTS   AGE\n\
             web-5d8f7c9b6-abcde      1/1     Running   0          3d\n",
            "a list of containers or of what runs in a cluster (docker, kubectl)",
        ),
        (
            "CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS   PORTS   NAMES\n\
             0123456789ab   web:1     \"run\"     2 days    Up 2 days          web\n",
            "a list of containers or of what runs in a cluster (docker, kubectl)",
        ),
        (
            "IMAGE                  ID             DISK USAGE   CONTENT SIZE   EXTRA\n\
             nginx:latest           605c77e624dd        279MB         72.3MB    U\n",
            "a list of containers or of what runs in a cluster (docker, kubectl)",
        ),
        (
            "registry.k8s.io/pause:3.9\ndocker.io/library/nginx:1.25\n",
            "a list of containers or of what runs in a cluster (docker, kubectl)",
        ),
        (
            "{\n  \"apiVersion\": \"v1\",\n  \"items\": [],\n  \"kind\": \"List\"\n}\n",
            "a list of containers or of what runs in a cluster (docker, kubectl)",
        ),
        (
            "{\n  \"name\": \"lib\",\n  \"dependencies\": {\n    \"npm\": {\n      \"version\": \"10.2.3\",\n      \"overridden\": false\n    }\n  }\n}\n",
            "a list of packages as JSON (npm ls --json)",
        ),
        (
            "Filesystem     1K-blocks    Used Available Use% Mounted on\n\
             /dev/sda1       41152736 9123456  29912345  24% /\n",
            "a list of disks (df, lsblk)",
        ),
        (
            "Pinging example.com [192.0.2.1] with 32 bytes of data:\n",
            "a test of a network connection (ping, tracert)",
        ),
        ("a report.docx\nb list.xlsx\nphoto.JPG\n", "the contents of a folder"),
        (
            "total 3\n-rw-r--r-- 1 me me 10 Jan 31 12:00 a\ndrwxr-xr-x 2 me me 10 Jan 31 12:00 b\n-rwxr-xr-x 1 me me 10 Jan 31 12:00 c\n",
            "the contents of a folder",
        ),
        (
            "    Directory: C:\\Users\\me\n\nMode                 LastWriteTime         Length Name\n----\n-a---- 1/31/2026 a.txt\n",
            "the contents of a folder",
        ),
        (
            "OUI/MA-L                      Organization\n00-00-0C   (hex)\t\tCisco Systems, Inc\n",
            "a table of network card makers (MAC addresses)",
        ),
        (
            "ApplNo\tProductNo\tForm\tStrength\tReferenceDrug\tDrugName\n",
            "a table of medicines (Drugs@FDA)",
        ),
        (
            "{\n  \"name\": \"x\",\n  \"lockfileVersion\": 3,\n  \"packages\": {}\n}\n",
            "the list of libraries that a program is built from",
        ),
        (
            "{\n  \"name\": \"x\",\n  \"scripts\": {},\n  \"dependencies\": {\n    \"a\": \"1\"\n  }\n}\n",
            "the list of libraries that a program is built from",
        ),
        (
            "requests==2.31.0\nurllib3==2.1.0\ncertifi==2023.11.17\n",
            "the list of libraries that a program is built from",
        ),
        (
            "# This file is generated\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"f\"\n",
            "the list of libraries that a program is built from",
        ),
        (
            "diff --git a/x b/x\n--- a/x\n+++ b/x\n",
            "a comparison or the history of source code (git, diff)",
        ),
        (
            "Dear colleagues,\n\nplease send us the name of each program and its version.\n\nKind regards,\nAna\n",
            "a letter",
        ),
        ("-- MySQL dump 10.13\n", "a database dump"),
        (
            "Fix result of Farbar Recovery Scan Tool (x64) Version: 05-01-2024\n",
            "the log of a fix by FRST",
        ),
        ("Malwarebytes\nwww.malwarebytes.com\n\n-Log Details-\n", "the report of a virus scan"),
        ("Event[0]:\n  Log Name: Application\n", "a Windows event log as text"),
        (
            "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Time Format: Local\n#Fields: date time action\n",
            "the log of a server or firewall",
        ),
        (
            "192.0.2.1 - - [31/Jan/2026:12:00:01 +0000] \"GET / HTTP/1.1\" 200 1\n192.0.2.1 - - [31/Jan/2026:12:00:01 +0000] \"GET / HTTP/1.1\" 200 1\n192.0.2.1 - - [31/Jan/2026:12:00:01 +0000] \"GET / HTTP/1.1\" 200 1\n192.0.2.1 - - [31/Jan/2026:12:00:01 +0000] \"GET / HTTP/1.1\" 200 1\n",
            "the log of a server or firewall",
        ),
        (
            "=== Verbose logging started: 1/31/2026  12:00:00  Build type: SHIP UNICODE ===\n",
            "the log of an installation",
        ),
        (
            " Volume in drive C is OS\n Volume Serial Number is 1234-5678\n",
            "the contents of a folder (dir)",
        ),
    ] {
        assert_eq!(text(sample), Some(expected), "{sample}");
    }
}

#[test]
fn lists_of_programs_are_not_taken_for_anything_else() {
    for list in [
        "System Information Viewer\nSystem Information\nOS Name Changer\nHost Name Tool\n",
        "Host Name: PC-17\nKaspersky Endpoint Security\n7-Zip\n",
        "com.kaspersky.kes\ncom.kms.free\norg.mozilla.firefox\nio.github.app\n",
        "Kaspersky.Kaspersky\nTencent.WeChat\nNode.js\n",
        "Name,Version,Publisher\nA,1,B\n",
        "Time,Entry Location,Entry\n2026-01-31 12:00:01,HKLM,avp\n2026-01-31 12:00:01,HKLM,a\n2026-01-31 12:00:01,HKLM,b\n2026-01-31 12:00:01,HKLM,c\n2026-01-31 12:00:01,HKLM,d\n",
        "PS C:\\> winget list\nName   Id   Version\n--------------------\n",
        "winget\nPowerShell 7\nSudo for Windows\n",
        "Sudo for Windows\n",
        "PS Remote Play\n",
        "[\n  {\n    \"name\": \"A\"\n  },\n  {\n    \"name\": \"B\"\n  },\n  {\n    \"name\": \"C\"\n  }\n]\n",
        "DisplayName     : A\nDisplayVersion  : 1.0\n\nDisplayName     : B\n",
        "From Dust\nTo the Moon\nSubject 13\nDate A Live\n",
        "kesl-12.1.0-1297.x86_64\nbash-5.2-1.x86_64\nca-certificates-2023-1.noarch\n",
        "ii  bash  5.2  amd64  shell\nii  kesl  12  amd64  x\n",
        "100000 Steps\n123456 Game\n200000 Leagues\n300000 Miles\n400000 Words\n",
        "Access 2016\nPermission Manager\n",
        "total 0\ndrwxr-xr-x 3 root wheel 96 Jan 31 Firefox.app\ndrwxr-xr-x 3 root wheel 96 Jan 31 Kaspersky.app\ndrwxr-xr-x 3 root wheel 96 Jan 31 Zoom.app\n",
        "Node.js\nASP.NET\nPaint.NET\nPDF24 Creator\n",
        "Dear Esther\nFirefox\nYours to Keep\n",
        "Dear Ana,\n\nthis is what is on my computer:\nFirefox\n7-Zip\n\nKind regards,\nBob\n",
        "GEM Desktop\nFirefox\n",
        "[{\"name\": \"A\", \"version\": \"1\", \"publisher\": \"B\"}]\n",
        "",
    ] {
        assert_eq!(text(list), None, "{list}");
    }
}
