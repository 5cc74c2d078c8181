// Rates, trend and watermark age of a card, and the picture of a sink with its footer: the parts that change
// while a run goes on, or with a sample.
#pragma once
#include <QPainter>
#include <QString>
#include <QStringList>
#include <span>

#include "widgets/canvas/cards/card_layout.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

/// The live part of a card, ready for painting.
struct CardLive {
    QString in = QStringLiteral("–"), out = QStringLiteral("–");
    QString age = QStringLiteral("–");
    /// How much state it holds, or how old its table is, the longest form first: the first that there is room
    /// for is shown, else the last. May be empty.
    QStringList held{};
    std::vector<float> trend{};  ///< rows per second, oldest first
    bool dim = false;            ///< from the last run, or disabled
    bool lastRun = false;        ///< nothing runs: `in` and `out` are the totals of the last run
    bool sampled = false;  ///< nothing runs: `in` and `out` are counts of a sample, “—” where not known
    bool stepped = false;  ///< the run stands: the last step brought it rows, and `in` and `out` say how many
    double kept = -1;      ///< rows out by rows in, 0 … 1; below 0: not known, or of no interest
    bool listens = false;  ///< of a sample: it has no rows until somebody listens, which is offered
    bool operator==(const CardLive&) const = default;
};

void paintMetrics(QPainter& painter, const CardLive& live, const CardLayout& layout, NodeGroup group);
/// Where *Listen 5 s* is offered (CardLive::listens); null: there is no room for it.
QRectF listenPlace(const CardLayout& layout);
void paintFooter(QPainter& painter, const CardLive& live, const CardLayout& layout);
/// A filled line over 60 seconds; a flat one without values.
void paintTrend(QPainter& painter, const QRectF& rect, std::span<const float> values, const QColor& color);

}  // namespace rw::ui
