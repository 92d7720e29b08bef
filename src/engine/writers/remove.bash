#!/usr/bin/env bash
{head}
#
# Removes from this computer with Linux the programs that a Clearlist report found to be prohibited, and
# tells how a person removes those of a Mac.
#
# REVIEW IT BEFORE USE. What the report says is in the first part, what is done with it in the second.
# "bash clearlist-remove.sh --help" tells how to run it.

# shellcheck disable=SC2317,SC2329 # Not every report needs each function.
set -u
if [ -z "${BASH_VERSION:-}" ]; then
  echo 'Run it with bash.' >&2
  exit 2
fi
# Called as sh, bash leaves out what is used below.
set +o posix
# Texts are compared byte by byte, and tools answer in English.
export LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin

usage() {
  cat <<'END'
Usage: bash clearlist-remove.sh [--apply] [--force] [--only NUMBERS] [--include-review] [--log FILE]

Without --apply it changes nothing: it looks for the programs on this computer and tells exactly what it
would run. The same script is right for every computer of the report, since it asks the computer itself.

It removes packages of dpkg, rpm, pacman, apk, pkg, snap and flatpak by their names, one by one, so that
what another package needs is not removed. On a Mac it removes nothing. Whatever else has to be done is
told as a step for a person, in order. It deletes no files, and restarts nothing. What is set aside by a
recorded decision stays. It has no password in it and asks for none.

  --apply           really remove: as root, and after a question
  --force           with --apply: do not ask
  --only NUMBERS    the findings to remove, as in 1,3: the numbers of the first part, which the report has
                    too; without it all
  --include-review  remove also what the report wants a person to review first
  --log FILE        add the log to this file; with --apply it is /var/log/clearlist-remove.log if nothing
                    else is said, without --apply no log is written then
  --help            show this

Exit codes: 0 nothing of it is on the computer (any more); 4 something is there, and this was a dry run, or
a person has to do something; 1 a removal failed; 2 it was not started as it has to be.
END
}

# ---------------------------------------------------------------------------------------------
# First part: what the report says. Every text of an inventory is in single quotation marks,
# where bash reads nothing but text.
# ---------------------------------------------------------------------------------------------

# shellcheck disable=SC2016 # Nothing in these texts is to be read as anything but text.
the_report() {
{data}
}

# ---------------------------------------------------------------------------------------------
# Second part: what is done with it. It is the same in every such script.
# ---------------------------------------------------------------------------------------------

apply=no
force=no
include_review=no
only=
log=

tab=$(printf '\t')

say() {
  printf '%s\n' "$1"
  if [ -n "$log" ]; then printf '%s %s\n' "$(date '+%Y-%m-%dT%H:%M:%S%z')" "$1" >>"$log"; fi
}

stop() {
  printf '%s\n' "$1" >&2
  exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

# Text of this computer without what could move the cursor.
shown() { printf '%s' "${1//[[:cntrl:]]/?}"; }

# Names are compared up to the first dot and in small letters, since lists have long and short ones.
short_names() { tr '[:upper:]' '[:lower:]' | sed 's/[.].*//'; }

own_name=$(uname -n | short_names)
system=linux
if [ "$(uname -s)" = Darwin ]; then system=macos; fi

is_this_computer() {
  printf '%s\n' "$@" | short_names | grep -Fxq -e "$own_name"
}

# --- The report is read into lists: findings, things to look for, steps. ---

about_count=0
finding_count=0
thing_count=0
step_count=0
command_count=0

about() {
  about_text[about_count]=$1
  about_count=$((about_count + 1))
}

# Number, what may be done, product, name, version, whether it is about that version only (this) or any, and
# whether it is removed by this script or, where the rules leave it to whoever runs the fleet, by hand.
finding() {
  finding_at[$1]=$finding_count
  finding_number[finding_count]=$1
  finding_role[finding_count]=$2
  finding_product[finding_count]=$3
  finding_name[finding_count]=$4
  finding_version[finding_count]=$5
  finding_versions[finding_count]=$6
  finding_by[finding_count]=$7
  finding_named[finding_count]=unknown
  finding_aside[finding_count]=
  finding_aside_here[finding_count]=no
  finding_steps[finding_count]=
  finding_there[finding_count]=no
  finding_count=$((finding_count + 1))
}

# The computers that the report names for the last finding.
on_computers() {
  finding_named[finding_count - 1]=no
  if is_this_computer "$@"; then finding_named[finding_count - 1]=yes; fi
}

# A decision that sets the last finding aside, and the computers that it is for; none for all.
set_aside() {
  local last=$((finding_count - 1)) decision=$1
  shift
  if [ $# -gt 0 ] && is_this_computer "$@"; then
    finding_aside_here[last]=yes
    finding_aside[last]=$decision
  elif [ $# -eq 0 ] || [ "${finding_role[last]}" = leave ]; then
    # What is set aside on all computers of the report is not removed from others.
    finding_aside[last]=${finding_aside[last]:-$decision}
  fi
}

steps() { finding_steps[finding_count - 1]=" $* "; }

# What to look for: the finding's number, package, app, receipt or service, and its name.
thing() {
  thing_finding[thing_count]=${finding_at[$1]}
  thing_kind[thing_count]=$2
  thing_name[thing_count]=$3
  thing_by[thing_count]=
  thing_version[thing_count]=
  thing_code[thing_count]=
  thing_count=$((thing_count + 1))
}

# Where it is done (linux, macos or both), phase, who, title and text.
step() {
  step_system[step_count]=$1
  step_phase[step_count]=$2
  step_who[step_count]=$3
  step_title[step_count]=$4
  step_text[step_count]=$5
  step_count=$((step_count + 1))
}

# A command of the last step.
command_of_step() {
  command_step[command_count]=$step_count
  command_text[command_count]=$1
  command_count=$((command_count + 1))
}

# --- What is on this computer: what keeps it, its name and its version on each line. ---

packages() {
  if has dpkg-query; then
    # What is not installed stands in the list too, as long as its settings are kept.
    # shellcheck disable=SC2016 # dpkg-query knows these fields, not the shell.
    dpkg-query -W -f='${db:Status-Abbrev}\t${Package}\t${Version}\n' 2>/dev/null |
      awk -F '\t' -v OFS='\t' '$1 ~ /^.[^nc]/ { print "dpkg", $2, $3 }'
  fi
  if has rpm; then
    rpm -qa --qf 'rpm\t%{NAME}\t%{VERSION}-%{RELEASE}\n' 2>/dev/null
  fi
  if has pacman; then pacman -Q 2>/dev/null | awk -v OFS='\t' '{ print "pacman", $1, $2 }'; fi
  if has apk && [ -r /lib/apk/db/installed ]; then
    awk -v OFS='\t' '
      /^P:/ { name = substr($0, 3) }
      /^V:/ { print "apk", name, substr($0, 3) }
    ' /lib/apk/db/installed 2>/dev/null
  fi
  if [ "$(uname -s)" = FreeBSD ] && has pkg; then pkg query 'pkg\t%n\t%v' 2>/dev/null; fi
  if has snap; then snap list 2>/dev/null | awk -v OFS='\t' 'NR > 1 { print "snap", $1, $2 }'; fi
  if has flatpak; then
    flatpak list --system --app --columns=application,version 2>/dev/null |
      awk -F '\t' -v OFS='\t' '{ print "flatpak", $1, $2 }'
  fi
}

services() {
  if has systemctl; then
    systemctl list-unit-files --type=service --no-legend --no-pager --plain 2>/dev/null |
      awk -v OFS='\t' '{ sub(/\.service$/, "", $1); print "systemd", $1, "" }'
  fi
}

# Apps stand here twice: by their name and by their bundle id, each with the place.
apps() {
  if [ "$system" != macos ]; then return; fi
  find /Applications /Users/*/Applications -maxdepth 4 -name '*.app' -prune -print 2>/dev/null |
    while IFS= read -r app; do
      name=${app##*/}
      id=$(/usr/libexec/PlistBuddy -c 'Print :CFBundleIdentifier' "$app/Contents/Info.plist" 2>/dev/null)
      printf 'app\t%s\t%s\n' "${name%.app}" "$app"
      if [ -n "$id" ]; then printf 'app\t%s\t%s\n' "$id" "$app"; fi
    done
  if has pkgutil; then pkgutil --pkgs 2>/dev/null | awk -v OFS='\t' '{ print "receipt", $0, "" }'; fi
}

# Which of the things are there. Nothing of the report is handed to a tool that could take it for a pattern.
look() {
  local at=0 by version
  while [ "$at" -lt "$thing_count" ]; do
    thing_by[at]=
    at=$((at + 1))
  done
  listed=0
  while IFS=$tab read -r at by version; do
    if [ "$at" = listed ]; then
      listed=$by
    else
      thing_by[at]=$by
      thing_version[at]=$version
    fi
  done < <(
    {
      at=0
      while [ "$at" -lt "$thing_count" ]; do
        printf 'sought\t%s\t%s\t%s\n' "${thing_kind[at]}" "${thing_name[at]}" "$at"
        at=$((at + 1))
      done
      packages
      services
      apps
    } | awk -F '\t' -v OFS='\t' '
      BEGIN {
        split("dpkg rpm pacman apk pkg snap flatpak", keepers, " ")
        for (at in keepers) kind[keepers[at]] = "package"
        kind["app"] = kind["receipt"] = "app"
        kind["systemd"] = "service"
      }
      $1 == "sought" {
        key = $2 FS $3
        places[key] = places[key] " " $4
        next
      }
      {
        key = kind[$1] FS $2
        count = split(places[key], here, " ")
        for (at = 1; at <= count; at++) print here[at], $1, $3
        delete places[key]
        if (kind[$1] != "service") listed++
      }
      END { print "listed", listed + 0 }'
  )
}

# 12.0 is the version 12.0-6672 too.
is_version() {
  if [ -z "$1" ] || [ -z "$2" ]; then return 1; fi
  case $1 in "$2" | "$2".* | "$2"-*) return 0 ;; esac
  case $2 in "$1".* | "$1"-*) return 0 ;; esac
  return 1
}

# Rates how well a thing that is there fits its finding: of findings that differ in the version only, the one
# of this version fits best; where two fit alike, the more careful one.
rate() {
  local finding=${thing_finding[$1]} rating=1
  if is_version "${thing_version[$1]}" "${finding_version[finding]}"; then
    rating=20
  elif [ "${finding_versions[finding]}" = this ] && [ "${thing_kind[$1]}" = package ]; then
    thing_by[$1]=
  fi
  case ${finding_role[finding]} in
    leave) rating=$((rating + 6)) ;;
    review) rating=$((rating + 4)) ;;
  esac
  if [ -n "${finding_aside[finding]}" ]; then rating=$((rating + 8)); fi
  # A decision about this very computer holds for every version that is on it.
  if [ "${finding_aside_here[finding]}" = yes ]; then rating=$((rating + 100)); fi
  thing_rating[$1]=$rating
}

# Takes what fits another finding better as not there, and sees which findings then are.
settle() {
  local at=0 other
  while [ "$at" -lt "$thing_count" ]; do
    if [ -n "${thing_by[at]}" ]; then rate "$at"; fi
    other=0
    while [ -n "${thing_by[at]}" ] && [ "$other" -lt "$at" ]; do
      if [ "${thing_by[other]}" = "${thing_by[at]}" ] && [ "${thing_name[other]}" = "${thing_name[at]}" ]; then
        if [ "${thing_rating[other]}" -ge "${thing_rating[at]}" ]; then thing_by[at]=; else thing_by[other]=; fi
      fi
      other=$((other + 1))
    done
    at=$((at + 1))
  done
  at=0
  while [ "$at" -lt "$finding_count" ]; do
    finding_there[at]=no
    at=$((at + 1))
  done
  at=0
  while [ "$at" -lt "$thing_count" ]; do
    if [ -n "${thing_by[at]}" ]; then finding_there[thing_finding[at]]=yes; fi
    at=$((at + 1))
  done
}

is_chosen() {
  case $only in
    '' | *" $1 "*) return 0 ;;
  esac
  return 1
}

# Why a finding is left alone; nothing if it is not.
reason() {
  if [ -n "${finding_aside[$1]}" ] || [ "${finding_role[$1]}" = leave ]; then
    printf '%s' "set aside: ${finding_aside[$1]}"
  elif ! is_chosen "${finding_number[$1]}"; then
    printf '%s' 'not chosen with --only'
  elif [ "${finding_role[$1]}" = review ] && [ "$include_review" = no ]; then
    printf '%s' 'a person has to review it first; --include-review removes it too'
  fi
}

# True for a name that a package can have: none begins with a dash.
is_package_name() {
  case $1 in
    '' | [!A-Za-z0-9]* | *[!A-Za-z0-9+._-]*) return 1 ;;
  esac
}

# Sets `removal` to what removes the thing; false if only a person can.
command_for() {
  local name=${thing_name[$1]}
  if [ "${finding_by[thing_finding[$1]]}" = hand ]; then return 1; fi
  is_package_name "$name" || return 1
  case ${thing_by[$1]} in
    dpkg) removal=(dpkg -r "$name") ;;
    rpm) removal=(rpm -e "$name") ;;
    pacman) removal=(pacman -R --noconfirm "$name") ;;
    apk) removal=(apk del "$name") ;;
    pkg) removal=(pkg delete -y "$name") ;;
    snap) removal=(snap remove "$name") ;;
    flatpak) removal=(flatpak uninstall --system -y --noninteractive "$name") ;;
    *) return 1 ;;
  esac
}

title() {
  printf '%s. %s' "${finding_number[$1]}" "${finding_name[$1]}"
  if [ -n "${finding_version[$1]}" ]; then printf ' %s' "${finding_version[$1]}"; fi
  printf ' (%s)' "${finding_product[$1]}"
}

# The steps of these phases (each between spaces) that the findings (the same) have.
tell_steps() {
  local heading=$1 phases=$2 findings=$3 at=0 number finding is_wanted command
  while [ "$at" -lt "$step_count" ]; do
    number=$((at + 1))
    is_wanted=no
    for finding in $findings; do
      case ${finding_steps[finding]} in *" $number "*) is_wanted=yes ;; esac
    done
    case $phases in *" ${step_phase[at]} "*) ;; *) is_wanted=no ;; esac
    case ${step_system[at]} in both | "$system") ;; *) is_wanted=no ;; esac
    if [ "$is_wanted" = yes ]; then
      if [ -n "$heading" ]; then
        say ''
        say "$heading"
        heading=
      fi
      say "  $number. [${step_phase[at]}, ${step_who[at]}] ${step_title[at]}"
      say "     ${step_text[at]}"
      command=0
      while [ "$command" -lt "$command_count" ]; do
        if [ "${command_step[command]}" = "$number" ]; then say "       ${command_text[command]}"; fi
        command=$((command + 1))
      done
    fi
    at=$((at + 1))
  done
}

tell_thing() {
  say "     ${thing_kind[$1]} '$(shown "${thing_name[$1]}")' $(shown "${thing_version[$1]}") (${thing_by[$1]})"
}

# Tells what is there; sets `chosen`, the findings that are to be removed.
tell_plan() {
  local finding=0 at why runs
  chosen=' '
  while [ "$finding" -lt "$finding_count" ]; do
    if [ "${finding_there[finding]}" = yes ]; then
      say ''
      say "$(title "$finding")"
      why=$(reason "$finding")
      runs=no
      at=0
      while [ "$at" -lt "$thing_count" ]; do
        if [ "${thing_finding[at]}" = "$finding" ] && [ -n "${thing_by[at]}" ]; then
          tell_thing "$at"
          if [ -z "$why" ] && command_for "$at"; then runs=yes; fi
        fi
        at=$((at + 1))
      done
      if [ "${finding_named[finding]}" = no ]; then
        say '     The report does not name this computer for it; it is here all the same.'
      fi
      if [ -n "$why" ]; then
        say "     Left alone, $why."
      else
        chosen="$chosen$finding "
        if [ "$runs" = no ]; then
          say '     A person has to remove it, by the steps below.'
        fi
      fi
    fi
    finding=$((finding + 1))
  done
}

# Tells what will be run, in its order; sets `removals`.
tell_removals() {
  local at=0
  removals=0
  while [ "$at" -lt "$thing_count" ]; do
    if is_to_be_removed "$at"; then
      if [ "$removals" -eq 0 ]; then
        say ''
        say 'To run, in this order:'
      fi
      say "  ${removal[*]}"
      removals=$((removals + 1))
    fi
    at=$((at + 1))
  done
}

# True if the thing is there, chosen and removed by a command, which is then in `removal`.
is_to_be_removed() {
  [ -n "${thing_by[$1]}" ] && [ -z "$(reason "${thing_finding[$1]}")" ] && command_for "$1"
}

# Asks, then removes what was told, in the order of the report.
remove_all() {
  local at=0 answer
  if [ "$force" = no ] && [ "$removals" -gt 0 ]; then
    printf '\nIs what a person does before done? Type yes to remove %s package(s): ' "$removals"
    IFS= read -r answer || answer=
    if [ "$answer" != yes ]; then
      say 'Nothing was removed.'
      return
    fi
  fi
  while [ "$at" -lt "$thing_count" ]; do
    if is_to_be_removed "$at"; then
      say "Running: ${removal[*]}"
      # What is installed asks nobody, and what it says is kept.
      DEBIAN_FRONTEND=noninteractive "${removal[@]}" </dev/null >>"$log" 2>&1
      thing_code[at]=$?
      say "  code ${thing_code[at]}"
    fi
    at=$((at + 1))
  done
}

# Looks again, tells what remains, and sets `exit_code`.
tell_result() {
  local finding at failed=no left=no state still=' '
  look
  settle
  say ''
  say 'Result:'
  for finding in $chosen; do
    state=gone
    if [ "${finding_there[finding]}" = yes ]; then
      state='still here'
      left=yes
      still="$still$finding "
    fi
    say "  $(title "$finding"): $state"
    at=0
    while [ "$at" -lt "$thing_count" ]; do
      if [ "${thing_finding[at]}" = "$finding" ]; then
        if [ -n "${thing_code[at]}" ]; then
          if [ "${thing_code[at]}" = 0 ]; then state=removed; else state='failed, see the log'; fi
          # What is gone although its removal complained is gone.
          if [ "${thing_code[at]}" != 0 ] && [ -n "${thing_by[at]}" ]; then failed=yes; fi
          say "     ${thing_name[at]}: $state, code ${thing_code[at]}"
        elif [ -n "${thing_by[at]}" ]; then
          tell_thing "$at"
        fi
      fi
      at=$((at + 1))
    done
  done
  tell_steps 'For what is still here, a person does:' ' remove ' "$still"
  tell_steps 'After the removal, a person does:' ' clean-up restart verify replace ' "$chosen"
  say "The log is $log."
  exit_code=0
  if [ "$left" = yes ]; then exit_code=4; fi
  if [ "$failed" = yes ]; then exit_code=1; fi
}

read_arguments() {
  local numbers number
  while [ $# -gt 0 ]; do
    case $1 in
      --apply) apply=yes ;;
      --force) force=yes ;;
      --include-review) include_review=yes ;;
      --only | --log)
        if [ $# -lt 2 ]; then stop "$1 needs a value; --help tells more."; fi
        if [ "$1" = --only ]; then only="$only,$2"; else log=$2; fi
        shift
        ;;
      --only=*) only="$only,${1#*=}" ;;
      --log=*) log=${1#*=} ;;
      --help | -h)
        usage
        exit 0
        ;;
      *) stop "$1 is not known; --help tells what is." ;;
    esac
    shift
  done
  case $only in
    '') return ;;
    *[!0-9,]*) stop '--only: numbers with commas between them, as in 1,3.' ;;
  esac
  numbers=${only//,/ }
  only=' '
  for number in $numbers; do
    if ! is_finding "$number"; then stop "--only: no finding for this kind of computer has the number $number."; fi
    only="$only$number "
  done
  if [ "$only" = ' ' ]; then stop '--only: no number is given.'; fi
}

is_finding() {
  # Without zeros before it, since a number that begins with one is octal.
  case $1 in 0*) return 1 ;; esac
  [ -n "${finding_at[$1]:-}" ]
}

may_begin() {
  if [ "$apply" = yes ]; then
    if [ "$(id -u)" != 0 ]; then stop '--apply: run it as root, as with sudo.'; fi
    if [ "$force" = no ] && [ ! -t 0 ]; then
      stop '--apply: there is nobody to ask here. Use --force if this was reviewed.'
    fi
    if [ -z "$log" ]; then log=/var/log/clearlist-remove.log; fi
  fi
  if [ -n "$log" ] && ! (umask 077 && : >>"$log") 2>/dev/null; then stop "The log $log cannot be written."; fi
}

main() {
  local at=0 removable=0
  the_report
  read_arguments "$@"
  may_begin
  while [ "$at" -lt "$about_count" ]; do
    say "${about_text[at]}"
    at=$((at + 1))
  done
  at=0
  while [ "$at" -lt "$finding_count" ]; do
    if [ "${finding_role[at]}" != leave ]; then removable=$((removable + 1)); fi
    at=$((at + 1))
  done
  if [ "$removable" -eq 0 ]; then
    say 'No finding of the report is to be removed from a computer with Linux or macOS: there is nothing to do.'
    exit 0
  fi
  if [ "$apply" = yes ]; then
    say "Computer $(uname -n): removal, started by $(id -un) (${SUDO_USER:-not by sudo}), only:${only:- all}."
  else
    say "Computer $(uname -n): dry run, nothing is changed."
  fi
  look
  if [ "$listed" -eq 0 ]; then
    say 'What is installed cannot be listed here: no package manager that this script knows answers. A person has to look.'
    exit 4
  fi
  settle
  tell_plan
  if [ "$chosen" = ' ' ]; then
    say ''
    say 'Nothing that is to be removed is on this computer.'
    exit 0
  fi
  tell_steps 'Before anything is removed, a person does:' ' before ' "$chosen"
  tell_steps 'How it is removed by hand, where nothing is run below:' ' remove ' "$chosen"
  tell_removals
  if [ "$apply" = no ]; then
    tell_steps 'After the removal, a person does:' ' clean-up restart verify replace ' "$chosen"
    say ''
    say 'This was a dry run. With --apply it runs what stands under "To run".'
    exit 4
  fi
  remove_all
  tell_result
  say "Exit code $exit_code."
  exit "$exit_code"
}

main "$@"
{foot}
