"""A slixmpp client that becomes a contact of one peer, greets it once it sees it, and repeats what it says.

Usage: slixmpp_peer.py PORT TRUST_FILE ACCOUNT PEER, with the password in PEER_PASSWORD.
"""

import os
import sys

import slixmpp

PORT, TRUST_FILE, ACCOUNT, PEER = sys.argv[1:5]


class Peer(slixmpp.ClientXMPP):
    def __init__(self):
        # Left to itself it would take -PLUS with tls-unique, which no server has under TLS 1.3; and its SCRAM tells a
        # server with -PLUS that it offers none, which a server has to refuse.
        super().__init__(ACCOUNT + "/slixmpp", os.environ["PEER_PASSWORD"], sasl_mech="PLAIN")
        self.ca_certs = TRUST_FILE
        self.register_plugin("xep_0030")
        self.register_plugin("xep_0184")
        self.register_plugin("xep_0199")
        self.register_plugin("xep_0333")
        self["xep_0184"].auto_request = True
        self.greeting = None
        self.add_event_handler("session_start", self.on_start)
        self.add_event_handler("got_online", self.on_online)
        self.add_event_handler("message", self.on_message)
        self.add_event_handler("receipt_received", self.on_receipt)
        self.add_event_handler("marker_displayed", self.on_displayed)
        self.add_event_handler("failed_auth", lambda event: sys.exit("sign-in failed"))

    async def on_start(self, event):
        await self.get_roster()
        self.send_presence(pstatus="slithering")
        self.send_presence_subscription(pto=PEER)

    def on_online(self, presence):
        if presence["from"].bare != PEER or self.greeting is not None:
            return
        self.greeting = self.make_message(mto=PEER, mbody="hello from slixmpp \N{SNAKE}", mtype="chat")
        self.greeting.enable("markable")
        self.greeting.send()
        print("greeted", flush=True)

    def on_message(self, message):
        if message["type"] in ("chat", "normal") and message["body"]:
            if message.get_plugin("markable", check=True) is not None:
                self["xep_0333"].send_marker(mto=message["from"], id=message["id"], marker="displayed")
            message.reply("you said: " + message["body"]).send()
            print("repeated", flush=True)

    def on_receipt(self, message):
        if self.greeting is not None and message["receipt"] == self.greeting["id"]:
            print("receipt for the greeting", flush=True)

    def on_displayed(self, message):
        if self.greeting is not None and message["displayed"]["id"] == self.greeting["id"]:
            print("the greeting was displayed", flush=True)


peer = Peer()
peer.connect(("127.0.0.1", int(PORT)))
peer.process(forever=True)
