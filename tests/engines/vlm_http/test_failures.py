"""Whatever a server does, it ends in a sentence that says what helps."""

from __future__ import annotations

import json
import socket
import ssl

import pytest

from documents.services.sentences import patterns
from engines import EngineError, EngineUnavailable, get_engine
from engines.vlm_http import connections, transport
from tests.certificates import certified
from tests.engines.vlm_http.conftest import ALONE, KEY
from tests.hosts import open_host, says

HOST = "“127.0.0.1”"
WHERE = "Check VLM_URL, which mostly ends in /v1, and VLM_MODEL."
GARBLED = (
    f"{HOST} does not answer as OpenAI’s protocol has it. "
    "See whether VLM_URL names the right server, and ends in /v1."
)
CUT = f"{HOST} broke off its answer. See its log."
FAILS = f"{HOST} fails (500). See its log, or try again later."
AT_FAULT = (
    f"{HOST} cannot do what it is asked ({{status}}). "
    "Try a smaller picture or another model."
)
SILENT = (
    f"The model at {HOST} answered without a word. The picture may be more than it "
    "can take: choose a smaller longest side."
)
# behaviour: what is said, and how often it is asked
ENDS = {
    "exhausted": (
        f"{HOST} has too much to do (429). Try again later, or lower VLM_CONCURRENCY."
        "\nIt says: Quota exceeded",
        1,  # an hour is longer than anybody waits
    ),
    "failing": (f"{FAILS}\nIt says: CUDA out of memory", 3),
    "failing-midway": (f"{FAILS}\nIt says: EngineCore died", 3),
    "overfull": (
        AT_FAULT.format(status=400) + "\nIt says: the request exceeds the context size",
        1,
    ),
    "odd": (
        AT_FAULT.format(status=400) + "\nIt says: this model does not support images",
        1,
    ),
    "invalid": (
        AT_FAULT.format(status=422) + "\nIt says: No pictures here: … (Bearer …)",
        1,
    ),
    "too-large": (
        f"The picture is too large for {HOST} (413). Choose a smaller longest side, "
        "or lower VLM_MAX_PIXELS.",
        1,
    ),
    "garbled": (GARBLED, 1),
    "misshapen": (GARBLED, 1),
    "web-page": (GARBLED, 1),
    "packed": (GARBLED, 1),
    "cut-clean": (CUT, 3),
    "empty": (SILENT, 1),
    "wordless": (SILENT, 1),
    "refusing": (
        f"The model at {HOST} refuses. Ask it in another way."
        "\nIt says: I cannot read it.",
        1,
    ),
    "huge": (
        f"{HOST} answers with more than 4 MB. "
        "It is not a server that VLM_URL should name.",
        1,
    ),
    "silent": (
        f"{HOST} took longer than 1 seconds. "
        "Raise VLM_TIMEOUT, or send a smaller picture.",
        1,
    ),
    "trickling": (
        f"{HOST} took longer than 1 seconds. "
        "Raise VLM_TIMEOUT, or send a smaller picture.",
        1,
    ),
}
# behaviour: what is said of a server that no second try would mend
ENDS_FOR_GOOD = {
    "forbidden": (
        f"{HOST} does not take the key (403). Check VLM_KEY."
        "\nIt says: No access to this model"
    ),
    "misnamed": (
        f"{HOST} has nothing at the address (404). {WHERE}\nIt says: The model is gone."
    ),
    "elsewhere": f"{HOST} leads elsewhere (307). Set VLM_URL to that address.",
    "pensive": (
        f"The model at {HOST} thought until no tokens were left to answer. "
        "Choose one that does not think, or raise VLM_MAX_TOKENS."
    ),
}


def said(picture) -> str:
    """The sentence that reading *picture* ends in, of which each line can be told in
    the reader's language."""
    with pytest.raises(EngineError) as caught:
        get_engine("vlm-http").read(picture, ALONE)
    message = str(caught.value)
    for line in message.splitlines():
        assert any(pattern.fullmatch(line) for pattern, _ in patterns()), line
    return message


@pytest.mark.parametrize("behaviour", ENDS)
def test_each_failure_is_told(behaving, receipt, behaviour: str) -> None:
    timeout = 1 if behaviour in ("silent", "trickling") else 60
    asked = behaving(behaviour, VLM_RETRIES=2, VLM_TIMEOUT=timeout)
    sentence, times = ENDS[behaviour]
    assert said(receipt) == sentence
    assert len(asked()["requests"]) == times


@pytest.mark.parametrize("behaviour", ENDS_FOR_GOOD)
def test_what_only_a_setting_mends_is_not_tried_again(
    behaving, receipt, behaviour: str
) -> None:
    asked = behaving(behaviour)
    with pytest.raises(EngineUnavailable):
        get_engine("vlm-http").read(receipt, ALONE)
    assert said(receipt) == ENDS_FOR_GOOD[behaviour]
    assert len(asked()["requests"]) == 2


def test_a_wrong_key(behaving, receipt) -> None:
    behaving("quick", VLM_KEY="sk-wrong")
    assert said(receipt) == (
        f"{HOST} does not take the key (401). Check VLM_KEY."
        "\nIt says: Incorrect API key provided"
    )


def test_a_model_that_is_not_there(behaving, receipt) -> None:
    behaving("quick", VLM_MODEL="huge-vl")
    assert said(receipt) == (
        f"{HOST} has no model “huge-vl”. Name one of these in VLM_MODEL: tiny-vl."
    )


def test_a_model_that_is_not_there_where_none_are_told(behaving, receipt) -> None:
    behaving("modelless", VLM_MODEL="huge-vl")
    assert said(receipt) == (
        f"{HOST} has nothing at the address (404). {WHERE}"
        "\nIt says: The model `huge-vl` does not exist."
    )


def test_an_address_without_v1(behaving, receipt, server: str) -> None:
    behaving("quick", VLM_URL=server)
    assert said(receipt) == (
        f"{HOST} has nothing at the address (404). {WHERE}\nIt says: Not Found"
    )


def test_nobody_listens(behaving, receipt) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        behaving("quick", VLM_URL=f"http://127.0.0.1:{port}/v1", VLM_RETRIES=1)
        assert said(receipt) == (
            f"{HOST} cannot be reached. Start the server there, or change VLM_URL."
        )


def test_a_server_that_does_not_speak_https(behaving, receipt, server: str) -> None:
    behaving("quick", VLM_URL=server.replace("http", "https") + "/v1")
    assert said(receipt) == (
        f"{HOST} does not speak https. Say http:// in VLM_URL if it is on a network "
        "that you trust."
    )


def test_a_server_that_speaks_no_http(behaving, receipt) -> None:
    with open_host(bare=lambda socket: socket.sendall(b"SSH-2.0-OpenSSH\r\n")) as host:
        behaving("quick", VLM_URL=f"http://127.0.0.1:{host.port}/v1", VLM_RETRIES=0)
        assert said(receipt) == CUT


def test_silence_in_the_middle(behaving, receipt, monkeypatch) -> None:
    monkeypatch.setattr(connections, "QUIET_SECONDS", 0.3)
    behaving("stalling")
    assert said(receipt) == (
        f"{HOST} fell silent in the middle of its answer. See its log."
    )


def test_the_time_of_a_page_is_the_most(behaving, receipt) -> None:
    behaving("silent", REMOTE_TIMEOUT=1)
    assert said(receipt) == (
        f"{HOST} took longer than 1 seconds. "
        "Raise REMOTE_TIMEOUT, or send a smaller picture."
    )


def test_the_key_is_never_told(behaving, receipt, caplog) -> None:
    caplog.set_level("DEBUG")
    behaving("invalid")
    assert KEY not in said(receipt) + repr(caplog.records) + caplog.text
    assert "base64" not in caplog.text


def test_proxies_are_left_alone(behaving, receipt, monkeypatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    behaving("plain")
    assert get_engine("vlm-http").read(receipt, ALONE).text.startswith("CORNER")


@pytest.mark.parametrize("trusted", [True, False])
def test_a_certificate_is_checked(
    behaving, receipt, monkeypatch, tmp_path, trusted: bool
) -> None:
    serving, trusting = certified("localhost", tmp_path)
    told = json.dumps({"choices": [{"message": {"content": "Total"}}]}).encode()

    def answer(connection: ssl.SSLSocket) -> None:
        left = int(host.requests[0].partition(b"Content-Length: ")[2].split()[0])
        while left > 0:
            left -= len(connection.recv(left))
        says(told)(connection)

    with open_host(tls=serving) as host:
        host.answers["/v1/chat/completions"] = answer
        behaving("quick", VLM_URL=f"https://localhost:{host.port}/v1")
        if trusted:
            monkeypatch.setattr(transport, "trusted", lambda: trusting)
            assert get_engine("vlm-http").read(receipt, ALONE).text == "Total"
        else:
            assert said(receipt) == (
                "“localhost” cannot be trusted: its certificate is not in order."
            )
        assert len(host.requests) == trusted
