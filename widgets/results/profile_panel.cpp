#include "widgets/results/profile_panel.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "widgets/theme/theme.h"

namespace rw::ui {

ProfilePanel::ProfilePanel(QWidget* parent) : QWidget(parent), m_title(new QLabel(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "left");
    setFixedWidth(Theme::of(this).scaled(kWidth));
    m_title->setProperty("role", "section");
    m_title->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding,
                                metrics::kListPadding);
    auto* content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics::kStep);
    m_column->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(scroll, 1);
    connect(&m_profiler, &ResultProfiler::profiled, this, [this](int number, const SqliteProfile& profile) {
        if (static_cast<std::size_t>(number) < m_cards.size())
            m_cards[static_cast<std::size_t>(number)]->setProfile(profile);
    });
    // A profile of other rows is none of these.
    connect(&m_profiler, &ResultProfiler::failed, this, [this](int number, const Error& error) {
        for (auto left = static_cast<std::size_t>(number); left < m_cards.size(); ++left)
            m_cards[left]->setProfile(std::nullopt);
        Q_EMIT failed(error);
    });
    connect(&Theme::of(this), &Theme::changed, this,
            [this] { setFixedWidth(Theme::of(this).scaled(kWidth)); });
    retranslate();
}

void ProfilePanel::setMatch(const SqliteMatch& match) {
    const std::string shown = match.query.path + '\n' + match.query.table.name;
    if (shown != m_shown || m_columns != match.query.table.columns) makeCards(match.query.table);
    m_shown = shown;
    m_profiler.start(match.query);
}

void ProfilePanel::clear() {
    m_profiler.stop();
    m_shown.clear();
    makeCards({});
}

void ProfilePanel::makeCards(const SqliteEntry& table) {
    for (ProfileCard* card : m_cards) card->deleteLater();
    m_cards.clear();
    m_columns = table.columns;
    for (const SqliteColumn& column : table.columns) {
        auto* card = new ProfileCard(column);
        m_column->insertWidget(static_cast<int>(m_cards.size()), card);
        connect(card, &ProfileCard::filterRequested, this, &ProfilePanel::filterRequested);
        m_cards.push_back(card);
    }
}

void ProfilePanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ProfilePanel::retranslate() {
    m_title->setText(tr("Column profile"));
    setAccessibleName(m_title->text());
}

}  // namespace rw::ui
