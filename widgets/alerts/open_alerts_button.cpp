#include "widgets/alerts/open_alerts_button.h"

#include <QEvent>

#include "widgets/document/number_text.h"
#include "widgets/session/alert_feed.h"
#include "widgets/session/words/alert_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kWordsUpTo = 150;  // percent of text zoom
}

OpenAlertsButton::OpenAlertsButton(const AlertFeed& feed, QWidget* parent)
    : QPushButton(parent), m_feed(feed) {
    setObjectName(QStringLiteral("openAlerts"));
    setProperty("role", "flat");
    setProperty("controlSize", "small");
    connect(&m_feed, &AlertFeed::changed, this, &OpenAlertsButton::refresh);
    connect(&Theme::of(this), &Theme::changed, this, &OpenAlertsButton::refresh);
    refresh();
}

void OpenAlertsButton::refresh() {
    const int open = m_feed.open();
    setVisible(open > 0);
    if (open == 0) return;
    const Theme& theme = Theme::of(this);
    setIcon(theme.icon(u"bell", ColorRole::Error));
    // In large text the bar has little room: the bell and the number say it.
    setText(theme.scaled(100) <= kWordsUpTo ? openAlertsText(open)
                                            : countText(static_cast<std::uint64_t>(open)));
    setAccessibleName(openAlertsText(open));
    setToolTip(tr("Show the open alerts"));
}

void OpenAlertsButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QPushButton::changeEvent(event);
}

}  // namespace rw::ui
