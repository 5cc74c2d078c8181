#include "app/cli/run_alerts.h"

#include <fmt/format.h>

#include <string>

#include "app/cli/load.h"
#include "app/cli/signals.h"

namespace rw::cli {

namespace {

constexpr Millis kLastNews = 10'000, kAfterSignal = 400;
constexpr std::size_t kAlertsShown = 5;

std::string whereOf(const Alert& alert) {
    std::string text;
    for (const AlertKeyPart& part : alert.key) text += fmt::format(", {} {}", part.column, part.value);
    return text;
}

std::string titleOf(const AlertBoard::Look& look, const Alert& alert) {
    for (const AlertBoard::RuleState& rule : look.rules) {
        if (rule.rule.node == alert.node) return rule.rule.title;
    }
    return alert.node;
}

}  // namespace

void finishAlerts(AlertBoard& alerts) {
    if (alerts.look().rules.empty()) return;
    alerts.finish(signalsSoFar() > 0 ? kAfterSignal : kLastNews);
    const AlertBoard::Look look = alerts.look();
    std::size_t open = 0, failed = 0;
    for (const AlertBoard::Entry& entry : look.entries) {
        if (entry.alert.stage == AlertStage::Open && ++open <= kAlertsShown) {
            const char* const what = entry.alert.kind == AlertKind::NoData ? "no data"
                                     : entry.alert.provisional             ? "provisional alert"
                                                                           : "alert";
            const std::string title = titleOf(look, entry.alert) + whereOf(entry.alert);
            printMessage("note", entry.alert.message.empty()
                                     ? fmt::format("{}: {}", what, title)
                                     : fmt::format("{}: {}: {}", what, title, entry.alert.message));
        }
        for (const AlertDelivery& delivery : entry.deliveries) {
            const bool lost = delivery.state == AlertDelivery::State::Failed ||
                              delivery.state == AlertDelivery::State::Impossible;
            if (!lost || ++failed > kAlertsShown) continue;
            const std::string target =
                delivery.target.connection.empty() ? std::string("desktop") : delivery.target.connection;
            printMessage("warning",
                         fmt::format("{} was not told of an alert: {}", target, english(delivery.trouble)));
        }
    }
    if (open > kAlertsShown) printMessage("note", fmt::format("{} alerts are open", open));
    if (const std::size_t left = alerts.undelivered(); left > 0)
        printMessage("warning", fmt::format("alerts that nobody was told of in time: {}", left));
}

}  // namespace rw::cli
