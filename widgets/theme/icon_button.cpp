#include "widgets/theme/icon_button.h"

#include <QEvent>

#include "widgets/theme/theme.h"

namespace rw::ui {

IconButton::IconButton(const QString& iconName, const QString& words, QWidget* parent)
    : QToolButton(parent), m_iconName(iconName) {
    setProperty("role", "flat");
    setFocusPolicy(Qt::TabFocus);
    setLabel(words);
    connect(this, &QToolButton::toggled, this, &IconButton::refresh);
    refresh();
}

void IconButton::setIconName(const QString& iconName) {
    m_iconName = iconName;
    refresh();
}

void IconButton::setLabel(const QString& words) {
    setAccessibleName(words);
    const QKeySequence keys = shortcut();
    setToolTip(keys.isEmpty()
                   ? words
                   : QStringLiteral("%1 (%2)").arg(words, keys.toString(QKeySequence::NativeText)));
}

void IconButton::setColorRole(ColorRole role) {
    m_role = role;
    refresh();
}

void IconButton::setDense() {
    m_dense = true;
    refresh();
    updateGeometry();
}

QSize IconButton::sizeHint() const {
    const int side = Theme::of(this).scaled(m_dense ? metrics::kIconLarge : metrics::kControlHeight);
    return {side, side};
}

void IconButton::changeEvent(QEvent* event) {
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        refresh();
        updateGeometry();
    }
}

void IconButton::refresh() {
    const Theme& theme = Theme::of(this);
    const int size = theme.scaled(m_dense ? metrics::kIconTiny : metrics::kIcon);
    setIconSize({size, size});
    setIcon(theme.icon(m_iconName, isChecked() ? ColorRole::Accent : m_role));
}

}  // namespace rw::ui
