"""What a client shows of things that many roles work with."""

from __future__ import annotations

DAY = """{
  viewer {
    badges { unread todos due }
    todos(first: 100) {
      edges { node { id kindLabel text dueAt roleLabel link { id kindLabel name } } }
    }
    notifications(first: 10, unreadOnly: true) {
      edges { node { id title text unread occurredOn link { id kindLabel name } } }
    }
  }
}"""
POINTS = """{ viewer {
  score { total gradeLabel categories {
    label points cap raw lines { ruleLabel points occurredOn reason sourceId
                                 meeting { title } } } }
  dutyFigures { duties attendanceRate proposals studyParticipation }
} }"""
CASE = """
  id caseNo serialNo title stateLabel categoryLabel sessionMarkLabel proposerTypeLabel
  firstProposer { id name memberNo } organisation { name } dueAt
"""
SIGN_INS = "{ mySignIns { id agent roleLabel startedAt lastUsedAt current } }"
TEXT = "situation analysis suggestions attachments { name url }"
MEETING = """
  id title kindLabel stateLabel heldAt endsAt place mandatory answerBy organiser { name }
  details { agenda host } papers { name url } own { stateLabel } version
"""
SESSION = """
  id title formLabel wayLabel stateLabel heldAt place hours speaker organiser { name }
  requiredCount attendedCount mayRun
"""
ACTIVITY = """
  id title kindLabel stateLabel heldAt endsAt place signUpBy capacity signedUpCount ownSignedUp
  organiserList { name } topic version mayRun
"""
DOCUMENT = """
  id title kindLabel number stateLabel urgencyLabel senderName sender { name } receivedOn dueAt
  handler { name } attachments { name url } proposedHandling instruction
"""
LETTER = """
  id title kindLabel number stateLabel urgencyLabel text main { name } copyTo { name } draftedAt
  draftedFor { name } attachments { name url } version
"""
SHARE = """
  proposal { id caseNo title stateLabel firstProposer { name } }
  unit { id name } partLabel stateLabel assignedAt signDueAt dueAt latenessLabel hopCount
  extensions { until reason requestedAt decideBy granted }
  returnRequest { reason requestedAt decideBy }
  urgings { wayLabel text at }
"""
REPLY = f"""
  {CASE} {TEXT}
  contacts {{ wayLabel heldOn people content confirmedAt disputedAt }}
  replies {{ round docNo title body resultClassLabel unit {{ id name }} answers {{
               suggestion adoptionLabel note }} commitments {{ text dueOn }} proof {{ name url }}
             signOffRequestedAt signOff {{ signer inCharge signedAt }}
             checks {{ passed comment checkedAt }} }}
"""
