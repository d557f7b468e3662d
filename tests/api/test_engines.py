"""GET /api/v1/engines/"""

from __future__ import annotations

from engines import engine_names

URL = "/api/v1/engines/"


def test_it_works(api, alice, fine, django_assert_num_queries):
    api.force_authenticate(alice)
    api.get(URL)  # how long each takes is known for a minute
    with django_assert_num_queries(1):
        response = api.get(URL)
    assert response.status_code == 200
    assert [one["name"] for one in response.json()] == list(engine_names())
    described = {one["name"]: one for one in response.json()}
    assert described["fine"] == {
        "name": "fine",
        "label": "Fine",
        "available": True,
        "reason": "",
        "remedy": "",
        "version": "1",
        "languages": ["eng"],
        "options": {"type": "object", "properties": {}},
        "engine_class": "cpu",
        "licence": "",
        "describes": False,
        "takes_prompt": False,
        "loaded": [],
        "seconds": None,
        "notice": "No worker for engines of the class “cpu” is running. "
        "Start one: WORKERS=1 python manage.py up",
    }


def test_every_engine_says_all_there_is_to_say(api, alice):
    api.force_authenticate(alice)
    for one in api.get(URL).json():
        assert set(one) == {
            *("name", "label", "available", "reason", "remedy"),
            *("version", "languages", "options", "engine_class", "licence"),
            *("describes", "takes_prompt", "loaded", "seconds", "notice"),
        }
        assert one["available"] or (one["reason"] and one["remedy"])
        assert one["options"]["type"] == "object"
