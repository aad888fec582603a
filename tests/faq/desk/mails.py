"""Mails as a desk gets them, in several voices, with the entries of edition 2026 that answer what each asks."""

from __future__ import annotations

from dataclasses import dataclass

CLIENTS = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"
SUBNET = "how-large-must-the-gateway-subnet-be-and-why-do-the-pages-disagree"
ADDRESS = "can-i-get-my-vpn-gateway-ip-address-before-i-create-it"
STATIC = "can-i-request-a-static-public-ip-address-for-my-vpn-gateway"
BGP_SKUS = "is-bgp-supported-on-all-azure-vpn-gateway-skus"
BGP_POLICY = "can-i-use-bgp-with-azure-policy-based-vpn-gateways"
PRIVATE_ASN = "can-i-use-private-asns-autonomous-system-numbers"
SYSTEMS = "what-operating-systems-can-i-use-with-point-to-site"
IDLE = "why-does-my-policy-based-vpn-tunnel-go-down-when-traffic-is-idle"
FORCED = "can-i-configure-forced-tunneling"
SITES = "how-many-on-premises-sites-and-virtual-networks-can-one-virtual-network-connect-to"
OVERLAP = "can-there-be-overlapping-address-spaces-among-the-connected-virtual-networks-and-on-premises-local-sites"
NSG = "can-i-put-a-network-security-group-or-a-route-table-on-the-gateway-subnet"
COST = "what-does-a-vpn-gateway-cost"
SLA = "what-sla-does-a-vpn-gateway-have"
RETIRED = "will-my-ip-address-change-when-my-legacy-vpn-gateway-sku-is-migrated"
PROXY = "can-i-traverse-proxies-and-firewalls-using-point-to-site-capability"
MTU = "which-mtu-or-mss-should-i-set"
BEHIND_NAT = "my-vpn-device-stands-behind-nat-does-that-work"
CHANGING = "can-my-vpn-device-have-a-changing-public-address"
DEVICE = "what-do-i-do-if-i-have-a-vpn-device-that-isnt-in-the-known-compatible-device-list"
IPV6 = "does-azure-vpn-gateway-support-ipv6"
REGIONS = "can-i-connect-virtual-networks-in-different-azure-regions"
SUBSCRIPTIONS = "can-i-connect-virtual-networks-in-different-subscriptions"
TRANSIT = "can-i-use-azure-vpn-gateway-to-transit-traffic-between-my-on-premises-sites-or-to-another-virtual-network"
COEXIST = "can-i-have-site-to-site-and-point-to-site-configurations-coexist-for-the-same-virtual-network"
RADIUS_SKUS = "is-radius-authentication-supported-on-all-azure-vpn-gateway-skus"
RECONNECT = "if-i-restart-a-client-computer-configured-for-point-to-site-will-the-vpn-automatically-reconnect"
FAILOVER = "how-long-does-a-failover-of-a-vpn-gateway-take"
KEY = "how-does-my-vpn-tunnel-get-authenticated"
OWN_CA = "can-i-use-my-own-internal-pki-root-ca-for-point-to-site-connectivity"
NAT_SKUS = "is-nat-supported-on-all-azure-vpn-gateway-skus"
NAT_BGP = "does-nat-work-with-bgp-connections"
PEERING = "virtual-network-peering-or-vnet-to-vnet-vpn"
ER_WHAT = "what-is-expressroute"
DPD = "what-is-the-default-dpd-timeout-value-can-i-specify-a-different-dpd-timeout"
SSTP_END = "sstp-is-ending-what-do-i-do"
EXPRESSROUTE_AND_VPN = "how-do-i-enable-routing-between-my-site-to-site-vpn-connection-and-expressroute"
UPDATE_POLICY = "can-i-update-my-policy-based-vpn-gateway-to-route-based"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail: the language of the page that it is pasted into, the language that it is in, its text, and for each
    question that it asks, in order, the entries of which one answers it."""

    name: str
    page: str
    language: str
    text: str
    asked: tuple[tuple[str, ...], ...]


MAILS = (
    Mail(
        "five questions, the last behind a closing phrase",
        "nl",
        "nl",
        """Beste collega,

Wij gaan in januari over op een VPN-gateway in Azure en ik heb nog een paar vragen.

Hoeveel thuiswerkers kunnen er tegelijk verbinding maken met point-to-site?
Daarnaast: hoe groot moet het GatewaySubnet minimaal zijn?
Werkt BGP ook op de Basic-SKU?
Verder zou ik graag weten welke besturingssystemen wij op de laptops mogen gebruiken voor point-to-site.
Tot slot: welk adres heeft de gateway straks, kan ik dat al weten voordat wij hem aanmaken?

Met vriendelijke groet,
Jan Jansen
Acme BV, 06-12345678
""",
        ((CLIENTS,), (SUBNET, "what-is-the-gateway-subnet-and-why-is-it-needed"), (BGP_SKUS,), (SYSTEMS,), (ADDRESS,)),
    ),
    Mail(
        "one question in one line",
        "nl",
        "nl",
        "de tunnel valt steeds weg als er een tijdje geen verkeer is, hoe komt dat",
        ((IDLE,),),
    ),
    Mail(
        "a numbered list in English, pasted into the Dutch page",
        "nl",
        "en",
        """Hi team,

Please advise on the following:

1. Can two virtual networks in different regions be connected?
2. Do they have to be in the same subscription?
3) Can traffic go from one branch office to another by way of the Azure gateway?
4) Can we run site-to-site and point-to-site on the same virtual network?

Kind regards,
Mary Smith
Network engineer
""",
        ((REGIONS,), (SUBSCRIPTIONS,), (TRANSIT,), (COEXIST,)),
    ),
    Mail(
        "two questions in one long sentence",
        "nl",
        "nl",
        """Hallo,

Kunnen jullie aangeven of we een netwerkbeveiligingsgroep op het gatewaysubnet mogen zetten en wat een VPN-gateway
per maand kost?

Gr. Piet
""",
        ((NSG,), (COST,)),
    ),
    Mail(
        "a question behind a comma, in English",
        "en",
        "en",
        """Our firewall sits behind a NAT router at the branch, does site-to-site still work then?
And the provider changes the public IP address of that router now and then, is that a problem?

Thanks,
Bob
""",
        ((BEHIND_NAT,), (CHANGING, RETIRED, STATIC)),
    ),
    Mail(
        "a reply above the quoted mail",
        "en",
        "en",
        """Hello,

One more thing: does the VPN gateway support IPv6?

Cheers,
Ann

On Mon, Nov 23, 2026 at 10:12 AM Service Desk <desk@example.org> wrote:
> Dear Ann,
> Which MTU do you use on the tunnel?
> Regards,
> Service desk
""",
        ((IPV6,),),
    ),
    Mail(
        "a forwarded mail that is quoted whole",
        "nl",
        "nl",
        """> Hoi,
>
> Wat is de SLA van een VPN-gateway? En hoe lang duurt een failover?
>
> Groetjes,
> Els
""",
        ((SLA,), (FAILOVER,)),
    ),
    Mail(
        "lines broken by the mail program",
        "en",
        "en",
        """Dear support,

We have offices in four countries and about sixty road warriors. I would like to know how many
on-premises sites can be connected to a single
virtual network, and whether the address spaces of those sites are allowed to overlap with the one of the virtual
network.

Yours sincerely,
J. Doe
""",
        ((SITES, "can-i-connect-to-multiple-sites-from-a-single-virtual-network"), (OVERLAP,)),
    ),
    Mail(
        "Dutch with English terms and dashes",
        "en",
        "nl",
        """Goedemiddag,

Vragen van de klant:
- kan al het internet traffic via on-premises lopen (forced tunneling)?
- welke MTU / MSS moeten we instellen op de firewall?
- onze firewall staat niet op de device list, wat nu?
- private ASN gebruiken voor BGP, mag dat?

Alvast bedankt!
Sanne
""",
        ((FORCED,), (MTU,), (DEVICE,), (PRIVATE_ASN,)),
    ),
    Mail(
        "eight questions without much ado",
        "en",
        "en",
        """Questions for the call:
a) Is BGP supported on policy-based gateways?
b) Can I use my own root CA for point-to-site?
c) Is RADIUS supported on every SKU?
d) Does the client reconnect by itself after a restart of the laptop?
e) How do the two ends of a VPN tunnel authenticate each other?
f) What is the default DPD timeout?
g) Can I change a policy-based gateway to route-based?
h) Is NAT supported on all SKUs?
""",
        ((BGP_POLICY,), (OWN_CA,), (RADIUS_SKUS,), (RECONNECT,), (KEY,), (DPD,), (UPDATE_POLICY,), (NAT_SKUS,)),
    ),
    Mail(
        "somebody who is angry, in one breath",
        "nl",
        "nl",
        """Al drie dagen kan niemand van thuis uit werken!!! Op hotelwifi met een proxy komt de VPN er niet door,
moet dat niet gewoon kunnen via poort 443? En SSTP stopt binnenkort zegt de leverancier, wat moeten we dan doen?
Graag vandaag nog antwoord.

Vr. gr.
R. de Boer
Directeur
""",
        ((PROXY, "why-are-certain-ports-opened-on-my-vpn-gateway"), (SSTP_END,)),
    ),
    Mail(
        "a question among much that is told",
        "en",
        "en",
        """From: Peter Pan <peter@example.org>
Sent: Tuesday, November 24, 2026 9:01 AM
To: Service Desk
Subject: VPN

Good morning,

I hope you are well. We met last week in Utrecht and it was a pleasure to see your new office. As you know our company
sells bicycles and we are growing. My colleague told me that you can help.

What is the difference between virtual network peering and a VNet-to-VNet VPN, and which one should I take?

Have a nice day!
Best regards,

Peter Pan
Head of IT | Bicycles Ltd | +31 6 12345678 | www.example.org
""",
        ((PEERING,),),
    ),
    Mail(
        "the same thing asked twice",
        "nl",
        "nl",
        """Goedendag,

Hoeveel VPN-clients kunnen er tegelijk verbonden zijn?
Is het mogelijk om NAT te combineren met BGP?
Nogmaals: met hoeveel clients tegelijk kunnen wij via point-to-site inloggen?

M.v.g.
Kees
""",
        ((CLIENTS,), (NAT_BGP,)),
    ),
    Mail(
        "Dutch and English in one mail",
        "nl",
        "nl",
        """Hoi allemaal,

Wat is ExpressRoute precies?
De collega's uit Londen vragen ook nog: can the pre-shared key be stored in Key Vault?
En kunnen ExpressRoute en een site-to-site VPN naast elkaar in hetzelfde VNet?

Groet, Mo
""",
        (
            (ER_WHAT,),
            ("can-the-preshared-key-live-in-key-vault",),
            (EXPRESSROUTE_AND_VPN, "expressroute-and-vpn-together-which-path-is-taken",
             "can-i-connect-a-virtual-network-with-ipsec-vpns-to-my-expressroute-circuit",
             "how-should-i-plan-maintenance-windows-when-using-vpn-and-expressroute-in-a-coexistence-scenario"),
        ),
    ),
)  # fmt: skip
