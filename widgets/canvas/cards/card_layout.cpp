#include "widgets/canvas/cards/card_layout.h"

#include <algorithm>

namespace rw::ui {

using namespace card_metrics;

namespace {

constexpr double kFooterGives = 8;  // pixels; the picture gives the rest

double placeParts(const CardModel& card, CardLayout& layout, double width, int rows, bool tight) {
    double y = kHeader;
    const double gives = tight && card.stripKind != StripKind::None ? kStrip : 0;
    if (card.picture) {
        y += kPortRow * std::max(rows, 1);
        if (!card.still) {
            const double footer = gives > 0 ? kFooter - kFooterGives : kFooter;
            const double picture = kThumbnail + kFooter - footer - gives;
            layout.thumbnail = {kInset, y, width - 2 * kInset, picture};
            y += picture;
            layout.footer = {0, y, width, footer};
            y += footer;
        }
    } else {
        layout.settings = {kMargin, y + 4, width - 2 * kMargin, kSettings - 4};
        y += kSettings + kPortRow * rows;
        if (card.queueAhead > 0 && !tight) {  // the badge says it, too
            layout.queue = {kMargin, y, width - 2 * kMargin, kQueue};
            y += kQueue;
        }
        if (!card.still) {
            layout.metrics = {0, y, width, kMetrics - gives};
            y += kMetrics - gives;
        }
    }
    if (card.stripKind != StripKind::None) {
        layout.strip = {0, y, width, kStrip};
        y += kStrip;
    }
    return y;
}

void placePorts(const CardModel& card, CardLayout& layout, double width) {
    const double first = card.picture ? kHeader : kHeader + kSettings;
    int inputs = 0, outputs = 0;
    for (const CardPort& port : card.ports) {
        const int row = port.input ? inputs++ : outputs++;
        const double x = port.input ? 0 : width;
        if (card.collapsed) {
            layout.ports.emplace_back(x, kHeader / 2);
            layout.portNames.emplace_back();
            continue;
        }
        const double y = first + kPortRow * row;
        layout.ports.emplace_back(x, y + kPortRow / 2);
        const double half = width / 2 - kMargin;
        layout.portNames.emplace_back(port.input ? kMargin : width / 2, y, half, kPortRow);
    }
}

}  // namespace

double cardWidth(NodeGroup group) {
    switch (group) {
        case NodeGroup::Sink:
            return 192;
        case NodeGroup::Window:
            return 224;
        default:
            return 176;
    }
}

double footGrowth(const CardModel& card) {
    if (card.collapsed || card.still) return 0;
    const double strip = card.stripKind != StripKind::None ? kStrip : 0;
    return strip + (card.queueAhead > 0 && !card.picture ? kQueue : 0);
}

CardLayout cardLayout(const CardModel& card, bool tight) {
    CardLayout layout;
    const double width = cardWidth(card.group);
    layout.header = {0, 0, width, kHeader};
    layout.icon = {7, 6, 20, 20};
    layout.dot = {width - 17, kHeader / 2 - 4, 8, 8};
    layout.title = {35, 0, width - 35 - 24, kHeader};
    if (card.verdict)
        layout.verdict = {layout.dot.left() - kSignGap - kSign, (kHeader - kSign) / 2, kSign, kSign};
    const auto inputs =
        std::count_if(card.ports.begin(), card.ports.end(), [](const CardPort& p) { return p.input; });
    const auto rows = std::max(inputs, static_cast<std::ptrdiff_t>(card.ports.size()) - inputs);
    const double height = card.collapsed
                              ? kHeader
                              : placeParts(card, layout, width, static_cast<int>(rows), tight && !card.still);
    layout.card = {0, 0, width, height};
    placePorts(card, layout, width);
    return layout;
}

QRectF CardLayout::bounds() const {
    constexpr double kAround = kPortHit / 2 + 2;
    return card.adjusted(-kAround, -2, kAround + kBreakMark, 2);
}

int CardLayout::portAt(QPointF point, double slack) const {
    int best = -1;
    double nearest = kPortHit / 2 + slack;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const QPointF away = point - ports[i];
        const double distance = std::max(std::abs(away.x()), std::abs(away.y()));
        // Of those of a collapsed card, which lie on each other, the first.
        if (distance > nearest || (best >= 0 && distance == nearest)) continue;
        nearest = distance;
        best = static_cast<int>(i);
    }
    return best;
}

}  // namespace rw::ui
