// Alerts in the words of the window.
#pragma once
#include <QString>

#include "widgets/session/alert_feed.h"

namespace rw::ui {

/// “Alert”, “No data”, “Silenced until 15:00”.
QString alertSignText(AlertSign sign, const AlertBoard::Silence* silence);
/// “desktop”, “ops-hook”.
QString alertTargetText(const AlertTarget& target);
/// How it goes with one delivery, in a few words: “desktop”, “ops-hook: 503, try 3 of 5 in 8 s”. `now`: wall
/// time.
QString deliveryText(const AlertDelivery& delivery, Instant now);
/// The same with all that is known, for a tooltip.
QString deliveryTip(const AlertDelivery& delivery, Instant now);

enum class DeliverySign { Done, UnderWay, Held, Failed };
DeliverySign deliverySign(const AlertDelivery& delivery);

/// Since when: event time, of a test wall time.
Instant sinceOf(const Alert& alert);
/// Whether that is a moment of the run; not of a test.
bool hasMoment(const Alert& alert);
/// How long it lasts, or did; of an ongoing one up to `judged`. Negative: that is not known.
Millis lastedOf(const Alert& alert, Instant judged);

/// “1 alert open”, “3 alerts open”.
QString openAlertsText(int open);
/// On the card of a node: “2 alerts”, “No data”, “Waiting”; empty: nothing is to be said.
QString alertBadgeText(const AlertCounts& counts);

}  // namespace rw::ui
