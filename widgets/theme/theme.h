// The look of the whole application: which tokens are in force, the fonts and icons made from them, and the
// palette and style sheet that Qt's own widgets wear. One object, owned by the QApplication; painters ask it
// for colours each time they paint and repaint on changed(). GUI thread only.
//
// Variants are chosen with dynamic properties, set before the widget is first shown (or followed by
// repolish()):
//   QPushButton, QToolButton
//     role    "primary"  filled accent, one per view        "link"   accent words without a box
//             "flat"     no box until hovered               "danger" error-coloured words and edge
//             "search"   looks like a field, words at the left
//     controlSize "small"    24 high instead of 28
//     keys    "Ctrl K"   shown as a key cap after the words
//   QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit
//     state   "warn", "error"   edge in that colour; "unused" dashed edge, for fields that do not apply
//     mono    true              JetBrains Mono, for code, column names and numbers
//   QLabel
//     role    "caption" 11 dim · "dim" 12 dim · "strong" 13 semibold · "title" 14 semibold ·
//             "page" 16 semibold · "number" 26 semibold · "section" 12 semibold · "code" JetBrains Mono 12 ·
//             "warn", "error", "ok" words in that colour · "key" a key cap (Ctrl K)
//   QFrame, QWidget with Qt::WA_StyledBackground
//     surface "panel", "panel2", "field", "canvas", "card" (edge and radius 6),
//             "chosen" (a card with an accent edge), "popover"
//     edge    "top", "bottom", "left", "right"   a 1 px separator on that side
//   QTabBar and QTabWidget: 32 high, an accent line under the chosen tab.
//   QTableView, QTreeView, QListView: rows 28, head on panel2; alternating rows are not used.
#pragma once
#include <QApplication>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>
#include <QStringView>

#include "widgets/theme/metrics.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

class DesktopSettings;

enum class ThemeMode { System, Dark, Light };

// Sizes are pixels at 100 % zoom, "size/line height".
enum class TextStyle {
    Tiny,           // 10, only for type tags and thumbnails
    Caption,        // 11/16
    CaptionStrong,  // 11/16 semibold, only in sketches
    Body,           // 12/16
    BodyMedium,     // 12/16 medium: buttons, tabs, names in lists
    BodyStrong,     // 12/16 semibold: section heads, card titles
    Reading,        // 13/20: pages of text
    ItemName,       // 13/20 medium: names above a line of explanation
    Strong,         // 13/20 semibold
    Title,          // 14/20 semibold
    PageTitle,      // 16/24 semibold
    NumberCard,     // 26/32 semibold
    CodeTiny,       // 10, mono, inside thumbnails
    CodeSmall,      // 11/16 mono
    Code,           // 12/20 mono
};

struct ThemeSettings {
    ThemeMode mode = ThemeMode::System;
    bool highContrast = false;
    bool reducedMotion = false;
    int textZoomPercent = 100;  // 100 to 200

    friend bool operator==(const ThemeSettings&, const ThemeSettings&) = default;
};

class Theme : public QObject {
    Q_OBJECT
 public:
    // Installs itself on `app`, which owns it: style, palette, font and style sheet are set at once.
    explicit Theme(QApplication& app, const ThemeSettings& settings = {});

    // The application's theme; made with default settings when there is none yet.
    static Theme& of(const QObject* any = nullptr);

    const ThemeSettings& settings() const { return m_settings; }
    // Zoom is clamped to 100..200. Emits changed() if anything differs.
    void apply(ThemeSettings settings);

    const Tokens& tokens() const { return *m_tokens; }
    bool isDark() const { return m_tokens->dark; }
    // The own switch or the desktop's: dots on wires stand still and charts jump.
    bool reducedMotion() const;

    // A length that follows the text zoom, rounded to whole pixels.
    int scaled(int pixels) const;
    QFont font(TextStyle style) const;
    int lineHeight(TextStyle style) const;

    // An icon that keeps following the theme; dimmed when its control is off. `name` is a file of
    // resources/icons without ".svg"; an unknown name gives a null icon.
    QIcon icon(QStringView name, ColorRole role = ColorRole::Text) const;
    // The icon rendered at `size` logical pixels for a screen of that device pixel ratio. Cached.
    QPixmap pixmap(QStringView name, int size, const QColor& color, double devicePixelRatio) const;
    static bool hasIcon(QStringView name);

    // Makes a widget take up a dynamic property that was set after it had been shown.
    static void repolish(QWidget* widget);

 Q_SIGNALS:
    // Colours, fonts or sizes are different now. Palette and style sheet are already in place.
    void changed();

 private:
    void refresh();
    const Tokens& chosenTokens() const;

    QApplication& m_app;
    ThemeSettings m_settings;
    const Tokens* m_tokens = nullptr;
    DesktopSettings* m_desktop;
};

}  // namespace rw::ui
