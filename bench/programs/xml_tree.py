"""ElementTree: building, writing, parsing and searching a document."""

import io
from xml.etree import ElementTree

EXPECTED = (53411, 99750.0, 134, "Title <399> & more", 200, 600)


def build(count):
    root = ElementTree.Element("library")
    for i in range(count):
        book = ElementTree.SubElement(root, "book", id=str(i), lang="en" if i % 3 else "de")
        ElementTree.SubElement(book, "title").text = f"Title <{i}> & more"
        ElementTree.SubElement(book, "price").text = str(i * 1.25)
        tags = ElementTree.SubElement(book, "tags")
        for tag in range(i % 4):
            ElementTree.SubElement(tags, "tag", {"name": f"t{tag}"}).tail = "\n"
    return root


def run():
    text = ElementTree.tostring(build(400), encoding="unicode")
    root = ElementTree.fromstring(text)
    price = sum([float(element.text) for element in root.iter("price")])
    german = [book.findtext("title") for book in root.findall("book[@lang='de']")]
    tags = len(root.findall(".//tag[@name='t1']"))
    ends = sum(1 for _, element in ElementTree.iterparse(io.StringIO(text)) if element.tag == "tag")
    return len(text), price, len(german), german[-1], tags, ends


if __name__ == "__main__":
    assert run() == EXPECTED
