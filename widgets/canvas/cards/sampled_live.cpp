#include "widgets/canvas/cards/sampled_live.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

CardLive sampledLive(const LookedCounts& counts, const CardModel& card, bool cut, bool silent) {
    const QString unknown = QStringLiteral("—");
    CardLive live;
    live.sampled = true;
    live.dim = card.disabled;
    live.listens = silent && !card.disabled;
    live.in = counts.in ? countText(*counts.in) : unknown;
    live.out = counts.out ? countText(*counts.out) : unknown;
    if (card.picture && counts.in) {
        live.in =
            translated(figures::counted(*counts.in, RW_TEXT("card", "1 row"), RW_TEXT("card", "%1 rows")));
    }
    if (counts.out && card.group == NodeGroup::Source) {
        live.kept = 1;
        if (cut) live.out = QCoreApplication::translate("card", "first %1").arg(live.out);
    }
    if (counts.in && counts.out && *counts.in > 0)
        live.kept = std::min(1.0, static_cast<double>(*counts.out) / static_cast<double>(*counts.in));
    return live;
}

}  // namespace rw::ui
