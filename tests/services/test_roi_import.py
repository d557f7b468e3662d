"""documents.services.roi: templates carried from one site to another."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from documents.models import CodeList, RoiTemplate, SharedField
from documents.services.roi import exported, import_template
from documents.services.shared_fields import set_shared_fields, shared_fields
from engines import TemplateError
from tests.made import HEIGHT, WIDTH, drawn, encoded
from tests.made_roi import made_region, made_template

PNG = b64encode(encoded(drawn(()), "PNG")).decode()


def carried(template: RoiTemplate) -> dict[str, Any]:
    """As it arrives: through a file."""
    return json.loads(json.dumps(exported(template), cls=DjangoJSONEncoder))


def test_it_works(alice, charlie):
    template = made_template(alice, pages=2)
    copy = import_template(
        charlie.personal_workspace, user=charlie, data=carried(template)
    )
    assert copy.name == "Corner Shop"
    assert (copy.version, copy.document) == (1, None)
    assert copy.newest.definition == template.newest.definition
    assert RoiTemplate.objects.visible_to(charlie).get() == copy
    for page, twin in zip(template.pages.all(), copy.pages.all(), strict=True):
        assert (twin.number, twin.width, twin.height) == (page.number, WIDTH, HEIGHT)
        assert not twin.features
        with page.picture.open() as here, twin.picture.open() as there:
            assert here.read() == there.read()


def test_what_is_exported(alice):
    template = made_template(alice, regions=())
    data = exported(template)
    with template.pages.get().picture.open() as picture:
        assert data["pages"] == [
            {
                "number": 1,
                "width": WIDTH,
                "height": HEIGHT,
                "picture": b64encode(picture.read()).decode(),
            }
        ]
    assert data["lists"] == []
    assert data["name"] == "Corner Shop"


def test_a_taken_name_gets_a_number(alice):
    template = made_template(alice)
    data = carried(template)
    workspace = alice.personal_workspace
    names = [import_template(workspace, user=alice, data=data).name for _time in "ab"]
    assert names == ["Corner Shop (2)", "Corner Shop (3)"]


def test_lists_and_shared_fields_come_along(alice, charlie):
    codes = CodeList.objects.create(
        workspace=alice.personal_workspace, name="codes", values="A\nB"
    )
    set_shared_fields(alice.personal_workspace, [{"name": "order", "kind": "code"}])
    region = made_region("Bestellung", list=str(codes.pk), field="order", kind="code")
    data = carried(made_template(alice, regions=[region]))
    workspace = charlie.personal_workspace
    CodeList.objects.create(workspace=workspace, name="codes", values="X")
    for _time in "ab":
        copy = import_template(workspace, user=charlie, data=data)
    assert list(workspace.code_lists.values_list("name", "values")) == [
        ("codes", "X"),
        ("codes (2)", "A\nB"),
    ]
    (drawn,) = copy.newest.regions
    assert drawn["list"] == str(workspace.code_lists.get(values="A\nB").pk)
    assert shared_fields(workspace)[-1].name == "order"
    assert shared_fields(workspace)[-1].kind == "code"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pages": []}, "The file holds no page: export the template anew."),
        ({"pages": {}}, "Pages must be a list."),
        ({"pages": [7]}, "A page must be an object."),
        ({"pages": [{"picture": ""}]}, "A page of the file has no picture."),
        ({"pages": [{"picture": 7}]}, "A page of the file has no picture."),
        ({"pages": [{"picture": "*"}]}, "A page of the file has no picture."),
        ({"pages": [{"picture": "é"}]}, "A page of the file has no picture."),
        ({"pages": [{"picture": PNG}] * 21}, "Pages: at most 20, and here are 21."),
        ({"name": ""}, "A template's name must not be empty."),
        ({"version": 1, "colour": "red"}, "The file has no “colour”."),
        ({"lists": [{"name": "x", "values": []}]}, "The list holds no value."),
        ({"regions": [{"name": "x"}]}, "“x” has no box."),
        ({"regions": ["x"]}, "A region must be an object."),
        ({"regions": 7}, "Regions must be a list."),
        ({"date_order": "?"}, "The date order is one of: dmy, mdy, ymd, ydm."),
    ],
)
def test_nothing_is_left_of_a_bad_file(alice, settings, change, sentence):
    data = {"name": "Shop", "regions": [], "pages": [{"picture": PNG}], **change}
    shared_fields(alice.personal_workspace)
    shared = SharedField.objects.count()
    with pytest.raises(TemplateError) as refused:
        import_template(alice.personal_workspace, user=alice, data=data)
    assert sentence in str(refused.value)
    assert RoiTemplate.objects.count() == CodeList.objects.count() == 0
    assert SharedField.objects.count() == shared
    assert files(settings) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no picture", "This file cannot be read: it is no picture or PDF."),
        (encoded(drawn(()), "JPEG")[:300], "The picture is damaged or cut short."),
        (encoded(drawn(()), "TIFF"), "A page's picture is a JPEG or a PNG."),
    ],
)
def test_what_is_no_picture(alice, settings, content, sentence):
    pages = [{"picture": b64encode(content).decode()}]
    data = {"name": "Shop", "regions": [], "pages": pages}
    with pytest.raises(TemplateError) as refused:
        import_template(alice.personal_workspace, user=alice, data=data)
    assert sentence in str(refused.value)
    assert RoiTemplate.objects.count() == 0
    assert files(settings) == []


def files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
