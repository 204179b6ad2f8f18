"""Layers that are off are left out, however the file says so (ISO 32000-2, 8.11)."""

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

T = "BT /F 12 Tf 72 700 Td (Old words here.) Tj ET "
ONE, TWO, SOME = (f"/OC /{name} BDC {T} EMC " for name in ("One", "Two", "Some"))
ONE_OFF = "<< /OFF [One] >>"


def layered(default: str, membership: str = "", layer: str = "<< /Type /OCG /Name (Layer) >>"):
    """Two layers; the names One and Two in what is written stand for references to them."""

    def prepare(page):
        layers = {name: page.add(layer) for name in ("One", "Two")}

        def of(source):
            for name, reference in layers.items():
                source = source.replace(name, f"{reference.idnum} 0 R")
            return page.of(source)

        page.root("OCProperties", DictionaryObject())
        page.writer.root_object["/OCProperties"].update(
            {NameObject("/OCGs"): ArrayObject(layers.values()), NameObject("/D"): of(default)}
        )
        for name, reference in layers.items():
            page.resource("Properties", name, reference)
        if membership:
            page.resource("Properties", "Some", page.add(of(membership)))
        page.layers = layers

    return prepare


@pytest.mark.parametrize(
    ("content", "prepare", "is_shown"),
    [
        (ONE, layered(ONE_OFF), False),
        (TWO, layered(ONE_OFF), True),
        (ONE, layered("<< /BaseState /OFF >>"), False),
        (ONE, layered("<< /BaseState /OFF /ON [One] >>"), True),
        (f"/OC /One BDC {TWO} EMC ", layered(ONE_OFF), False),  # shown, but inside of one that is off
        (ONE, layered("<< /OFF [One] /Intent /View >>", layer="<< /Type /OCG /Intent /Design >>"), True),
        (
            ONE,
            layered(
                "<< /AS [<< /Event /View /Category [/View] /OCGs [One] >>] >>",
                layer="<< /Type /OCG /Usage << /View << /ViewState /OFF >> >> >>",
            ),
            False,
        ),
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /OCGs One >>"), False),
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /OCGs [One Two] >>"), True),  # any that is on will do
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /OCGs [One Two] /P /AllOn >>"), False),
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /OCGs [One Two] /P /AnyOff >>"), True),
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /OCGs [One Two] /P /AllOff >>"), False),
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /OCGs [] >>"), True),
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /VE [/Not One] /OCGs One >>"), True),  # the expression wins
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /VE [/And One Two] >>"), False),
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /VE [/Or [/Not Two] One] >>"), False),
        (SOME, layered(ONE_OFF, "<< /Type /OCMD /VE [/Or [/Not One] One] >>"), True),
        ("EMC " + ONE, layered(ONE_OFF), False),  # an end without a beginning
        ("/OC /Nowhere BDC " + T + "EMC", layered(ONE_OFF), True),  # a name that stands for nothing
    ],
)
def test_layers(read_page, body, content, prepare, is_shown):
    reading = read_page(content, prepare)
    assert body(reading) == ("Old words here." if is_shown else "")
    assert [(one.reason, one.words) for one in reading.left_out] == ([] if is_shown else [("layer off", 3)])


def test_a_form_on_a_layer(read_page, body):
    def prepare(page):
        layered(ONE_OFF)(page)
        form = page.form(T)
        form.get_object()[NameObject("/OC")] = page.layers["One"]
        page.resource("XObject", "X", form)

    assert body(read_page("/X Do", prepare)) == ""


def test_a_box_on_a_layer_that_is_off_covers_nothing(read_page, body):
    assert body(read_page(T + "/OC /One BDC 60 690 300 30 re f EMC", layered(ONE_OFF))) == "Old words here."


def test_a_damaged_configuration_shows_all(read_page, body):
    assert body(read_page(ONE, lambda page: page.root("OCProperties", "(nothing)"))) == "Old words here."
