#include "widgets/theme/button_painter.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QWidget>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kPadding = 12;      // edge to words, the edge included
constexpr int kIconPadding = 10;  // edge to icon
constexpr int kSmallPadding = 8;
constexpr int kLinkPadding = 4;
constexpr int kGap = 6;  // icon to words
constexpr int kChevronSpace = 18;

enum class Role { Plain, Primary, Danger, Link, Flat, Segment };

Role roleOf(const QWidget* widget) {
    if (!widget) return Role::Plain;
    if (widget->property("segment").isValid()) return Role::Segment;
    const QString role = widget->property("role").toString();
    if (role == QLatin1String("primary")) return Role::Primary;
    if (role == QLatin1String("danger")) return Role::Danger;
    if (role == QLatin1String("link")) return Role::Link;
    if (role == QLatin1String("flat")) return Role::Flat;
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
    // Only for those who came by keyboard; a click shows by itself where it went.
    if (!(state & QStyle::State_HasFocus) || !(state & QStyle::State_KeyboardFocusChange)) return;
    const QColor ring = role == Role::Primary ? theme.tokens().text : theme.tokens().accent;
    paintBox(painter, rect, Qt::transparent, ring, metrics::kControlRadius, metrics::kFocusRing);
}

struct Label {
    QIcon icon;
    QSize iconSize;
    QString text;
    bool chevron;
};

void paintLabel(QPainter& painter, const QRect& rect, const Theme& theme, QStyle::State state,
                const Look& look, const Label& label) {
    QFont font = painter.font();
    font.setWeight(look.weight);
    font.setUnderline(look.underlined);
    painter.setFont(font);
    painter.setPen(look.words);
    const bool hasIcon = !label.icon.isNull();
    const bool hasText = !label.text.isEmpty();
    const int iconWidth = hasIcon ? label.iconSize.width() : 0;
    const int gap = hasIcon && hasText ? kGap : 0;
    const int chevron = label.chevron ? kChevronSpace : 0;
    const int wanted = painter.fontMetrics().horizontalAdvance(QString(label.text).remove(QLatin1Char('&')));
    const int textWidth = std::min(wanted, rect.width() - iconWidth - gap - chevron);
    int x = rect.x() + (rect.width() - iconWidth - gap - textWidth - chevron) / 2;

    if (hasIcon) {
        const auto mode = state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled;
        const auto icon = state & QStyle::State_On ? QIcon::On : QIcon::Off;
        const QRect box(x, rect.y() + (rect.height() - label.iconSize.height()) / 2, iconWidth,
                        label.iconSize.height());
        label.icon.paint(&painter, box, Qt::AlignCenter, mode, icon);
        x += iconWidth + gap;
    }
    if (hasText) {
        painter.drawText(QRect(x, rect.y(), textWidth, rect.height()),
                         Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextHideMnemonic,
                         label.text);
        x += textWidth;
    }
    if (label.chevron) {
        const int size = theme.scaled(metrics::kIconTiny);
        const QRect box(x + (hasText ? kGap : 2), rect.y(), size, rect.height());
        paintGlyph(painter, box, u"chevron-down", size,
                   state & QStyle::State_Enabled ? theme.tokens().dim : theme.tokens().disabled);
    }
}

int paddingOf(const QWidget* widget, bool hasIcon) {
    if (roleOf(widget) == Role::Link) return kLinkPadding;
    if (isSmall(widget)) return kSmallPadding;
    return hasIcon ? kIconPadding : kPadding;
}

// Measured with the weight that it will be painted in; Qt's own measure knows neither that nor our gap.
int widthOf(const Theme& theme, const QWidget* widget, QFont font, const Label& label) {
    font.setWeight(lookOf(roleOf(widget), QStyle::State_Enabled | QStyle::State_On, theme.tokens()).weight);
    const bool hasIcon = !label.icon.isNull();
    const bool hasText = !label.text.isEmpty();
    const int words = QFontMetrics(font).horizontalAdvance(QString(label.text).remove(QLatin1Char('&')));
    return paddingOf(widget, hasIcon) + (hasIcon ? label.iconSize.width() : 0) +
           (hasIcon && hasText ? kGap : 0) + words + (label.chevron ? kChevronSpace : 0) +
           paddingOf(widget, false);
}

Label labelOf(const QStyleOptionButton& option) {
    return {option.icon, option.iconSize, option.text, bool(option.features & QStyleOptionButton::HasMenu)};
}

Label labelOf(const QStyleOptionToolButton& option) {
    const bool withText = option.toolButtonStyle != Qt::ToolButtonIconOnly;
    const bool withIcon = option.toolButtonStyle != Qt::ToolButtonTextOnly;
    return {withIcon ? option.icon : QIcon(), option.iconSize, withText ? option.text : QString(),
            bool(option.features & QStyleOptionToolButton::HasMenu)};
}

}  // namespace

QSize pushButtonSize(const Theme& theme, const QStyleOptionButton& option, const QWidget* widget) {
    const QFont font = widget ? widget->font() : QFont();
    return {widthOf(theme, widget, font, labelOf(option)), heightOf(theme, widget)};
}

QSize toolButtonSize(const Theme& theme, const QStyleOptionToolButton& option, const QWidget* widget) {
    const int height = heightOf(theme, widget);
    const Label label = labelOf(option);
    if (label.text.isEmpty()) return {height + (label.chevron ? kChevronSpace - 2 : 0), height};
    return {widthOf(theme, widget, option.font, label), height};
}

void paintPushButton(QPainter& painter, const Theme& theme, const QStyleOptionButton& option,
                     const QWidget* widget) {
    const Role role = roleOf(widget);
    const Look look = lookOf(role, option.state, theme.tokens());
    painter.save();
    paintButtonBox(painter, option.rect, theme, role, option.state, look, widget);
    paintLabel(painter, option.rect, theme, option.state, look, labelOf(option));
    painter.restore();
}

void paintToolButton(QPainter& painter, const Theme& theme, const QStyleOptionToolButton& option,
                     const QWidget* widget) {
    const Role role = roleOf(widget);
    const Look look = lookOf(role, option.state, theme.tokens());
    painter.save();
    painter.setFont(option.font);
    paintButtonBox(painter, option.rect, theme, role, option.state, look, widget);
    paintLabel(painter, option.rect, theme, option.state, look, labelOf(option));
    painter.restore();
}

}  // namespace rw::ui
