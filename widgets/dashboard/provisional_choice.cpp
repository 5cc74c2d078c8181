#include "widgets/dashboard/provisional_choice.h"

#include <QActionGroup>
#include <QEvent>
#include <QMenu>
#include <QSettings>
#include <array>
#include <utility>

#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr auto kKey = "dashboard/provisional";

struct Way {
    Provisional how;
    const char* id;  ///< in the settings
};
constexpr std::array kWays{Way{Provisional::Shown, "shown"}, Way{Provisional::Dimmed, "dimmed"},
                           Way{Provisional::Hidden, "hidden"}};

Provisional kept() {
    const QString id = QSettings().value(QLatin1String(kKey)).toString();
    for (const Way& way : kWays)
        if (id == QLatin1String(way.id)) return way.how;
    return Provisional::Dimmed;
}

}  // namespace

ProvisionalChoice::ProvisionalChoice(QWidget* parent)
    : QPushButton(parent), m_menu(new QMenu(this)), m_chosen(kept()) {
    setObjectName(QStringLiteral("provisional"));
    setIcon(Theme::of(this).icon(u"hourglass"));
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &ProvisionalChoice::fill);
    refresh();
}

void ProvisionalChoice::choose(Provisional how) {
    if (std::exchange(m_chosen, how) == how) return;
    for (const Way& way : kWays)
        if (way.how == how) QSettings().setValue(QLatin1String(kKey), QLatin1String(way.id));
    refresh();
    Q_EMIT changed();
}

void ProvisionalChoice::fill() {
    m_menu->clear();
    auto* group = new QActionGroup(m_menu);
    const auto add = [&](const QString& words, Provisional how) {
        QAction* action = m_menu->addAction(words, this, [this, how] { choose(how); });
        action->setCheckable(true);
        action->setChecked(m_chosen == how);
        group->addAction(action);
    };
    add(tr("Shown as final results"), Provisional::Shown);
    add(tr("Dimmed"), Provisional::Dimmed);
    add(tr("Hidden"), Provisional::Hidden);
}

void ProvisionalChoice::refresh() {
    setText(m_chosen == Provisional::Shown    ? tr("Provisional: shown")
            : m_chosen == Provisional::Hidden ? tr("Provisional: hidden")
                                              : tr("Provisional: dimmed"));
    setToolTip(tr("How charts draw early results, which may still change"));
}

void ProvisionalChoice::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QPushButton::changeEvent(event);
}

}  // namespace rw::ui
