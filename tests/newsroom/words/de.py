"""Deutsche Nachrichten, für Tests geschrieben."""

from __future__ import annotations

from tests.newsroom.words import Lexicon

WORDS = Lexicon(
    code="de",
    zone=1,
    joiner=" ",
    agencies=("dpa", "Nordpost"),
    places=("Lindau", "Altmühlen", "Großwehr", "Sankt Orrin", "Königsfähr", "Niedertann"),
    orgs=("Das Hafenamt", "Die Stadtbücherei", "Das Wasserwerk", "Der Wetterdienst", "Das Naturkundemuseum"),
    people=("Anna Böhm", "Jürgen Weiß", "Çağla Demir", "Friederike Groß", "Matthias Kühn"),
    things=("Nachtlinie", "Fahrradbrücke", "Sternwarte", "Bücherstube", "Solarfähre", "Werkstatt"),
    headlines=(
        "{place} eröffnet neue {thing}",
        "{thing} in {place}: {n} Haushalte warten noch",
        "Warum {place} über seine {thing} streitet",
        "„Mit {n} Besuchern hatte niemand gerechnet“",
        "Nach dem Sturm: {thing} in {place} bleibt vorerst geschlossen",
        "{person} über die {thing}: „Erst die Straße, dann der Rest“",
        "Kommentar: Die {thing} kann warten",
        "Donaudampfschifffahrtsgesellschaftsjubiläum in {place} zieht {n} Gäste an",
    ),
    kickers=("Verkehr", "Stadtgespräch", "Haushaltswoche"),
    decks=("{org} nennt {n} Gründe für die Verspätung", "Die Kosten steigen um {pct} Prozent"),
    sentences=(
        "{org} teilte mit, {pct} Prozent der Arbeiten seien abgeschlossen, der Rest folge bis zum Herbst.",
        "„Ich fahre jeden Morgen damit und sehe nicht mehr auf die Uhr“, sagt {person}.",
        "In {place} kann sich niemand an eine Sitzung erinnern, die so früh zu Ende ging.",
        "Der Rat bewilligte {n} Tausend Euro, etwa ein Drittel dessen, was gefordert war.",
        "Frühere Versuche scheiterten, weil der Boden zu weich und die Karten zu alt waren.",
        "Gegen Mittag reichte die Schlange bis zum Brunnen, und jemand begann, Kaffee zu verkaufen.",
        "Die neuen Regeln gelten ab dem Ersten des nächsten Monats und werden nach einem Jahr überprüft.",
        "Von den {n} Briefen waren die meisten dafür, einige dagegen, und einer war ein Rezept.",
        "„Wir haben zweimal gemessen, und das Wasser kam trotzdem“, sagte {person}.",
        "Die Fahrkarten kosten so viel wie zuvor; nur das Papier ist dünner geworden.",
        "Im Archiv liegen drei Fotografien derselben Ecke, und auf allen dreien regnet es.",
        "Was danach mit dem Gelände geschieht, ist noch offen.",
    ),
    subheads=("Was versprochen war", "Die Rechnung", "Wie es weitergeht"),
    items=(
        "ein zweiter Eingang auf der Flussseite;",
        "{n} überdachte Stellplätze;",
        "eine Telefonnummer, unter der jemand abhebt.",
    ),
    sections=(("Politik",), ("Wirtschaft", "Verkehr"), ("Kultur",)),
    tags=("Verkehr", "Haushalt", "Wetter", "Bücher"),
    comments=("Ich war dort, und die Schlange war noch länger.", "Danke für die Karte."),
)
