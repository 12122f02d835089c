"""Des nouvelles en français, écrites pour les tests."""

from __future__ import annotations

from tests.newsroom.words import Lexicon

WORDS = Lexicon(
    code="fr",
    zone=1,
    joiner=" ",
    agencies=("AFP", "La Dépêche du Quai"),
    places=("Port-Élier", "Saint-Orrin", "Vaulnes", "La Rivière-Haute", "Fontclaire"),
    orgs=("La régie des eaux", "La bibliothèque municipale", "La capitainerie", "L’observatoire"),
    people=("Hélène Çaron", "Noël Lefèvre", "Inès Aubry", "Gaël Œuvrard"),
    things=(
        "ligne de nuit",
        "passerelle cyclable",
        "barrière de marée",
        "bibliothèque mobile",
        "navette solaire",
    ),
    headlines=(
        "{place} inaugure sa {thing}",
        "{thing} de {place} : {n} foyers attendent encore",
        "Pourquoi {place} hésite devant sa {thing}",
        "« Personne n’attendait {n} visiteurs »",
        "Après la tempête, la {thing} de {place} reste fermée",
        "Tribune : laissons la {thing} tranquille",
    ),
    kickers=("Transports", "Vie locale"),
    decks=("Le chantier coûtera {pct} % de plus que prévu", "{org} demande de la patience"),
    sentences=(
        "{org} annonce que {pct} % des travaux sont achevés et que le reste suivra avant l’automne.",
        "« Je la prends chaque matin et je ne regarde plus l’heure », raconte {person}.",
        "À {place}, nul ne se souvient d’une séance levée si tôt.",
        "Le conseil a voté {n} mille euros, soit le tiers de la somme demandée.",
        "Les premiers essais avaient échoué : le sol était trop mou et les cartes trop vieilles.",
        "À midi, la file atteignait la fontaine, et quelqu’un s’était mis à vendre du café.",
        "Les nouvelles règles s’appliqueront dès le premier du mois et seront revues dans un an.",
        "Sur les {n} lettres reçues, la plupart approuvent, d’autres protestent, et l’une est une recette.",
        "« Nous avons mesuré deux fois, et l’eau est venue quand même », dit {person}.",
        "Le prix du billet ne change pas ; seul le papier est plus mince.",
    ),
    subheads=("Ce qui était promis", "La facture", "Et maintenant ?"),
    items=(
        "une seconde entrée côté fleuve ;",
        "{n} places couvertes pour les vélos ;",
        "un numéro où quelqu’un répond.",
    ),
    sections=(("Monde",), ("Économie",), ("Culture",)),
    tags=("transports", "budget", "météo"),
    comments=("J’y étais : la file était plus longue encore.", "Merci pour la carte."),
)
