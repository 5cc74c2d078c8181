#include "widgets/charts/drawing/line_choice.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>

#include "widgets/theme/shown_text.h"

namespace rw::ui {

LineChoice::LineChoice(const QStringList& names, const std::set<QString>& shown, std::size_t most,
                       QWidget* parent)
    : QMenu(parent), m_most(most) {
    connect(addAction(tr("Show the %1 with the largest newest values").arg(most)), &QAction::triggered, this,
            &LineChoice::largestRequested);
    addSeparator();
    addAction(tr("Shown, at most %1:").arg(most))->setEnabled(false);
    for (const QString& name : names) {
        QAction* line = addAction(labelText(name));
        line->setCheckable(true);
        line->setChecked(shown.count(name) > 0);
        connect(line, &QAction::toggled, this, [this, name](bool on) {
            refresh();
            Q_EMIT picked(name, on);
        });
        m_lines.append(line);
    }
    refresh();
}

// A chart has at least one line, and no more than can be told apart.
void LineChoice::refresh() {
    const auto count = static_cast<std::size_t>(
        std::count_if(m_lines.begin(), m_lines.end(), [](const QAction* line) { return line->isChecked(); }));
    for (QAction* line : m_lines) line->setEnabled(line->isChecked() ? count > 1 : count < m_most);
}

bool LineChoice::tick(QAction* action) {
    if (action == nullptr || !action->isCheckable()) return false;
    action->trigger();  // which does nothing while it is disabled
    return true;
}

void LineChoice::mouseReleaseEvent(QMouseEvent* event) {
    if (!tick(actionAt(event->position().toPoint()))) QMenu::mouseReleaseEvent(event);
}

void LineChoice::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const bool ticks = key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!ticks || !tick(activeAction())) QMenu::keyPressEvent(event);
}

}  // namespace rw::ui
