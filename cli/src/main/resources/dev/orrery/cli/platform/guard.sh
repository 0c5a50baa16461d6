# Reads what runs, one line per change: services;kafka;postgres as process numbers. When the supervisor is gone,
# however it went, the pipe ends, and what the last line names is stopped in order.
trap '' INT HUP TERM
services='' kafka='' postgres=''
while IFS=';' read -r a b c; do services=$a kafka=$b postgres=$c; done

alive() {
    for pid; do kill -0 "$pid" 2>/dev/null && return 0; done
    return 1
}

finish() {
    signal=$1 patience=15
    shift
    [ $# -gt 0 ] || return 0
    for pid; do kill -"$signal" "$pid" 2>/dev/null; done
    while [ "$patience" -gt 0 ] && alive "$@"; do
        sleep 1
        patience=$((patience - 1))
    done
    for pid; do kill -KILL "$pid" 2>/dev/null; done
}

# The lists are meant to fall apart into numbers.
# shellcheck disable=SC2086
{
    finish TERM $services
    finish TERM $kafka
    finish INT $postgres
}
