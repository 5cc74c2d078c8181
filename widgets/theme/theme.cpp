#include "widgets/theme/theme.h"

#include <QEvent>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QStyle>
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "widgets/theme/control_style.h"
#include "widgets/theme/desktop_settings.h"
#include "widgets/theme/icons.h"

namespace rw::ui {
namespace {

struct TextMeasure {
    int size, lineHeight;
    QFont::Weight weight;
    bool mono;
};

TextMeasure measureOf(TextStyle style) {
    switch (style) {
        case TextStyle::Tiny:
            return {10, 14, QFont::Normal, false};
        case TextStyle::Caption:
            return {11, 16, QFont::Normal, false};
        case TextStyle::CaptionStrong:
            return {11, 16, QFont::DemiBold, false};
        case TextStyle::Body:
            return {12, 16, QFont::Normal, false};
        case TextStyle::BodyMedium:
            return {12, 16, QFont::Medium, false};
        case TextStyle::BodyStrong:
            return {12, 16, QFont::DemiBold, false};
        case TextStyle::Reading:
            return {13, 20, QFont::Normal, false};
        case TextStyle::ItemName:
            return {13, 20, QFont::Medium, false};
        case TextStyle::Strong:
            return {13, 20, QFont::DemiBold, false};
        case TextStyle::Title:
            return {14, 20, QFont::DemiBold, false};
        case TextStyle::PageTitle:
            return {16, 24, QFont::DemiBold, false};
        case TextStyle::NumberCard:
            return {26, 32, QFont::DemiBold, false};
        case TextStyle::CodeTiny:
            return {10, 14, QFont::Normal, true};
        case TextStyle::CodeSmall:
            return {11, 16, QFont::Normal, true};
        case TextStyle::Code:
            return {12, 20, QFont::Normal, true};
    }
    return {12, 16, QFont::Normal, false};
}

QPalette paletteOf(const Tokens& t) {
    QPalette p;
    p.setColor(QPalette::Window, t.panel);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.field);
    p.setColor(QPalette::AlternateBase, t.panel2);
    p.setColor(QPalette::ToolTipBase, t.card);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::PlaceholderText, t.dim);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::Button, t.panel2);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.error.text);
    p.setColor(QPalette::Highlight, t.selected);
    p.setColor(QPalette::HighlightedText, t.text);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::Light, t.line2);
    p.setColor(QPalette::Midlight, t.line);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, t.line);
    p.setColor(QPalette::Shadow, t.bg);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, t.disabled);
    return p;
}

using Names = QHash<QString, QColor>;

void addKind(Names& names, const QString& name, const KindColors& kind) {
    names.insert(name, kind.fill);
    names.insert(name + QStringLiteral(".text"), kind.text);
    names.insert(name + QStringLiteral(".tint"), kind.tint);
}

void addState(Names& names, const QString& name, const StateColors& state) {
    names.insert(name, state.line);
    names.insert(name + QStringLiteral(".text"), state.text);
    names.insert(name + QStringLiteral(".tint"), state.tint);
}

Names namesOf(const Tokens& t) {
    Names names = {
        {QStringLiteral("bg"), t.bg},
        {QStringLiteral("panel"), t.panel},
        {QStringLiteral("panel2"), t.panel2},
        {QStringLiteral("card"), t.card},
        {QStringLiteral("field"), t.field},
        {QStringLiteral("hover"), t.hover},
        {QStringLiteral("selected"), t.selected},
        {QStringLiteral("line"), t.line},
        {QStringLiteral("line2"), t.line2},
        {QStringLiteral("text"), t.text},
        {QStringLiteral("dim"), t.dim},
        {QStringLiteral("disabled"), t.disabled},
        {QStringLiteral("accent"), t.accent},
        {QStringLiteral("accent.hover"), t.accentHover},
        {QStringLiteral("accent.pressed"), t.accentPressed},
        {QStringLiteral("accent.edge"), mixed(t.accent, t.panel, 0.55)},
        {QStringLiteral("onAccent"), t.onAccent},
    };
    addKind(names, QStringLiteral("source"), t.source);
    addKind(names, QStringLiteral("operator"), t.op);
    addKind(names, QStringLiteral("sink"), t.sink);
    addState(names, QStringLiteral("ok"), t.ok);
    addState(names, QStringLiteral("warn"), t.warn);
    addState(names, QStringLiteral("error"), t.error);
    return names;
}

/// The application's style sheet: resources/themes/controls.qss with the theme's values put in. In the file,
/// @name stands for a token ("@accent", "@error.text") and @28 for 28 pixels at the theme's zoom.
QString styleSheet(const Theme& theme) {
    QFile file(QStringLiteral(":/themes/controls.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QString source = QString::fromUtf8(file.readAll());
    const Names names = namesOf(theme.tokens());
    static const QRegularExpression placeholder(QStringLiteral("@(?:(\\d+)|([a-zA-Z][a-zA-Z0-9.]*))"));

    QString sheet;
    qsizetype end = 0;
    for (auto it = placeholder.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        sheet += QStringView(source).mid(end, match.capturedStart() - end);
        if (!match.captured(1).isEmpty())
            sheet += QString::number(theme.scaled(match.captured(1).toInt())) + QStringLiteral("px");
        else
            sheet += names.value(match.captured(2)).name();
        end = match.capturedEnd();
    }
    sheet += QStringView(source).mid(end);
    return sheet;
}

}  // namespace

Theme::Theme(QApplication& app, const ThemeSettings& settings)
    : QObject(&app), m_app(app), m_settings(settings), m_desktop(new DesktopSettings(app, this)) {
    setObjectName(QStringLiteral("rillwright-theme"));
    m_settings.textZoomPercent = std::clamp(m_settings.textZoomPercent, 100, 200);
    m_tokens = &chosenTokens();
    app.setStyle(new ControlStyle(*this));
    refresh();
    connect(m_desktop, &DesktopSettings::changed, this, &Theme::refresh);
}

Theme& Theme::of(const QObject*) {
    if (auto* theme = qApp->findChild<Theme*>(QString(), Qt::FindDirectChildrenOnly)) return *theme;
    return *new Theme(*qApp);
}

void Theme::apply(ThemeSettings settings) {
    settings.textZoomPercent = std::clamp(settings.textZoomPercent, 100, 200);
    if (settings == m_settings) return;
    m_settings = settings;
    refresh();
}

bool Theme::reducedMotion() const {
    return m_settings.reducedMotion || m_desktop->reducedMotion();
}

const Tokens& Theme::chosenTokens() const {
    const bool dark =
        m_settings.mode == ThemeMode::Dark || (m_settings.mode == ThemeMode::System && m_desktop->dark());
    if (m_settings.highContrast) return dark ? darkHighContrastTokens() : lightHighContrastTokens();
    return dark ? darkTokens() : lightTokens();
}

void Theme::refresh() {
    m_tokens = &chosenTokens();
    m_app.setPalette(paletteOf(*m_tokens));
    // Each font that is set, if only anew, asks every widget for its size again.
    if (const QFont body = font(TextStyle::Body); QApplication::font() != body) QApplication::setFont(body);
    for (const char* control : {"QPushButton", "QToolButton", "QTabBar"}) {
        const QFont medium = font(TextStyle::BodyMedium);
        if (QApplication::font(control) != medium) QApplication::setFont(medium, control);
    }
    m_app.setStyleSheet(styleSheet(*this));
    Q_EMIT changed();
}

int Theme::scaled(int pixels) const {
    return static_cast<int>(std::lround(pixels * m_settings.textZoomPercent / 100.0));
}

QFont Theme::font(TextStyle style) const {
    const TextMeasure measure = measureOf(style);
    QFont font;
    font.setFamilies({measure.mono ? QStringLiteral("JetBrains Mono") : QStringLiteral("Inter"),
                      QStringLiteral("Noto Sans CJK SC")});
    font.setStyleHint(measure.mono ? QFont::Monospace : QFont::SansSerif);
    font.setPixelSize(scaled(measure.size));
    font.setWeight(measure.weight);
    // Words then keep their proportions at every zoom of the canvas.
    font.setHintingPreference(QFont::PreferNoHinting);
    // JetBrains Mono would draw >= and <> as one sign each, unlike the typed text.
    if (measure.mono) font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

int Theme::lineHeight(TextStyle style) const {
    return scaled(measureOf(style).lineHeight);
}

QIcon Theme::icon(QStringView name, ColorRole role) const {
    if (!iconExists(name)) return {};
    return QIcon(new TintedIconEngine(*this, name.toString(), role));
}

QPixmap Theme::pixmap(QStringView name, int size, const QColor& color, double devicePixelRatio) const {
    return renderIcon(name, size, color, devicePixelRatio);
}

bool Theme::hasIcon(QStringView name) {
    return iconExists(name);
}

void Theme::repolish(QWidget* widget) {
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    QEvent change(QEvent::StyleChange);  // drops the sizes that widgets remember
    QCoreApplication::sendEvent(widget, &change);
    widget->update();
}

}  // namespace rw::ui
