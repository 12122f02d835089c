"""Noticias en español, escritas para las pruebas."""

from __future__ import annotations

from tests.newsroom.words import Lexicon

WORDS = Lexicon(
    code="es",
    zone=1,
    joiner=" ",
    agencies=("EFE", "El Correo del Muelle"),
    places=("Puerto Olmo", "Villanueva del Río", "San Orrín", "Peñaclara", "Marañeda"),
    orgs=(
        "La autoridad portuaria",
        "La biblioteca municipal",
        "La compañía del agua",
        "El museo de ciencias",
    ),
    people=("Íñigo Núñez", "Lucía Peña", "Martín Acuña", "Sofía Agüero"),
    things=("línea nocturna", "pasarela ciclista", "barrera de mareas", "biblioteca móvil", "lancha solar"),
    headlines=(
        "{place} inaugura su {thing}",
        "La {thing} llega a {n} hogares de {place}",
        "¿Por qué {place} duda de su {thing}?",
        "«Nadie esperaba a {n} personas»",
        "Tras la tormenta, la {thing} de {place} sigue cerrada",
        "Opinión: dejen en paz la {thing}",
    ),
    kickers=("Transporte", "Vida local"),
    decks=("La obra costará un {pct} % más de lo previsto", "{org} pide paciencia"),
    sentences=(
        "{org} informa de que el {pct} % de las obras está terminado y el resto llegará antes del otoño.",
        "«La tomo cada mañana y ya no miro el reloj», cuenta {person}.",
        "En {place} nadie recuerda una sesión que acabara tan pronto.",
        "El pleno aprobó {n} mil euros, un tercio de lo que se había pedido.",
        "Los primeros intentos fracasaron porque el suelo era blando y los mapas, viejos.",
        "A mediodía la cola llegaba a la fuente y alguien empezó a vender café.",
        "Las nuevas normas rigen desde el día uno del mes que viene y se revisarán dentro de un año.",
        "De las {n} cartas recibidas, casi todas están a favor, algunas en contra y una es una receta.",
        "«Medimos dos veces, y el agua vino igual», dijo {person}.",
        "El billete cuesta lo mismo; solo el papel es más fino.",
    ),
    subheads=("Lo prometido", "La cuenta", "¿Y ahora qué?"),
    items=(
        "una segunda entrada junto al río;",
        "{n} plazas cubiertas para bicicletas;",
        "un teléfono que alguien contesta.",
    ),
    sections=(("Mundo",), ("Economía",), ("Cultura",)),
    tags=("transporte", "presupuesto", "tiempo"),
    comments=("Estuve allí y la cola era más larga.", "Gracias por el mapa."),
)
