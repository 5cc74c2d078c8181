// Colour tokens: the only table of colours in the program. Palettes, style sheets and painters all read it,
// and no colour value is written anywhere else. A token names a use, not a hue; a theme is one filled table.
#pragma once
#include <QColor>
#include <array>

namespace rw::ui {

// A kind of node (source, operator, sink): `fill` under a white icon or for an edge bar, `text` for words and
// icons in the kind's colour on panels and on `tint`, `tint` behind a card header or an icon tile.
struct KindColors {
    QColor fill, text, tint;
};

// A state (ok, warn, error): `line` for edges, dots and marks, `text` for words on panels and on `tint`.
struct StateColors {
    QColor line, text, tint;
};

struct Tokens {
    bool dark = true;
    QColor bg;             // canvas, dashboard background
    QColor panel, panel2;  // docks and bars; table heads, tool rows, buttons
    QColor card, field;    // node bodies and popovers; inputs, grids, thumbnails
    QColor hover, selected;
    QColor line, line2;  // separators and control edges; card and popover edges
    QColor text, dim;    // main words; secondary words, units, axis labels
    QColor disabled;     // words of controls that are off; may be below the contrast of text
    QColor accent, onAccent, accentHover, accentPressed;
    KindColors source, op, sink;
    QColor onKind;  // icon or word on a kind's `fill`
    QColor firedWindow, onFiredWindow;
    StateColors ok, warn, error;
    QColor wireIdle, wireFlowing;
    std::array<QColor, 8> series;  // in this order; 5 to 8 also take dash patterns and markers
    std::array<QColor, 8> heat;    // from least to most
};

const Tokens& darkTokens();
const Tokens& lightTokens();
// Edges take the text colour and tints the panel's, so that nothing is told by a faint shade.
const Tokens& darkHighContrastTokens();
const Tokens& lightHighContrastTokens();

// Colours that an icon or a small widget can be told to use; resolved against the theme when it paints.
enum class ColorRole {
    Text,
    Dim,
    Disabled,
    Accent,
    OnAccent,
    OnKind,
    SourceText,
    OperatorText,
    SinkText,
    Ok,
    Warn,
    Error,
};

QColor colorOf(const Tokens& tokens, ColorRole role);

// Shades of things that overlay others, or are there only in part.
enum class Shade {
    Off,        // a card that rows pass by
    Stale,      // rates of a run that is over
    Dimmed,     // a port that does not fit the wire being drawn
    Preview,    // a card that would come here
    Miniature,  // a card on the minimap
    Note,       // a comment, under cards
    Edge,       // around a label on a wire
    Base,       // the line that a trend stands on
    Bar,        // behind a number in a table
    Area,       // below a line
    Hatch,      // the lines over a zone
    Halo,       // around a wire that is pointed at
    Band,       // the box that a selection is pulled with
    Zone,       // a part of a plot: provisional, above a threshold
};

// From 0, nothing, to 1, solid; for QPainter::setOpacity.
double opacityOf(Shade shade);
// The colour with that opacity.
QColor shaded(const QColor& color, Shade shade);

// The contrast ratio of WCAG 2 (1 to 21) between two opaque colours.
double contrastRatio(const QColor& a, const QColor& b);

// `top` painted over `bottom` with the given opacity, as one opaque colour.
QColor mixed(const QColor& top, const QColor& bottom, double opacity);
QColor mixed(const QColor& top, const QColor& bottom, Shade shade);

}  // namespace rw::ui
