"""What Word's built-in styles are called in German, French and Spanish.

Files that Word saved have the English names (17.7.4.9), whatever the user sees. Files made by
hand or by other programs may carry the names that their makers saw.
"""

from __future__ import annotations

from functools import cache

_NAMES = {
    "Normal": "Standard",
    "Body Text": "Textkörper; Corps de texte; Texto independiente; Cuerpo de texto; Text body",
    "Title": "Titel; Titre; Título; Puesto",
    "Subtitle": "Untertitel; Sous-titre; Subtítulo",
    "Date": "Datum; Fecha",
    **{
        f"heading {level}": f"Überschrift {level}; Titre {level}; Título {level}; "
        f"Encabezado {level}; Ueberschrift {level}"
        for level in range(1, 7)
    },
    "List Bullet": "Aufzählungszeichen; Liste à puces; Lista con viñetas",
    "List Number": "Listennummer; Liste à numéros; Lista con números",
    "List Continue": "Listenfortsetzung; Liste continue; Continuar lista",
    "Quote": "Zitat; Citation; Cita; Quotations",
    "caption": "Beschriftung; Légende; Descripción; Leyenda; Epígrafe",
    "Bibliography": "Literaturverzeichnis; Bibliographie; Bibliografía",
    "TOC Heading": "Inhaltsverzeichnisüberschrift; En-tête de table des matières; Título TDC; "
    "Título de TDC; Contents Heading",
    **{
        f"toc {level}": f"Verzeichnis {level}; TM {level}; TDC {level}; Contents {level}"
        for level in range(1, 4)
    },
    "header": "Kopfzeile; En-tête; Encabezado",
    "footer": "Fußzeile; Pied de page; Pie de página",
    "footnote text": "Fußnotentext; Note de bas de page; Texto nota pie; Texto de nota al pie",
    "footnote reference": "Fußnotenzeichen; Appel note de bas de p.; Appel de note de bas de p.; "
    "Ref. de nota al pie",
    "Hyperlink": "Internetlink; Lien hypertexte; Hipervínculo; Internet Link",
    "Strong": "Fett; Élevé; Texto en negrita; Strong Emphasis",
    "Emphasis": "Hervorhebung; Accentuation; Énfasis",
}


@cache
def english_names() -> dict[str, str]:
    """Return the English name of each localised one, both in small letters."""
    return {
        local.strip().casefold(): name.casefold()
        for name, locals_ in _NAMES.items()
        for local in locals_.split(";")
    }
