#include "widgets/alerts/open_alerts_button.h"

#include <QEvent>

#include "widgets/document/running/alert_feed.h"
#include "widgets/document/running/alert_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

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
    setIcon(Theme::of(this).icon(u"bell", ColorRole::Error));
    setText(openAlertsText(open));
    setToolTip(tr("Show the open alerts"));
}

void OpenAlertsButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QPushButton::changeEvent(event);
}

}  // namespace rw::ui
