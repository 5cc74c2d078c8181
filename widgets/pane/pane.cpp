#include "widgets/pane/pane.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QEvent>
#include <QKeySequence>
#include <QStackedLayout>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

Pane::Pane(const PaneFacts& facts) : m_facts(facts), m_whileOn(new QActionGroup(this)) {
    setObjectName(QString::fromLatin1(facts.id));
    // It decides which actions may be chosen, not which is.
    m_whileOn->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    m_whileOn->setEnabled(false);
}

QString Pane::tabTitle() const {
    return labelText(withoutMnemonic(title()));
}

QAction* Pane::opens() {
    if (m_opens == nullptr) {
        m_opens = new QAction(Theme::of(this).icon(QString::fromLatin1(m_facts.icon)), title(), this);
        m_opens->setShortcut(QKeySequence(QString::fromLatin1(m_facts.shortcut)));
        m_opens->setVisible(m_present);
        connect(m_opens, &QAction::triggered, this, &Pane::openRequested);
    }
    return m_opens;
}

QAction* Pane::addEntry(MainMenu menu, const char* what, const QKeySequence& keys,
                        std::function<void()> act) {
    auto* action = new QAction(this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, std::move(act));
    m_entries.push_back({objectName() + QLatin1Char('.') + QLatin1String(what), menu, action});
    return action;
}

void Pane::onlyWhileOn(QAction* action) {
    m_whileOn->addAction(action);
}

void Pane::refreshActions() {
    m_whileOn->setEnabled(m_on && actsNow());
}

void Pane::setCount(int count) {
    if (count == m_count) return;
    m_count = count;
    Q_EMIT countChanged(count);
}

void Pane::setPresent(bool present) {
    if (present == m_present) return;
    m_present = present;
    if (m_opens != nullptr) m_opens->setVisible(present);
    Q_EMIT presentChanged(present);
}

// A widget behind the page in front would be given the keyboard and could not be seen to have it.
void Pane::turnTo(QStackedLayout& pages, int index, QWidget* keyboard) {
    const QWidget* before = pages.currentWidget();
    const bool leaves = index != pages.currentIndex() && before != nullptr &&
                        before->isAncestorOf(QApplication::focusWidget());
    pages.setCurrentIndex(index);
    setFocusProxy(keyboard);
    if (leaves) keyboard->setFocus(Qt::OtherFocusReason);
}

void Pane::turn(bool on) {
    if (on == m_on) return;
    m_on = on;
    on ? onActivated() : onDeactivated();
    refreshActions();
    Q_EMIT turned(on);
}

void Pane::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    turn(true);
}

void Pane::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    turn(false);
}

void Pane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    retranslate();
    if (m_opens != nullptr) m_opens->setText(title());
}

}  // namespace rw::ui
