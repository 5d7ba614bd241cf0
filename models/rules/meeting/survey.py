"""Two questions at the end of a meeting. Nobody's answers are kept, only how many gave each."""

from __future__ import annotations

from enum import StrEnum

ENOUGH = 3  # with fewer answers one could tell whose they are


class SurveyQuestion(StrEnum):
    LEARNED = "learned"
    AGAIN = "again"


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


QUESTIONS = {
    SurveyQuestion.LEARNED: "Did you learn something that changes your work?",
    SurveyQuestion.AGAIN: "Would you come again?",
}
ANSWERS = {
    SurveyQuestion.LEARNED: {Answer.YES: "Yes", Answer.PARTLY: "A little", Answer.NO: "No"},
    SurveyQuestion.AGAIN: {Answer.YES: "Yes", Answer.PARTLY: "Perhaps", Answer.NO: "No"},
}
