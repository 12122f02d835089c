"""Function words and characters that neither open nor close a topic, in the languages of the catalogue."""

from __future__ import annotations

STOP_WORDS = frozenset(
    """
    a an the and or but nor so yet of in on at by to from for with without into onto over under after
    before as is are was were be been being am do does did has have had will would can could may might
    must shall should not no yes it its it's this that these those there here he she they we you i his
    her their our your my me him them us who whom whose which what when where why how than then if while
    because about against between during through up down out off again more most much many some any all
    both each few other such only own same too very just also still even new says said say amid via per
    vs get gets got make makes made take takes how's what's live video watch update updates today monday
    tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december der die das den dem des ein eine einen einem einer und oder aber
    von im auf aus bei mit nach zu zum zur für über unter vor ist sind war waren wird werden hat haben
    nicht kein keine auch noch nur wie wer wo wenn dass sich sein seine ihr ihre es er sie wir als um
    bis gegen durch le la les un une du de d et ou mais dans en au aux par pour sur sous avec sans ce
    cette ces son sa ses leur leurs est sont était ont pas ne plus que qui quoi où quand comment il elle
    ils elles nous vous el los las una unos unas y o pero del al con sin por para sobre entre era fue ha
    han más se su sus como cuando donde qué quién este esta estos estas lo
    """.split()  # noqa: SIM905 - a list of 250 strings is no easier to read
)

# Chinese and Japanese characters that bind words together, and numerals and counters.
STOP_CHARACTERS = frozenset(
    "的了在是和与及或等也都又就才只被把将对向从到为以于之其这那有无不未更最已正再并但而且则若如所个位名次年月日时分秒"
    "一二三四五六七八九十百千万亿両々ーはがのをにへとでもやか"
)

# Those among them that no name holds: a run of ideographs is cut there.
FUNCTION_CHARACTERS = "的了是和与及或也就被把将对从到以于这那"
