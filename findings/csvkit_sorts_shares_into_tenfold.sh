#!/usr/bin/env bash
# Version:   csvkit 2.2.0 with agate 1.14.2, from PyPI
# Question:  A Norwegian CSV file (semicolons, 1,5 for one and a half, a code that is "sun") is put in order of its first column: `csvsort -d ';' -c place`.
#            Are the other columns as they were?
# Guess:     Yes, letter for letter: to sort is to move rows, and what is no number to the program is text.
# Behaviour: No. Types are guessed of every column and all is written anew: 1,5 is 15 and 12,25 is 1225, since a comma is taken out as one between thousands
#            wherever it stands; 0301 is 301; the codes sun and mon are days of January of the year 1; 1d and 2h are lengths of time; n and 1 are False
#            and True. With `-L nb_NO` the comma is right and the rest is as without; with -I all is as it was. `csvstat` gives 620 as the mean.
# Seen:      plain: Bø,15,301,0001-01-07,"1 day, 0:00:00",False; -L nb_NO: Bø,1.5,301,0001-01-07,…; -I: Bø,"1,5",0301,sun,1d,n; mean 620
# Matters:   to whoever cleans or merges tables in a shell: shares and amounts are ten and a hundred times too high in the file, and say nothing.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
printf 'place;share;code;kind;length;answer\nNes;12,25;1103;mon;2h;1\nBø;1,5;0301;sun;1d;n\n' > "$folder/given.csv"
plain=$("$folder/venv/bin/csvsort" -d ';' -c place "$folder/given.csv")
norwegian=$("$folder/venv/bin/csvsort" -d ';' -L nb_NO -c place "$folder/given.csv")
letters=$("$folder/venv/bin/csvsort" -d ';' -I -c place "$folder/given.csv")
mean=$("$folder/venv/bin/csvstat" -d ';' -c share --mean "$folder/given.csv")
printf '%s\n\n%s\n\n%s\n\nmean %s\n' "$plain" "$norwegian" "$letters" "$mean"
[ "$plain" = 'place,share,code,kind,length,answer
Bø,15,301,0001-01-07,"1 day, 0:00:00",False
Nes,1225,1103,0001-01-08,2:00:00,True' ]
[ "$norwegian" = 'place,share,code,kind,length,answer
Bø,1.5,301,0001-01-07,"1 day, 0:00:00",False
Nes,12.25,1103,0001-01-08,2:00:00,True' ]
[ "$letters" = 'place,share,code,kind,length,answer
Bø,"1,5",0301,sun,1d,n
Nes,"12,25",1103,mon,2h,1' ]
[ "$mean" = 620 ]
