// The states of an alert rule as a strip of blocks along an axis of times.
#pragma once
#include <QRectF>
#include <QString>
#include <QTimeZone>
#include <functional>
#include <vector>

#include "widgets/session/alert_spans.h"

class QPainter;

namespace rw::ui {

class Theme;

struct StateStrip {
    struct Block {
        AlertSpan span{};
        QString words{}, fewWords{};  ///< in it where there is room; empty: none
        bool operator==(const Block&) const = default;
    };
    QString name{};   ///< beside it
    QString title{};  ///< of the rule
    std::vector<Block> blocks{};
    bool operator==(const StateStrip&) const = default;

    const Block* at(double time) const;  ///< null: nothing is known of that time
};

/// “Busiest core: Alert for 1 min 10 s”, and from when to when.
QString stripTip(const QString& title, const AlertSpan& span, const QTimeZone& zone);
/// Without the gaps around it.
int stripHeight(const Theme& theme);
/// `place`: of the whole axis; `placeOf`: of a time, which may be beyond it.
void paintStrip(QPainter& painter, const Theme& theme, const StateStrip& strip, const QRectF& place,
                const std::function<double(double)>& placeOf);

}  // namespace rw::ui
