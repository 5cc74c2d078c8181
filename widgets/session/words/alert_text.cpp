#include "widgets/session/words/alert_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

/// The answer of the other side, or why there is none.
QString answerOf(const AlertDelivery& delivery) {
    if (!delivery.answer.empty()) return shownText(QString::fromStdString(delivery.answer), 40);
    return QCoreApplication::translate("alerts", "no answer");
}

QString counted(int number) {
    return countText(static_cast<std::uint64_t>(std::max(number, 0)));
}

}  // namespace

QString alertSignText(AlertSign sign, const AlertBoard::Silence* silence) {
    switch (sign) {
        case AlertSign::Waiting:
            return QCoreApplication::translate("alerts", "Waiting");
        case AlertSign::Alert:
            return QCoreApplication::translate("alerts", "Alert");
        case AlertSign::NoData:
            return QCoreApplication::translate("alerts", "No data");
        case AlertSign::Silenced:
            if (silence == nullptr || silence->until == kMaxTimestamp)
                return QCoreApplication::translate("alerts", "Silenced");
            return QCoreApplication::translate("alerts", "Silenced until %1").arg(momentText(silence->until));
        case AlertSign::Acknowledged:
            return QCoreApplication::translate("alerts", "Acknowledged");
        case AlertSign::Cleared:
            return QCoreApplication::translate("alerts", "Cleared");
        case AlertSign::Spared:
            return QCoreApplication::translate("alerts", "Spared");
        case AlertSign::DataAgain:
            return QCoreApplication::translate("alerts", "Data again");
        case AlertSign::Test:
            break;
    }
    return QCoreApplication::translate("alerts", "Test");
}

QString alertTargetText(const AlertTarget& target) {
    switch (target.kind) {
        case AlertTarget::Kind::Panel:
            return QCoreApplication::translate("alerts", "panel");
        case AlertTarget::Kind::Desktop:
            return QCoreApplication::translate("alerts", "desktop");
        case AlertTarget::Kind::Webhook:
        case AlertTarget::Kind::Mail:
            break;
    }
    return QString::fromStdString(target.connection);
}

QString deliveryText(const AlertDelivery& delivery, Instant now) {
    const QString target = alertTargetText(delivery.target);
    switch (delivery.state) {
        case AlertDelivery::State::Waiting:
            return QCoreApplication::translate("alerts", "%1: waiting").arg(target);
        case AlertDelivery::State::Retrying:
            return QCoreApplication::translate("alerts", "%1: %2, try %3 of %4 in %5")
                .arg(target, answerOf(delivery), counted(std::min(delivery.tries + 1, delivery.most)),
                     counted(delivery.most), wholeAgeText(std::max<Millis>(0, delivery.nextTry - now)));
        case AlertDelivery::State::Done:
            if (delivery.answer.empty()) return target;
            return QCoreApplication::translate("alerts", "%1: %2, %3")
                .arg(target, answerOf(delivery), tookText(static_cast<double>(delivery.took) / 1000));
        case AlertDelivery::State::Failed:
            return QCoreApplication::translate("alerts", "%1: %2, given up after %3")
                .arg(target, answerOf(delivery),
                     translated(figures::counted(static_cast<std::uint64_t>(std::max(delivery.tries, 0)),
                                                 RW_TEXT("alerts", "1 try"), RW_TEXT("alerts", "%1 tries"))));
        case AlertDelivery::State::Silenced:
            return QCoreApplication::translate("alerts", "%1: silenced").arg(target);
        case AlertDelivery::State::TooSoon:
            return QCoreApplication::translate("alerts", "%1: told of shortly before").arg(target);
        case AlertDelivery::State::Impossible:
            break;
    }
    return QCoreApplication::translate("alerts", "%1: not possible").arg(target);
}

QString deliveryTip(const AlertDelivery& delivery, Instant now) {
    QStringList lines;
    lines << (delivery.about == AlertDelivery::About::Ended
                  ? QCoreApplication::translate("alerts", "That it is over: %1")
                  : QCoreApplication::translate("alerts", "That it was raised: %1"))
                 .arg(deliveryText(delivery, now));
    if (!delivery.trouble.empty()) lines << translated(delivery.trouble);
    if (delivery.more > 0) {
        lines << translated(figures::counted(delivery.more, RW_TEXT("alerts", "It told of 1 more alert."),
                                             RW_TEXT("alerts", "It told of %1 more alerts.")));
    }
    return lines.join(QLatin1Char('\n'));
}

DeliverySign deliverySign(const AlertDelivery& delivery) {
    switch (delivery.state) {
        case AlertDelivery::State::Done:
            return DeliverySign::Done;
        case AlertDelivery::State::Waiting:
            return DeliverySign::UnderWay;
        case AlertDelivery::State::Silenced:
        case AlertDelivery::State::TooSoon:
            return DeliverySign::Held;
        case AlertDelivery::State::Retrying:
        case AlertDelivery::State::Failed:
        case AlertDelivery::State::Impossible:
            break;
    }
    return DeliverySign::Failed;
}

Instant sinceOf(const Alert& alert) {
    return alert.raised != kMinTimestamp ? alert.raised : alert.start;
}

bool hasMoment(const Alert& alert) {
    return alert.kind != AlertKind::Test && sinceOf(alert) != kMinTimestamp;
}

Millis lastedOf(const Alert& alert, Instant judged) {
    const Instant since = alert.stage == AlertStage::Spared ? alert.start : sinceOf(alert);
    const Instant until = alert.ongoing() ? judged : alert.ended;
    if (alert.kind == AlertKind::Test || since == kMinTimestamp || until == kMinTimestamp) return -1;
    if (until == kMaxTimestamp) return -1;  // the input has ended
    return std::max<Millis>(0, until - since);
}

QString openAlertsText(int open) {
    return translated(figures::counted(static_cast<std::uint64_t>(std::max(open, 0)),
                                       RW_TEXT("alerts", "1 alert open"),
                                       RW_TEXT("alerts", "%1 alerts open")));
}

QString alertBadgeText(const AlertCounts& counts) {
    if (counts.open > 0) {
        return translated(figures::counted(static_cast<std::uint64_t>(counts.open),
                                           RW_TEXT("alerts", "1 alert"), RW_TEXT("alerts", "%1 alerts")));
    }
    if (counts.noData > 0) return QCoreApplication::translate("alerts", "No data");
    if (counts.acknowledged > 0) return QCoreApplication::translate("alerts", "Acknowledged");
    if (counts.silenced > 0) return QCoreApplication::translate("alerts", "Silenced");
    return counts.waiting > 0 ? QCoreApplication::translate("alerts", "Waiting") : QString();
}

}  // namespace rw::ui
