// How push buttons and tool buttons look: box, icon, words and chevron for every role that theme.h names.
#pragma once
#include <QStyleOptionButton>
#include <QStyleOptionToolButton>

class QPainter;
class QWidget;

namespace rw::ui {

class Theme;

// The size of the whole button, in the theme's height for it.
QSize pushButtonSize(const Theme& theme, const QStyleOptionButton& option, const QWidget* widget);
QSize toolButtonSize(const Theme& theme, const QStyleOptionToolButton& option, const QWidget* widget);

void paintPushButton(QPainter& painter, const Theme& theme, const QStyleOptionButton& option,
                     const QWidget* widget);
void paintToolButton(QPainter& painter, const Theme& theme, const QStyleOptionToolButton& option,
                     const QWidget* widget);

}  // namespace rw::ui
