-- For the interop tests: the modules for SASL2, Bind 2 and FAST that Debian ships with Prosody 0.12 were written for the
-- version after it. This gives them what they miss there, and adds channel binding by tls-exporter and by
-- tls-server-end-point with the announcement of both (XEP-0440). Enable it on the host, before the others.
--
-- Option: modern_sign_in_certificate, the file of the host's certificate.

local stanzas = require "util.stanza";
local join = require "util.jid".join;
local add_filter = require "util.filters".add_filter;
local add_filter_hook = require "util.filters".add_filter_hook;
local remove_filter_hook = require "util.filters".remove_filter_hook;
local sasl = require "util.sasl";
local dates = require "util.datetime";
local ssl = require "ssl";

local EXPORTER, END_POINT = "tls-exporter", "tls-server-end-point";
local EXPORTER_LABEL = "EXPORTER-Channel-Binding"; -- RFC 9266 section 4.2

-- What is missing in the library. Each is guarded, for several hosts load this module.

local stanza = stanzas.stanza_mt;

stanza.get_child_attr = stanza.get_child_attr or function (self, name, namespace, attribute)
	local child = self:get_child(name, namespace);
	if child then return child.attr[attribute]; end
end

-- Only used within <failed/>, where the condition stands by itself (XEP-0198 section 3).
stanza.add_error = stanza.add_error or function (self, failure)
	return self:tag(failure.condition or "undefined-condition", { xmlns = "urn:ietf:params:xml:ns:xmpp-stanzas" }):up();
end

if not dates.takes_fractions then
	local whole = dates.datetime;
	dates.takes_fractions = true;
	dates.datetime = function (time) return whole(time and math.floor(time) or nil); end
end

-- Connections do not show their TLS session.
local function show_tls(conn)
	local methods = getmetatable(conn).__index;
	if methods.ssl_info then return; end
	local function through(method)
		return function (self, ...)
			local socket = self:socket();
			if socket and socket[method] then return socket[method](socket, ...); end
		end
	end
	methods.ssl_info = through("info");
	methods.ssl_peerfinished = through("getpeerfinished");
	methods.ssl_exportkeyingmaterial = through("exportkeyingmaterial");
end

-- Channel binding.

local end_point; -- RFC 5929 section 4.1; the tests' certificates are signed with SHA-256
do
	local name = module:get_option_string("modern_sign_in_certificate");
	local file = assert(io.open(name));
	local certificate = assert(ssl.loadcertificate(file:read("a")));
	file:close();
	end_point = (certificate:digest("sha256"):gsub("%x%x", function (hex) return string.char(tonumber(hex, 16)); end));
end

-- 0.12 has the -PLUS mechanisms for tls-unique alone.
if not sasl.binds_anew then
	sasl.binds_anew = true;
	require "util.sasl.scram".init(function (name, backends, mechanism, bindings)
		if bindings then
			sasl.registerMechanism(name, backends, mechanism, { "tls-unique", EXPORTER, END_POINT });
		end
	end);
end

local function bindings_of(conn)
	local info = conn.ssl_info and conn:ssl_info();
	if not info then return {}; end
	return info.protocol == "TLSv1.3" and { EXPORTER, END_POINT } or { END_POINT };
end

-- Several modules ask the host's provider for a handler, so each one that it gives is taught.
local function teach(provider)
	if rawget(provider, "teaches_bindings") then return; end
	provider.teaches_bindings = true;
	local give = provider.get_sasl_handler;
	function provider.get_sasl_handler(session, ...)
		local handler = give(session, ...);
		local conn = session and session.secure and session.conn;
		if not (handler and handler.add_cb_handler and conn) then return handler; end
		for _, kind in ipairs(bindings_of(conn)) do
			handler:add_cb_handler(kind, kind == END_POINT and function () return end_point; end or function ()
				return conn:ssl_exportkeyingmaterial(EXPORTER_LABEL, 32, "");
			end);
		end
		return handler;
	end
end

-- FAST wants the stream's `from', which 0.12 gives to open_stream alone. It is wrapped at a stream's first bytes.
local function watch_opening(session)
	add_filter(session, "bytes/in", function (bytes)
		if session.open_stream and not session.opening_is_watched then
			session.opening_is_watched = true;
			local open = session.open_stream;
			function session.open_stream(this, to, from, ...)
				session.opened_by = from or session.opened_by;
				return open(this, to, from, ...);
			end
		end
		return bytes;
	end, 1000);
end
add_filter_hook(watch_opening);
function module.unload() remove_filter_hook(watch_opening); end

module:hook("stream-features", function (event)
	local session = event.origin;
	if session.conn then show_tls(session.conn); end
	event.stream = event.stream or { from = session.opened_by };
	teach(prosody.hosts[module.host].users);
	local kinds = session.type == "c2s_unauthed" and session.secure and bindings_of(session.conn) or {};
	if #kinds > 0 then
		local announced = stanzas.stanza("sasl-channel-binding", { xmlns = "urn:xmpp:sasl-cb:0" });
		for _, kind in ipairs(kinds) do announced:tag("channel-binding", { type = kind }):up(); end
		event.features:add_child(announced);
	end
end, 1001);

-- Stream management in two parts: 0.12 has it in one, which writes its answer at once. So the writing is caught.

local smacks = module:depends("smacks");
local sessions = module:shared("/*/smacks/resumption-tokens");

-- A stand-in for session.send that keeps what is written until it is told to let it through. What is assigned to it
-- belongs to the one it stands for.
local function catching(send)
	local caught, open = {}, false;
	local stand_in = setmetatable({}, {
		__newindex = function (_, key, value) send[key] = value; end;
		__call = function (_, element)
			if open then return send(element); end
			caught[#caught + 1] = element;
			return true;
		end;
	});
	return stand_in, caught, function () open = true; end;
end

local function refusal(element, h)
	local condition = element and element.tags[1] and element.tags[1].name or "undefined-condition";
	return nil, { type = "cancel"; condition = condition; context = { h = h } };
end

smacks.do_enable = rawget(smacks, "do_enable") or function (session, request)
	local send = session.send;
	local stand_in, caught = catching(send);
	session.send = stand_in;
	smacks.handle_enable(session, request, request.attr.xmlns);
	session.send = send;
	local answer = caught[1];
	if not answer or answer.name ~= "enabled" then return refusal(answer); end
	return { type = "enabled"; id = answer.attr.id; resume_max = answer.attr.max; finish = function () end };
end

smacks.do_resume = rawget(smacks, "do_resume") or function (session, request)
	local former = sessions[join(session.username, session.host, request.attr.previd)];
	local send = session.send;
	local stand_in, caught, let_through = catching(send);
	session.send = stand_in;
	smacks.handle_resume(session, request, request.attr.xmlns);
	let_through();
	local answer = table.remove(caught, 1);
	if not answer or answer.name ~= "resumed" then
		session.send = send;
		return refusal(answer, answer and tonumber(answer.attr.h));
	end
	former.send = send;
	-- What runs on success looks at these, and from here on it is given the former session.
	former.sasl_handler, former.client_id = session.sasl_handler, session.client_id;
	return { type = "resumed"; id = request.attr.previd; session = former; finish = function ()
		former.resending_unacked = true;
		for _, element in ipairs(caught) do former.send(element); end
		former.resending_unacked = nil;
	end };
end
