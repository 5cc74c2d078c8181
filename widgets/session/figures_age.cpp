#include "widgets/session/figures_age.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/document/number_text.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

namespace {

bool goesOn(const RemoteRun& run) {
    const RunSession::State state = run.state();
    return state == RunSession::State::Running || state == RunSession::State::Stopping;
}

}  // namespace

std::optional<Millis> figuresAge(const RemoteRun& run, const QDateTime& now) {
    const QDateTime at = run.figuresAt();
    if (at.isNull() || !goesOn(run)) return std::nullopt;
    return std::max<Millis>(0, at.msecsTo(now));
}

QString figuresAgeText(const RemoteRun& run, const QDateTime& now) {
    if (!goesOn(run)) return {};
    const std::optional<Millis> age = figuresAge(run, now);
    if (!age) return QCoreApplication::translate("figures", "no figures yet");
    if (*age >= kOldFigures) {
        return QCoreApplication::translate("figures", "last seen %1")
            .arg(run.figuresAt().toLocalTime().toString(QStringLiteral("HH:mm:ss")));
    }
    return QCoreApplication::translate("figures", "figures %1 old").arg(wholeAgeText(*age));
}

bool showsOldFigures(const RunSession& session) {
    const RemoteRun* run = session.shown();
    return run != nullptr && figuresAge(*run).value_or(0) >= kOldFigures;
}

Instant ageClock(const RunSession& session) {
    const std::optional<Instant> replayed =
        session.shownRun().has(RunAbility::Seeking) ? session.replayClock() : std::optional<Instant>();
    return replayed ? *replayed : QDateTime::currentMSecsSinceEpoch();
}

bool tellsRate(const RunSession& session, bool known, const RateMeter& rate) {
    if (!session.shownRun().isElsewhere()) return known;
    return known && rate.hasRate() && !showsOldFigures(session);
}

}  // namespace rw::ui
