#include "widgets/charts/alert_chip.h"

#include <utility>

#include "widgets/session/run_session.h"
#include "widgets/session/words/alert_text.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

AlertChip::AlertChip(QWidget* parent) : Chip({}, parent) {
    setObjectName(QStringLiteral("alertChip"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    connect(this, &Chip::clicked, this, [this] {
        if (m_offer.kind == AlertOffer::Kind::Make || m_offer.kind == AlertOffer::Kind::Show)
            Q_EMIT alertRequested();
    });
    hide();
}

void AlertChip::refresh(const PipelineDocument& document, const RunSession& session, const NodeId& chart) {
    m_offer = alertOffer(document, chart);
    m_tells = false;
    switch (m_offer.kind) {
        case AlertOffer::Kind::None:
            break;
        case AlertOffer::Kind::Make:
        case AlertOffer::Kind::Refuse:
            say({}, Tone::Plain, QStringLiteral("bell"));
            break;
        case AlertOffer::Kind::Show:
            showState(session);
            break;
    }
    const QString words = m_offer.why.isEmpty() ? m_offer.words() : m_offer.words() + u'\n' + m_offer.why;
    if (accessibleDescription() != words) {
        setToolTip(wrappedLines(words));
        setAccessibleDescription(words);
    }
    showWords();
    showOrHide();
}

// What the card of the node on the canvas says; and that all is well, which goes without saying there.
void AlertChip::showState(const RunSession& session) {
    const AlertCounts counts = session.alerts().countsOf(m_offer.alert);
    const QString words = alertBadgeText(counts);
    m_tells = !words.isEmpty();
    if (counts.open > 0) return say(words, Tone::Error, QStringLiteral("bell"));
    if (counts.noData > 0) return say(words, Tone::Warn, QStringLiteral("bell"));
    if (counts.acknowledged > 0) return say(words, Tone::Plain, QStringLiteral("eye"));
    if (counts.silenced > 0) return say(words, Tone::Plain, QStringLiteral("bell-off"));
    if (counts.waiting > 0) return say(words, Tone::Warn, QStringLiteral("hourglass"));
    const bool judged = session.isActive() && session.alerts().ruleOf(m_offer.alert) != nullptr;
    say(judged ? tr("OK") : QString(), Tone::Ok, QStringLiteral("bell"));
}

void AlertChip::say(const QString& words, Tone tone, const QString& icon) {
    m_words = words;
    if (icon != std::exchange(m_icon, icon)) setIcon(icon);
    if (tone != std::exchange(m_tone, tone)) setTone(tone);
}

void AlertChip::showWords() {
    const QString shown = m_wordless ? QString() : m_words;
    if (shown != text()) setText(shown);
    const QString name = m_words.isEmpty() ? m_offer.words() : m_words;
    if (accessibleName() != name) setAccessibleName(name);
}

void AlertChip::setWordless(bool wordless) {
    m_wordless = wordless;
    showWords();
}

void AlertChip::setShort(bool isShort) {
    m_short = isShort;
    showOrHide();
}

void AlertChip::showOrHide() {
    setVisible(m_offer.kind != AlertOffer::Kind::None && (!m_short || m_tells));
}

}  // namespace rw::ui
