set -u

host=$(uname -n)

has() { command -v "$1" >/dev/null 2>&1; }

# Writes lines of fields with tabs between them as CSV: name, version, publisher, package, bundle,
# path, service. Whatever a field has of quotation marks is doubled, so that it stays one field.
as_csv() {
  host=$host LC_ALL=C awk -F '\t' '
    function quoted(text) { gsub(/"/, "\"\"", text); gsub(/\r/, "", text); return "\"" text "\"" }
    NF > 0 {
      line = quoted(ENVIRON["host"])
      for (at = 1; at <= 7; at++) line = line "," quoted($at)
      print line
    }'
}

debian() {
  # What is not installed stands in the list too, as long as its settings are kept.
  # shellcheck disable=SC2016 # dpkg-query knows these fields, not the shell.
  dpkg-query -W -f='${db:Status-Abbrev}\t${Package}\t${Version}\t${Maintainer}\n' 2>/dev/null |
    awk -F '\t' -v OFS='\t' '$1 ~ /^.i/ { print $2, $3, $4, $2, "", "", "" }'
}

red_hat() {
  rpm -qa --qf '%{NAME}\t%{VERSION}-%{RELEASE}\t%{VENDOR}\n' 2>/dev/null |
    awk -F '\t' -v OFS='\t' '{ if ($3 == "(none)") $3 = ""; print $1, $2, $3, $1, "", "", "" }'
}

arch() {
  pacman -Q 2>/dev/null | awk -v OFS='\t' '{ print $1, $2, "", $1, "", "", "" }'
}

alpine() {
  awk -v OFS='\t' '
    /^P:/ { name = substr($0, 3) }
    /^V:/ { version = substr($0, 3) }
    /^m:/ { maintainer = substr($0, 3) }
    /^$/ { if (name != "") print name, version, maintainer, name, "", "", ""; name = version = maintainer = "" }
    END { if (name != "") print name, version, maintainer, name, "", "", "" }
  ' /lib/apk/db/installed 2>/dev/null
}

snaps() {
  snap list 2>/dev/null | awk -v OFS='\t' 'NR > 1 { sub(/[*]+$/, "", $5); print $1, $2, $5, $1, "", "", "" }'
}

flatpaks() {
  flatpak list --app --columns=name,version,application 2>/dev/null |
    awk -F '\t' -v OFS='\t' '{ print $1, $2, "", $3, "", "", "" }'
}

services() {
  systemctl list-unit-files --type=service --no-legend --no-pager --plain 2>/dev/null |
    awk -v OFS='\t' '{ sub(/\.service$/, "", $1); print "", "", "", "", "", "", $1 }'
}

mac_apps() {
  find /Applications /Users/*/Applications -maxdepth 4 -name '*.app' -prune -print 2>/dev/null |
    while IFS= read -r app; do
      plist=$app/Contents/Info.plist
      name=${app##*/}
      bundle=$(/usr/libexec/PlistBuddy -c 'Print :CFBundleIdentifier' "$plist" 2>/dev/null)
      version=$(/usr/libexec/PlistBuddy -c 'Print :CFBundleShortVersionString' "$plist" 2>/dev/null)
      printf '%s\t%s\t\t\t%s\t%s\t\n' "${name%.app}" "$version" "$bundle" "$app"
    done
}

mac_receipts() {
  pkgutil --pkgs 2>/dev/null | awk -v OFS='\t' '{ print $0, "", "", "", $0, "", "" }'
}

printf '%s\n' '"host","name","version","publisher","package_id","bundle_id","path","service_name"'
{
  if has dpkg-query; then debian; fi
  if has rpm; then red_hat; fi
  if has pacman; then arch; fi
  if has apk; then alpine; fi
  if has snap; then snaps; fi
  if has flatpak; then flatpaks; fi
  if has systemctl; then services; fi
  if [ "$(uname -s)" = Darwin ]; then
    mac_apps
    mac_receipts
  fi
} | as_csv
