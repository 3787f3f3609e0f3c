"""Write questions as Moodle XML, which Moodle imports into its question bank.

Moodle names and describes the elements in its documentation, "Moodle XML format".
"""

from xml.etree import ElementTree

from teaching.chapters import label
from teaching.page import formatted
from teaching.questions import Question
from teaching.wording import data_of

RIGHT = "Right."


def add(parent, tag: str, text: str, **attributes: str):
    """Add an element with a text inside, as most of Moodle's are."""
    element = ElementTree.SubElement(parent, tag, attributes)
    ElementTree.SubElement(element, "text").text = text
    return element


def to_xml(questions: list[Question], category: str) -> str:
    """Return a file for Moodle: a category, and each question with feedback for each answer."""
    quiz = ElementTree.Element("quiz")
    place = ElementTree.SubElement(quiz, "question", type="category")
    add(place, "category", f"$course$/top/{category}")
    for one in questions:
        element = ElementTree.SubElement(quiz, "question", type="multichoice")
        add(element, "name", label(one.exercise))
        given = f"<p>Given: {formatted(one.given)}</p>" if one.given else ""
        text = f"<p>{formatted(one.text)}</p>{data_of(one.exercise)}{given}"
        add(element, "questiontext", text, format="html")
        add(element, "generalfeedback", "", format="html")
        for tag, value in (("defaultgrade", "1"), ("penalty", "0"), ("hidden", "0"),
                           ("single", "true"), ("shuffleanswers", "true"),
                           ("answernumbering", "abc")):  # fmt: skip
            ElementTree.SubElement(element, tag).text = value
        for choice in one.choices:
            fraction = "100" if choice.right else "0"
            answer = add(
                element, "answer", formatted(choice.text), fraction=fraction, format="html"
            )
            why = RIGHT if choice.right else f"<strong>{formatted(choice.mistake)}.</strong> "
            add(answer, "feedback", why + formatted(choice.why), format="html")
    ElementTree.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(quiz, "unicode") + "\n"
