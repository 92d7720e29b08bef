"""Reads documents with the OSCAL Compass's types, which are generated from NIST's schemas, and says every
mistake. Called with the files to read; exit status 1 if there are mistakes."""

import json
import sys

from trestle.oscal import OSCAL_VERSION
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.poam import PlanOfActionAndMilestones

TYPES = {
    "assessment-results": AssessmentResults,
    "plan-of-action-and-milestones": PlanOfActionAndMilestones,
}

mistakes = 0
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        ((kind, document),) = json.load(file).items()
    try:
        TYPES[kind].parse_obj(document)
    except ValueError as error:
        mistakes += 1
        print(f"{name}: {error}")
    if document["metadata"]["oscal-version"] != OSCAL_VERSION:
        mistakes += 1
        print(f"{name}: it is not of version {OSCAL_VERSION}")
sys.exit(1 if mistakes else 0)
