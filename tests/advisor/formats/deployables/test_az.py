"""The script for az: read by Bash and shellcheck, and run with a stand-in for az that notes its arguments."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from typing import Any

import pytest

from advisor.core.deployment import Deployment, DeploymentRefused, Options
from advisor.core.deployment_refusals import check_az
from advisor.formats.deployables.az import write
from tests.advisor.core.deployments import deployed
from tests.advisor.formats.deployables.az_runs import Call, required, run
from tests.advisor.formats.deployables.scenarios import (
    BREDA,
    BY_CIRCUIT,
    GOES,
    HEADER,
    LABELED,
    SCENARIOS,
    hostile,
    of_scenarios,
)
from tests.every import some

HIDDEN = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
REFUSED = {"active-active with clients"}
"""The scenarios that az makes no gateway of."""

TAKEN = {name: fields for name, fields in SCENARIOS.items() if name not in REFUSED}


def text_of(made: str = "existing", language: str = "en", /, **fields: Any) -> str:
    return write(deployed(Options(vnets=made), **fields), HEADER, language)


@pytest.fixture(scope="module")
def shellcheck() -> str:
    """The program that reads scripts for what they do not mean."""
    found = shutil.which("shellcheck")
    if found is None:
        message = "no shellcheck on this machine: apt-get install shellcheck runs this test too"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def expected(deployment: Deployment) -> Counter[str]:
    """How often each command that makes something is called, by the deployment itself. Certificates after the first,
    updates and policies are left out.
    """
    gateways = sum(not one.exists for one in deployment.vpn_gateways) + (deployment.expressroute_gateway is not None)
    connections = len(deployment.site_connections) + len(deployment.vnet_connections)
    # the connection to a circuit that is ordered waits for the provider
    connections += bool(deployment.circuit_connection and not deployment.circuit)
    return +Counter(
        {
            "network vnet create": sum(not one.exists for one in deployment.vnets),
            "network vnet subnet create": sum(not one.exists for one in deployment.subnets),
            "network public-ip create": sum(not one.exists for one in deployment.public_ips),
            "network local-gateway create": len(deployment.local_gateways),
            "network vnet-gateway create": gateways,
            "network express-route create": int(deployment.circuit is not None),
            "network vpn-connection create": connections,
            "network vnet peering create": len(deployment.peerings),
        }
    )


def made(text: str) -> Counter[str]:
    """How often each command that makes something is called in a run that ends well."""
    done = run(text)
    assert (done.status, done.said, done.left) == (0, "", ())
    created = {name: count for name, count in done.counts().items() if name.endswith(" create")}
    created.pop("network vnet-gateway root-cert create", None)
    return Counter(created)


def call(text: str, command: str, name: str, **environment: str) -> Call:
    """The one call of a command for the resource with this name."""
    (found,) = (one for one in run(text, **environment).of(command) if one.option("--name") == [name])
    return found


def test_shellcheck_and_bash_find_nothing(shellcheck: str) -> None:
    for number, (name, deployment) in enumerate(some(of_scenarios(), 5)):
        text = write(deployment, HEADER, ("nl", "en")[number % 2])
        subprocess.run(["bash", "-n"], input=text, text=True, check=True)
        asked = [shellcheck, "--shell=bash", "--severity=style", "-"]
        checked = subprocess.run(asked, input=text, text=True, capture_output=True, check=False)
        assert checked.stdout == "", name


@pytest.mark.parametrize("name", TAKEN)
def test_a_run_makes_what_the_deployment_has(name: str) -> None:
    for vnets in ("existing", "new"):
        deployment = deployed(Options(vnets=vnets), **TAKEN[name])
        assert made(write(deployment, HEADER, "en")) == expected(deployment)


@pytest.mark.parametrize("name", some(SCENARIOS, 3))
def test_twice_is_the_same_and_another_language_runs_the_same(name: str) -> None:
    deployment = deployed(Options(vnets="new"), **SCENARIOS[name])
    english, dutch = write(deployment, HEADER, "en"), write(deployment, HEADER, "nl")
    assert english == write(deployment, HEADER, "en")
    assert english != dutch
    assert run(english).calls == run(dutch).calls


@pytest.mark.parametrize(("attack", "plain"), some(hostile(), 3), ids=lambda fields: fields["sites"][0]["name"][:8])
def test_a_name_that_attacks_is_not_run(attack: dict[str, Any], plain: dict[str, Any]) -> None:
    for vnets in ("existing", "new"):
        text = text_of(vnets, "en", **attack)
        assert made(text) == made(text_of(vnets, "en", **plain))
        assert not HIDDEN.search(text)
        words = [word for one in run(text).calls for word in one.words]
        assert {word for word in words if word.startswith("@")} <= {"@-"}
        assert not [word for word in words if "touch" in word and not re.fullmatch(r"[a-z0-9 /_-]+", word)]
    for name in required(text):
        missing = run(text, **{name: ""})
        assert missing.status != 0
        assert f"{name}: " in missing.said
        assert missing.left == ()


@pytest.mark.parametrize("attack", [attack for attack, _ in some(hostile(), 3)])
def test_shellcheck_finds_nothing_in_names_that_attack(attack: dict[str, Any], shellcheck: str) -> None:
    subprocess.run([shellcheck, "--shell=bash", "-"], input=text_of(**attack), text=True, check=True)


def test_each_value_is_asked_for_before_anything_is_made() -> None:
    text = text_of(sites=[BREDA, GOES | {"public_ipv4": True}], bgp=True)
    assert required(text) == (
        "LOCATION",
        "RESOURCE_GROUP",
        "KEY_VAULT",
        "PUBLIC_IP_GOES",
        "ASN_GOES",
        "BGP_PEER_BREDA",
        "BGP_PEER_GOES",
    )
    for name in required(text):
        assert run(text, **{name: ""}).calls == ()


def test_a_script_stops_at_the_first_command_that_fails() -> None:
    done = run(text_of(sites=[BREDA]), AZ_STATUS="1")
    assert [one.command for one in done.calls] == ["account show"]
    assert done.status == 1


def test_what_is_referred_to_is_looked_up_before_anything_is_made() -> None:
    done = run(text_of(**SCENARIOS["gateway that is there"]))
    assert [one.command for one in done.calls[:3]] == ["account show", "network vnet show", "network vnet-gateway show"]
    assert not [one for one in done.calls if one.command in ("network vnet-gateway create", "network public-ip create")]


def test_keys_go_through_a_pipe_and_stand_on_no_command_line() -> None:
    for name, fields in TAKEN.items():
        done = run(text_of(**fields), AUTHORIZATION_KEY_SECRET="circuit-key")
        for one in done.of("network vpn-connection create"):
            if one.option("--shared-key") is not None:
                assert one.option("--shared-key") == ["@-"], name
                assert one.piped.startswith("value of psk-"), name
        assert "value of" not in " ".join(word for one in done.calls for word in one.words)
    radius = run(text_of(**SCENARIOS["RADIUS"]))
    (gateway,) = radius.of("network vnet-gateway create")
    assert (gateway.option("--radius-secret"), gateway.piped) == (["@-"], "value of radius")


def test_a_key_is_that_of_its_own_connection_and_one_for_a_pair_of_vnets() -> None:
    done = run(text_of(sites=[BREDA, GOES]))
    created = done.of("network vpn-connection create")
    assert [(one.option("--name"), one.piped) for one in created] == [
        (["con-vpngw-hub-breda"], "value of psk-breda"),
        (["con-vpngw-hub-goes"], "value of psk-goes"),
    ]
    pair = run(text_of(**SCENARIOS["VNet-to-VNet"])).of("network vpn-connection create")
    assert [one.piped for one in pair] == ["value of psk-spoke"] * 2 + ["value of psk-third"] * 2


def test_a_circuit_of_another_subscription_needs_its_authorization_key() -> None:
    text = text_of(**SCENARIOS["circuit that is there"])
    name = "con-ergw-hub"
    own = call(text, "network vpn-connection create", name)
    assert (own.option("--authorization-key"), own.option("--shared-key")) == (None, None)
    other = call(text, "network vpn-connection create", name, AUTHORIZATION_KEY_SECRET="erc")
    assert (other.option("--authorization-key"), other.piped) == (["@-"], "value of erc")


def test_a_new_circuit_is_connected_once_the_provider_has_done_its_part() -> None:
    text = text_of(sites=[BY_CIRCUIT])
    assert run(text).of("network vpn-connection create") == []
    after = run(text, CIRCUIT_PROVISIONED="true").of("network vpn-connection create")
    assert [one.option("--express-route-circuit2") for one in after] == [["erc-hub"]]


def test_a_policy_is_added_once() -> None:
    text = text_of(sites=[BREDA])
    (added,) = run(text).of("network vpn-connection ipsec-policy add")
    assert added.words[4:] == (
        *("--resource-group", "the resource_group", "--connection-name", "con-vpngw-hub-breda"),
        *("--ike-encryption", "AES256", "--ike-integrity", "SHA256", "--dh-group", "DHGroup14"),
        *("--ipsec-encryption", "GCMAES256", "--ipsec-integrity", "GCMAES256", "--pfs-group", "PFS2048"),
        *("--sa-lifetime", "27000", "--sa-max-size", "102400000", "--output", "none"),
    )
    assert run(text, AZ_POLICIES="1").of("network vpn-connection ipsec-policy add") == []
    assert run(text_of(**SCENARIOS["Basic"])).of("network vpn-connection ipsec-policy add") == []


def test_traffic_selectors_are_switched_on_after_the_policy_stands() -> None:
    done = run(text_of(sites=[BREDA | {"device_routing": "policy-based"}]), CONNECTION_PROTOCOL_BREDA="IKEv1")
    order = [one for one in done.calls if one.command.startswith("network vpn-connection")]
    assert [one.command.rpartition(" ")[2] for one in order] == ["create", "update", "list", "add", "update"]
    assert order[1].option("--set") == ["connectionProtocol=IKEv1", "dpdTimeoutSeconds=45"]
    assert order[4].option("--use-policy-based-traffic-selectors") == ["true"]


@pytest.mark.parametrize(
    ("scenario", "name", "changes"),
    [
        ("one site", "con-vpngw-hub-breda", ["connectionProtocol=IKEv2", "dpdTimeoutSeconds=45"]),
        (
            "behind NAT",
            "con-vpngw-hub-breda",
            ["connectionProtocol=IKEv2", "dpdTimeoutSeconds=45", "connectionMode=ResponderOnly"],
        ),
        ("behind NAT", "con-vpngw-hub-goes", ["connectionProtocol=IKEv2", "dpdTimeoutSeconds=45"]),
        (
            "circuit with both",
            "con-vpngw-hub-delft-1",
            ["connectionProtocol=IKEv2", "dpdTimeoutSeconds=45", "useLocalAzureIpAddress=true"],
        ),
        ("circuit with both", "con-vpngw-hub-delft-2", ["connectionProtocol=IKEv2", "dpdTimeoutSeconds=45"]),
    ],
)
def test_what_create_has_no_option_for_is_set_afterward(scenario: str, name: str, changes: list[str]) -> None:
    assert call(text_of(**SCENARIOS[scenario]), "network vpn-connection update", name).option("--set") == changes


@pytest.mark.parametrize(
    ("scenario", "command", "name", "option", "values"),
    [
        ("one site", "network local-gateway create", "lgw-breda", "--gateway-ip-address", ["198.41.0.4"]),
        ("one site", "network local-gateway create", "lgw-breda", "--address-prefixes", ["192.168.20.0/24"]),
        ("routes by BGP", "network local-gateway create", "lgw-goes", "--address-prefixes", None),
        ("routes by BGP", "network local-gateway create", "lgw-goes", "--asn", ["the asn_goes"]),
        ("routes by BGP", "network vnet-gateway create", "vpngw-hub", "--asn", ["65515"]),
        ("one site", "network vnet-gateway create", "vpngw-hub", "--asn", None),
        ("one site", "network vnet-gateway create", "vpngw-hub", "--sku", ["VpnGw1AZ"]),
        ("one site", "network vnet-gateway create", "vpngw-hub", "--vpn-gateway-generation", ["Generation1"]),
        (
            "routes by BGP",
            "network vnet-gateway create",
            "vpngw-hub",
            "--public-ip-addresses",
            ["pip-vpngw-hub-1", "pip-vpngw-hub-2"],
        ),
        ("forced tunneling", "network vnet-gateway create", "vpngw-hub", "--gateway-default-site", ["lgw-breda"]),
        ("one site", "network vnet-gateway create", "vpngw-hub", "--gateway-default-site", None),
        ("circuit with both", "network vnet-gateway create", "vpngw-hub", "--enable-private-ip", ["true"]),
        ("Entra ID", "network vnet-gateway create", "vpngw-hub", "--vpn-auth-type", ["AAD"]),
        (
            "Entra ID",
            "network vnet-gateway create",
            "vpngw-hub",
            "--aad-issuer",
            ["https://sts.windows.net/the tenant_id/"],
        ),
        ("one site", "network public-ip create", "pip-vpngw-hub-1", "--zone", ["1", "2", "3"]),
        ("Basic", "network public-ip create", "pip-vpngw-hub-1", "--zone", None),
        ("circuit to order", "network express-route create", "erc-hub", "--bandwidth", ["500", "Mbps"]),
        ("circuit on a port", "network express-route create", "erc-hub", "--bandwidth", ["40", "Gbps"]),
        ("circuit to order", "network vnet-gateway create", "ergw-hub", "--public-ip-addresses", None),
        ("peered", "network vnet peering create", "peer-hub-spoke", "--allow-gateway-transit", ["true"]),
        ("peered", "network vnet peering create", "peer-spoke-hub", "--use-remote-gateways", ["true"]),
        (
            "peered without a gateway",
            "network vnet peering create",
            "peer-spoke-hub",
            "--use-remote-gateways",
            ["false"],
        ),
    ],
)
def test_an_option_is_given(scenario: str, command: str, name: str, option: str, values: list[str] | None) -> None:
    assert call(text_of(**SCENARIOS[scenario]), command, name).option(option) == values


def test_a_region_without_zones_gives_an_empty_list() -> None:
    assert (
        call(text_of(sites=[BREDA]), "network public-ip create", "pip-vpngw-hub-1", ZONES="").option("--zone") is None
    )


def test_what_is_in_another_subscription_says_so() -> None:
    done = run(text_of("new", **SCENARIOS["peered"] | {"vnets": LABELED}))
    there = [one for one in done.calls if one.option("--subscription")]
    assert {tuple(one.option("--resource-group") or ()) for one in there} == {("the resource_group_2nd_one",)}
    assert [one.command for one in there] == [
        "network vnet create",
        "network vnet show",
        "network vnet peering create",
    ]
    peerings = done.of("network vnet peering create")
    assert all((one.option("--remote-vnet") or [""])[0].startswith("/id/of") for one in peerings)


def test_more_prefixes_of_a_variable_are_words_of_their_own() -> None:
    text = text_of(sites=[{"name": "Breda"}])
    found = call(text, "network local-gateway create", "lgw-breda", PREFIXES_BREDA="10.1.0.0/16 10.2.0.0/16 *")
    assert found.option("--address-prefixes") == ["10.1.0.0/16", "10.2.0.0/16", "*"]


def test_further_certificates_are_added_behind_the_gateway() -> None:
    done = run(text_of(**SCENARIOS["two sites and clients"]), ROOT_CERTIFICATE_1="a.cer", ROOT_CERTIFICATE_2="b.cer")
    (gateway,) = done.of("network vnet-gateway create")
    assert (gateway.option("--root-cert-name"), gateway.option("--root-cert-data")) == (["root-1"], ["a.cer"])
    (second,) = done.of("network vnet-gateway root-cert create")
    assert (second.option("--name"), second.option("--public-cert-data")) == (["root-2"], ["b.cer"])


def test_a_script_runs_nothing_but_az_and_what_the_shell_has() -> None:
    for name, deployment in of_scenarios():
        lines = [
            line for line in write(deployment, HEADER, "en").splitlines() if not line.lstrip().startswith(("#", "-"))
        ]
        first = {line.split()[0] for line in lines if line.strip()}
        known = {"set", "az", "psk", "psk()", "}", ":", "read", "if", "else", "fi", "printf"}
        assert {word for word in first - known if not re.match(r"[A-Z_]+[A-Z0-9_]*=|\$\{ZONE", word)} == set(), name
        assert "eval" not in "\n".join(lines)


def test_az_is_refused_three_addresses() -> None:
    with pytest.raises(DeploymentRefused) as refused:
        check_az(deployed(**SCENARIOS["active-active with clients"]))
    assert refused.value.reason == "az-active-active-clients"
    for fields in TAKEN.values():
        check_az(deployed(**fields))
