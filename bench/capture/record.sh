#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Records the default capture: real TCP and UDP traffic with loss between a
# client and a server in network namespaces of their own, as seen at the
# server. Needs root. Takes less than two minutes and removes what it made.
#
#   sudo bench/capture/record.sh [output.pcap]
#
#   client --- router --- server        10.77.1.0/24  fd77:1::/64   client side
#                                       10.77.2.0/24  fd77:2::/64   server side
#
# The router limits the rate towards the client (token bucket, so a queue
# builds up and overflows) and drops 2 % of the packets in each direction:
# with netem where the kernel has it, with an nftables random drop elsewhere.
set -euo pipefail

LIMIT_SECONDS=110
LOSS_PERCENT=2
RATE=16mbit
SNAP=96

if [ -z "${LATCHWORK_RECORD_BOUNDED:-}" ]; then
  export LATCHWORK_RECORD_BOUNDED=1
  exec timeout --foreground -k 9 "$LIMIT_SECONDS" "$0" "$@"
fi

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/main/resources/io/latchwork/bench/default.pcap}

fail() { echo "record.sh: $*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail "must run as root (network namespaces, tcpdump)"
missing=
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing\n  $1 (Debian package $2)"; }
need ip iproute2
need tc iproute2
need ethtool ethtool
need nft nftables
need tcpdump tcpdump
need nginx nginx-light
need curl curl
need nc netcat-openbsd
need dnsmasq dnsmasq-base
need dig bind9-dnsutils
need sysctl procps
[ -z "$missing" ] || fail "missing tools:$(printf '%b' "$missing")"

client=lw-client-$$
router=lw-router-$$
server=lw-server-$$
work=$(mktemp -d /tmp/latchwork-record.XXXXXX)
chmod 755 "$work"

cleanup() {
  trap - EXIT
  trap '' INT TERM HUP
  for pid in $(jobs -p); do kill "$pid" 2>/dev/null || true; done
  for ns in "$client" "$router" "$server"; do
    for pid in $(ip netns pids "$ns" 2>/dev/null); do
      kill -KILL "$pid" 2>/dev/null || true
    done
    ip netns del "$ns" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

c() { ip netns exec "$client" "$@"; }
r() { ip netns exec "$router" "$@"; }

# --- the network ------------------------------------------------------------
for ns in "$client" "$router" "$server"; do
  ip netns add "$ns"
  ip -n "$ns" link set lo up
done
ip -n "$client" link add eth0 address 02:00:00:00:01:01 type veth \
  peer name toclient address 02:00:00:00:01:02 netns "$router"
ip -n "$server" link add eth0 address 02:00:00:00:02:01 type veth \
  peer name toserver address 02:00:00:00:02:02 netns "$router"

sides="$client:eth0:1:1 $router:toclient:1:2 $server:eth0:2:1 $router:toserver:2:2"
for side in $sides; do
  IFS=: read -r ns dev net host <<<"$side"
  # one frame is one segment: no segmentation offload, no coalescing
  ip netns exec "$ns" ethtool -K "$dev" tso off gso off gro off >/dev/null 2>&1 || true
  ip -n "$ns" addr add "10.77.$net.$host/24" dev "$dev"
  ip -n "$ns" addr add "fd77:$net::$host/64" dev "$dev" nodad
  ip -n "$ns" link set "$dev" up
done
ip -n "$client" route add default via 10.77.1.2
ip -n "$client" -6 route add default via fd77:1::2
ip -n "$server" route add default via 10.77.2.2
ip -n "$server" -6 route add default via fd77:2::2
r sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
for ns in "$client" "$server"; do
  ip netns exec "$ns" sysctl -qw net.ipv4.tcp_no_metrics_save=1
done

# --- rate and loss ----------------------------------------------------------
r tc qdisc add dev toclient root handle 1: tbf rate "$RATE" burst 4kb limit 60000
if r tc qdisc add dev toserver root netem loss "$LOSS_PERCENT%" 2>/dev/null \
    && r tc qdisc add dev toclient parent 1:1 netem loss "$LOSS_PERCENT%" limit 60 2>/dev/null; then
  loss="netem"
else
  r tc qdisc del dev toserver root 2>/dev/null || true
  r nft -f - <<NFT
table inet loss {
  chain forward {
    type filter hook forward priority 0; policy accept;
    numgen random mod 100 < $LOSS_PERCENT counter drop
  }
}
NFT
  loss="nftables random drop"
fi
echo "loss: $LOSS_PERCENT % by $loss, rate to the client: $RATE"

# --- the servers ------------------------------------------------------------
mkdir -p "$work/www" "$work/nginx"
for kb in 1 4 16 64 600 4000; do
  head -c $((kb * 1024)) /dev/urandom >"$work/www/$kb.bin"
done
chmod -R a+rX "$work/www"
cat >"$work/nginx.conf" <<NGINX
daemon off;
master_process off;
user root;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path $work/nginx/body;
  proxy_temp_path $work/nginx/proxy;
  fastcgi_temp_path $work/nginx/fastcgi;
  uwsgi_temp_path $work/nginx/uwsgi;
  scgi_temp_path $work/nginx/scgi;
  keepalive_timeout 2s;
  server { listen 80; listen [::]:80; root $work/www; }
}
NGINX
ip netns exec "$server" nginx -p "$work/nginx" -c "$work/nginx.conf" -e "$work/nginx/error.log" &
disown
ip netns exec "$server" dnsmasq --keep-in-foreground --no-resolv --no-hosts --no-daemon --pid-file= \
  --conf-file=/dev/null --user=root --bind-interfaces --interface=eth0 \
  --address=/bench.test/10.77.2.1 --address=/bench.test/fd77:2::1 >/dev/null 2>&1 &
disown
sleep 1

ip netns exec "$server" tcpdump -i eth0 -s "$SNAP" -B 8192 --time-stamp-precision=nano -Z root \
  -w "$work/out.pcap" 2>"$work/tcpdump.log" &
disown
for _ in $(seq 50); do
  grep -q 'listening on' "$work/tcpdump.log" 2>/dev/null && break
  sleep 0.1
done
grep -q 'listening on' "$work/tcpdump.log" || fail "tcpdump did not start: $(cat "$work/tcpdump.log")"
dump=$(ip netns pids "$server" | while read -r p; do
  [ "$(cat "/proc/$p/comm")" = tcpdump ] && echo "$p"; done)

# --- the clients ------------------------------------------------------------
v4=http://10.77.2.1
v6=http://[fd77:2::1]
get() { c curl -s -g -o /dev/null --max-time 20 "$@" || true; }

# a few long transfers, in the background of everything else
jobs_long=()
get "$v4/600.bin" & jobs_long+=($!)
get "$v6/600.bin" & jobs_long+=($!)
get --limit-rate 60k "$v4/600.bin" & jobs_long+=($!)

# short connections: sixteen workers, each fetch a connection of its own
short() {
  local i url sizes=(1 1 4 1 4 16 1 4 1 16)
  for i in $(seq 14); do
    url=$v4
    [ $((($1 + i) % 4)) = 0 ] && url=$v6
    get "$url/${sizes[$((($1 * 3 + i) % 10))]}.bin"
  done
}
jobs_short=()
for w in $(seq 16); do short "$w" & jobs_short+=($!); done

# names asked for over UDP, each query from a port of its own
names() {
  local i kind
  for i in $(seq 12); do
    kind=A
    [ $((i % 3)) = 0 ] && kind=AAAA
    c dig +short +tries=3 +timeout=1 @10.77.2.1 "host$1-$i.bench.test" "$kind" >/dev/null || true
    sleep 0.2
  done
}
for w in 1 2 3 4; do names "$w" & jobs_short+=($!); done

# several requests on one connection, which then idles until the server closes it
keep() {
  for _ in 1 2 3; do
    { printf 'GET /4.bin HTTP/1.1\r\nHost: a\r\n\r\n'; sleep 0.5
      printf 'GET /16.bin HTTP/1.1\r\nHost: a\r\n\r\n'; sleep 4; } \
      | c timeout 10 nc 10.77.2.1 80 >/dev/null || true
  done
}
keep & jobs_short+=($!)

# half-closed: the client ends its side first, the server still sends
half() {
  for _ in 1 2 3 4 5 6; do
    printf 'GET /64.bin HTTP/1.0\r\n\r\n' | c timeout 10 nc -N 10.77.2.1 80 >/dev/null || true
  done
}
half & jobs_short+=($!)

# clients killed in the middle of a transfer
killed() {
  for _ in 1 2 3 4; do
    c timeout --foreground -s KILL 0.4 curl -s --limit-rate 40k -o /dev/null "$v4/4000.bin" || true
    sleep 0.3
  done
}
killed & jobs_short+=($!)

# nobody listens there
refused() {
  for port in 81 82 83 84 85 86; do
    c curl -s -o /dev/null --max-time 5 "http://10.77.2.1:$port/" || true
    sleep 0.5
  done
}
refused & jobs_short+=($!)

wait "${jobs_short[@]}" "${jobs_long[@]}" || true
sleep 3
kill -INT "$dump"
for _ in $(seq 50); do kill -0 "$dump" 2>/dev/null || break; sleep 0.1; done

mkdir -p "$(dirname "$out")"
cp "$work/out.pcap" "$out"
grep -E 'captured|dropped' "$work/tcpdump.log" || true
ls -l "$out"

# --- what is in it ----------------------------------------------------------
if command -v tshark >/dev/null 2>&1; then
  count() { tshark -r "$out" -Y "$1" 2>/dev/null | wc -l; }
  echo "packets            $(count frame)"
  echo "tcp / udp          $(count tcp) / $(count udp and not icmp and not icmpv6)"
  echo "tcp connections    $(tshark -r "$out" -T fields -e tcp.stream -Y tcp 2>/dev/null | sort -u | wc -l)"
  echo "udp flows          $(tshark -r "$out" -T fields -e udp.stream -Y 'udp and not icmp and not icmpv6' 2>/dev/null | sort -u | wc -l)"
  echo "ipv6 packets       $(count ipv6)"
  echo "retransmissions    $(count tcp.analysis.retransmission)"
  echo "  of these fast    $(count tcp.analysis.fast_retransmission)"
  echo "duplicate acks     $(count tcp.analysis.duplicate_ack)"
  echo "SYN / FIN / RST    $(count tcp.flags.syn==1) / $(count tcp.flags.fin==1) / $(count tcp.flags.reset==1)"
  echo "seconds            $(tshark -r "$out" -T fields -e frame.time_relative 2>/dev/null | tail -1)"
else
  echo "tshark (Debian package tshark) is not installed: no counts"
fi
