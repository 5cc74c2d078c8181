#include "widgets/dashboard/time_bar.h"

#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <array>
#include <optional>

#include "core/base/readable.h"
#include "widgets/charts/shared_times.h"
#include "widgets/document/translated.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr Millis kMinute = 60'000, kHour = 60 * kMinute;
constexpr std::array kSpans{kMinute, 5 * kMinute, 15 * kMinute, kHour, 6 * kHour, 24 * kHour};

}  // namespace

TimeBar::TimeBar(SharedTimes& times, QWidget* parent)
    : QWidget(parent),
      m_times(times),
      m_choice(new QPushButton),
      m_menu(new QMenu(this)),
      m_back(new IconButton(QStringLiteral("chevron-left"), {})),
      m_forward(new IconButton(QStringLiteral("chevron-right"), {})),
      m_live(new QPushButton) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    m_choice->setObjectName(QStringLiteral("shownTimes"));
    m_choice->setIcon(Theme::of(this).icon(u"clock"));
    m_choice->setMenu(m_menu);
    m_live->setCheckable(true);
    row->addWidget(m_choice);
    row->addSpacing(metrics::kStep);
    row->addWidget(m_back);
    row->addWidget(m_live);
    row->addWidget(m_forward);
    connect(m_menu, &QMenu::aboutToShow, this, &TimeBar::fillMenu);
    connect(m_back, &QToolButton::clicked, this, [this] { m_times.step(true); });
    connect(m_forward, &QToolButton::clicked, this, [this] { m_times.step(false); });
    connect(m_live, &QPushButton::clicked, this, [this] {
        m_times.follow();
        refresh();
    });
    connect(&m_times, &SharedTimes::timesChanged, this, &TimeBar::refresh);
    connect(&m_times, &SharedTimes::countChanged, this, &TimeBar::refresh);
    refresh();
}

void TimeBar::setZone(const QTimeZone& zone) {
    m_zone = zone;
    refresh();
}

QString TimeBar::words() const {
    if (const std::optional<Range>& held = m_times.held())
        return spanText(static_cast<Instant>(held->from), static_cast<Instant>(held->to), m_zone);
    if (!m_times.newest()) return tr("Times of each chart");
    if (*m_times.newest() == 0) return tr("Whole run");
    return tr("Last %1").arg(translated(durationText(*m_times.newest())));
}

void TimeBar::fillMenu() {
    m_menu->clear();
    auto* group = new QActionGroup(m_menu);
    const auto add = [&](const QString& words, std::optional<Millis> span) {
        QAction* action = m_menu->addAction(words, this, [this, span] { m_times.showNewest(span); });
        action->setCheckable(true);
        action->setChecked(!m_times.held() && m_times.newest() == span);
        group->addAction(action);
    };
    add(tr("Times of each chart"), std::nullopt);
    m_menu->addSeparator();
    for (const Millis span : kSpans) add(tr("Last %1").arg(translated(durationText(span))), span);
    add(tr("Whole run"), 0);
}

void TimeBar::refresh() {
    setVisible(m_times.count() > 0);
    m_choice->setText(words());
    m_choice->setToolTip(tr("Choose the event times that all line charts show"));
    m_back->setLabel(tr("Show the times before"));
    m_forward->setLabel(tr("Show the times after"));
    m_back->setEnabled(m_times.canStep());
    m_forward->setEnabled(m_times.held().has_value());
    m_live->setText(tr("Newest"));
    m_live->setToolTip(tr("Go on with the newest rows"));
    m_live->setChecked(!m_times.held());
}

void TimeBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
