-- Prosody for the interop tests: loopback only, everything under one directory, one host for each SASL mechanism.
run_as_root = ${root}
daemonize = false
plugin_paths = { "${dir}/modules" }
pidfile = "${dir}/prosody.pid"
data_path = "${dir}/data"
log = { { levels = { min = "info" }, to = "file", filename = "${dir}/prosody.log" } }

interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { ${c2s} }
c2s_direct_tls_ports = { ${c2sTls} }
http_ports = { ${http} }
http_interfaces = { "127.0.0.1" }
https_ports = { ${https} }
https_interfaces = { "127.0.0.1" }
http_default_host = "localhost"

ssl = {
  certificate = "${dir}/certs/server.crt";
  key = "${dir}/certs/server.key";
  cafile = "${dir}/certs/ca.pem";
  protocol = "tlsv1_2+";
}
c2s_direct_tls_ssl = ssl
https_ssl = ssl
c2s_require_encryption = true
c2s_stanza_size_limit = 262144
limits = { c2s = { rate = "1mb/s", burst = "4s" } }

-- Archives in SQL, as servers have them that are in use; each message is on the disk when it is routed.
default_storage = "internal"
storage = { archive = "sql" }
sql = { driver = "SQLite3"; database = "${dir}/data/archive.sqlite" }
authentication = "internal_plain"
smacks_hibernation_time = ${hibernation}
default_archive_policy = true

modules_disabled = { "s2s" }
modules_enabled = {
  "saslauth"; "tls"; "roster"; "disco"; "ping"; "version"; "time";
  "carbons"; "blocklist"; "smacks"; "csi_simple"; "mam"; "offline"; "pep"; "websocket";
}

VirtualHost "chat.test"
  http_host = "localhost"

VirtualHost "plain.chat.test"
  disable_sasl_mechanisms = { ${notPlain} }

VirtualHost "sha1.chat.test"
  disable_sasl_mechanisms = { ${notSha1} }

VirtualHost "sha256.chat.test"
  disable_sasl_mechanisms = { ${notSha256} }

-- SASL2, Bind 2 and FAST, once for each TLS version.
VirtualHost "modern.chat.test"
  modules_enabled = { "modern_sign_in"; "sasl2"; "sasl2_bind2"; "sasl2_fast"; "sasl2_sm" }
  modern_sign_in_certificate = "${dir}/certs/server.crt"

local tls12 = {
  certificate = "${dir}/certs/server.crt";
  key = "${dir}/certs/server.key";
  protocol = "tlsv1_2";
}

VirtualHost "modern12.chat.test"
  modules_enabled = { "modern_sign_in"; "sasl2"; "sasl2_bind2"; "sasl2_fast"; "sasl2_sm" }
  modern_sign_in_certificate = "${dir}/certs/server.crt"
  ssl = tls12

-- Channel binding for the profile of RFC 6120 alone, with SCRAM-SHA-1 alone.
VirtualHost "bound.chat.test"
  modules_enabled = { "modern_sign_in" }
  modern_sign_in_certificate = "${dir}/certs/server.crt"
  disable_sasl_mechanisms = { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS" }

VirtualHost "bound12.chat.test"
  modules_enabled = { "modern_sign_in" }
  modern_sign_in_certificate = "${dir}/certs/server.crt"
  disable_sasl_mechanisms = { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS" }
  ssl = tls12

VirtualHost "anon.chat.test"
  authentication = "anonymous"

VirtualHost "cert.chat.test"
  authentication = "ccert"
  certificate_match = "xmppaddr"
  ssl = {
    certificate = "${dir}/certs/server.crt";
    key = "${dir}/certs/server.key";
    cafile = "${dir}/certs/ca.pem";
    protocol = "tlsv1_2+";
    verify = { "peer" };
  }

-- Shows a certificate that is not for this name. Without the host, Prosody answers an unknown name with an alert.
VirtualHost "elsewhere.example"
  ssl = {
    certificate = "${dir}/certs/server.crt";
    key = "${dir}/certs/server.key";
    protocol = "tlsv1_2+";
  }
