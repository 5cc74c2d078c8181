#include "widgets/theme/button_painter.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QWidget>

#include "widgets/theme/button_label.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kPadding = 12;      // edge to words, the edge included
constexpr int kIconPadding = 10;  // edge to icon
constexpr int kBarePadding = 6;   // edge to an icon that stands alone
constexpr int kSmallPadding = 8;
constexpr int kLinkPadding = 4;

enum class Role { Plain, Primary, Danger, Link, Flat, Search, Segment };

Role roleOf(const QWidget* widget) {
    if (!widget) return Role::Plain;
    if (widget->property("segment").isValid()) return Role::Segment;
    const QString role = widget->property("role").toString();
    if (role == QLatin1String("primary")) return Role::Primary;
    if (role == QLatin1String("danger")) return Role::Danger;
    if (role == QLatin1String("link")) return Role::Link;
    if (role == QLatin1String("flat")) return Role::Flat;
    if (role == QLatin1String("search")) return Role::Search;
    return Role::Plain;
}

bool isSmall(const QWidget* widget) {
    return widget && widget->property("controlSize").toString() == QLatin1String("small");
}

int heightOf(const Theme& theme, const QWidget* widget) {
    const bool low = isSmall(widget) || roleOf(widget) == Role::Link;
    return theme.scaled(low ? metrics::kSmallButtonHeight : metrics::kControlHeight);
}

struct Look {
    QColor fill, edge, words;
    QFont::Weight weight = QFont::Medium;
    bool underlined = false;
};

Look lookOf(Role role, QStyle::State state, const Tokens& t) {
    const bool on = state & QStyle::State_On;
    const bool down = state & QStyle::State_Sunken;
    const bool hovered = state & QStyle::State_MouseOver;
    const QColor none = Qt::transparent;
    Look look{t.panel2, t.line, t.text};
    if (!(state & QStyle::State_Enabled)) {
        look = {none, role == Role::Flat || role == Role::Link ? none : mixed(t.line, t.panel, 0.7),
                t.disabled};
        if (role == Role::Segment && on) look.fill = t.hover;
        return look;
    }
    switch (role) {
        case Role::Plain:
            if (on || down)
                look = {t.selected, mixed(t.accent, t.panel, 0.55), on ? t.accent : t.text};
            else if (hovered)
                look.fill = t.hover;
            break;
        case Role::Primary: {
            const QColor fill = down ? t.accentPressed : hovered ? t.accentHover : t.accent;
            look = {fill, fill, t.onAccent, QFont::DemiBold};
            break;
        }
        case Role::Danger:
            look = {down || hovered ? t.hover : t.error.tint, t.error.line, t.error.text};
            break;
        case Role::Link:
            look = {none, none, t.accent, QFont::Medium, hovered};
            break;
        case Role::Flat:
            look = {on || down ? t.selected : hovered ? t.hover : none, none, on ? t.accent : t.text};
            break;
        case Role::Search:
            look = {t.field, hovered ? t.line2 : t.line, t.dim, QFont::Normal};
            break;
        case Role::Segment:
            look = {on        ? t.selected
                    : hovered ? t.hover
                              : t.field,
                    t.line, on ? t.accent : t.text, on ? QFont::Medium : QFont::Normal};
            break;
    }
    return look;
}

// Segments share their edges: each draws the one at its right, and only the ends are round.
void paintSegmentBox(QPainter& painter, const QRect& rect, const Look& look, const QString& place) {
    const bool first = place == QLatin1String("first") || place == QLatin1String("only");
    const bool last = place == QLatin1String("last") || place == QLatin1String("only");
    painter.save();
    painter.setClipRect(rect);
    const int beyond = metrics::kControlRadius * 2;
    const QRect box = rect.adjusted(first ? 0 : -beyond, 0, last ? 0 : beyond, 0);
    paintBox(painter, box, look.fill, look.edge, metrics::kControlRadius);
    if (!last) painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), look.edge);
    painter.restore();
}

void paintButtonBox(QPainter& painter, const QRect& rect, const Theme& theme, Role role, QStyle::State state,
                    const Look& look, const QWidget* widget) {
    if (role == Role::Segment)
        paintSegmentBox(painter, rect, look, widget->property("segment").toString());
    else if (role != Role::Link)
        paintBox(painter, rect, look.fill, look.edge, metrics::kControlRadius);
    // Only after a move by keyboard; a click shows by itself where it went.
    if (!(state & QStyle::State_HasFocus) || !(state & QStyle::State_KeyboardFocusChange)) return;
    const QColor ring = role == Role::Primary ? theme.tokens().text : theme.tokens().accent;
    paintBox(painter, rect, Qt::transparent, ring, metrics::kControlRadius, metrics::kFocusRing);
}

QMargins paddingOf(const QWidget* widget, const ButtonLabel& label) {
    const Role role = roleOf(widget);
    if (role == Role::Link) return {kLinkPadding, 0, kLinkPadding, 0};
    if (label.text.isEmpty()) return {kBarePadding, 0, kBarePadding, 0};
    if (isSmall(widget)) return {kSmallPadding, 0, kSmallPadding, 0};
    const int left = label.icon.isNull() ? kPadding : kIconPadding;
    return {left, 0, label.keys.isEmpty() ? kPadding : kSmallPadding, 0};
}

int widthOf(const Theme& theme, const QWidget* widget, QFont font, const ButtonLabel& label) {
    // The weight that it may be painted in when it is on.
    font.setWeight(lookOf(roleOf(widget), QStyle::State_Enabled | QStyle::State_On, theme.tokens()).weight);
    const QMargins padding = paddingOf(widget, label);
    return padding.left() + labelWidth(theme, font, label) + padding.right();
}

QString keysOf(const QWidget* widget) {
    return widget ? widget->property("keys").toString() : QString();
}

ButtonLabel labelOf(const QStyleOptionButton& option, const QWidget* widget) {
    return {option.icon,
            option.iconSize,
            option.text,
            keysOf(widget),
            bool(option.features & QStyleOptionButton::HasMenu),
            roleOf(widget) == Role::Search};
}

ButtonLabel labelOf(const QStyleOptionToolButton& option, const QWidget* widget) {
    const bool withText = option.toolButtonStyle != Qt::ToolButtonIconOnly;
    const bool withIcon = option.toolButtonStyle != Qt::ToolButtonTextOnly;
    return {withIcon ? option.icon : QIcon(),
            option.iconSize,
            withText ? option.text : QString(),
            keysOf(widget),
            bool(option.features & QStyleOptionToolButton::HasMenu),
            false};
}

// Box, then words; the font is the painter's. `enters`: it is what Enter presses.
void paintButton(QPainter& painter, const Theme& theme, const QRect& rect, QStyle::State state,
                 const ButtonLabel& label, const QWidget* widget, bool enters = false) {
    const Role role = roleOf(widget);
    Look look = lookOf(role, state, theme.tokens());
    if (enters && role == Role::Plain && (state & QStyle::State_Enabled)) look.edge = theme.tokens().accent;
    paintButtonBox(painter, rect, theme, role, state, look, widget);
    QFont font = painter.font();
    font.setWeight(look.weight);
    font.setUnderline(look.underlined);
    painter.setFont(font);
    painter.setPen(look.words);
    // The words of a segment stand in its middle; in a narrow one they may come near its edges.
    const QMargins padding = role == Role::Segment ? QMargins(2, 0, 2, 0) : paddingOf(widget, label);
    paintButtonLabel(painter, theme, rect.marginsRemoved(padding), label, state);
}

}  // namespace

QSize pushButtonSize(const Theme& theme, const QStyleOptionButton& option, const QWidget* widget) {
    const QFont font = widget ? widget->font() : QFont();
    return {widthOf(theme, widget, font, labelOf(option, widget)), heightOf(theme, widget)};
}

QSize toolButtonSize(const Theme& theme, const QStyleOptionToolButton& option, const QWidget* widget) {
    return {widthOf(theme, widget, option.font, labelOf(option, widget)), heightOf(theme, widget)};
}

void paintPushButton(QPainter& painter, const Theme& theme, const QStyleOptionButton& option,
                     const QWidget* widget) {
    painter.save();
    const bool enters = option.features & QStyleOptionButton::DefaultButton;
    paintButton(painter, theme, option.rect, option.state, labelOf(option, widget), widget, enters);
    painter.restore();
}

void paintToolButton(QPainter& painter, const Theme& theme, const QStyleOptionToolButton& option,
                     const QWidget* widget) {
    painter.save();
    painter.setFont(option.font);
    paintButton(painter, theme, option.rect, option.state, labelOf(option, widget), widget);
    painter.restore();
}

}  // namespace rw::ui
