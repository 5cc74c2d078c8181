#include "widgets/charts/alert_strips.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/document/editing/chart_alert.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/alert_feed.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostStrips = 3;  ///< more would leave the chart no room

StateStrip::Block blockOf(const AlertSpan& span) {
    const QString lasted = wholeAgeText(span.to - span.from);
    switch (span.sign) {
        case RuleSign::Fine:
            break;
        case RuleSign::Spared:
        case RuleSign::Waiting:
            return {span, lasted, {}};
        case RuleSign::Quiet:
            return {span, QCoreApplication::translate("alerts", "No data %1").arg(lasted),
                    QCoreApplication::translate("alerts", "No data")};
        case RuleSign::Raised:
            return {span, QCoreApplication::translate("alerts", "Alert %1").arg(lasted),
                    QCoreApplication::translate("alerts", "Alert")};
    }
    return {span, QCoreApplication::translate("alerts", "OK"), {}};
}

}  // namespace

StateStrip stripOf(const AlertBoard::Look& look, const NodeId& rule, const AlertBoard::Judged& judged) {
    StateStrip strip;
    for (const AlertSpan& span : alertSpans(look, rule, judged)) strip.blocks.push_back(blockOf(span));
    return strip;
}

std::vector<StateStrip> alertStrips(const PipelineDocument& document, const AlertFeed& feed,
                                    const NodeId& chart) {
    std::vector<StateStrip> strips;
    if (!feed.board()) return strips;
    for (const NodeId& alert : alertsOnRowsOf(document, chart)) {
        const Node* const node = document.node(alert);
        if (node == nullptr || strips.size() == kMostStrips) continue;
        StateStrip strip = stripOf(feed.look(), alert, feed.board()->judgedOf(alert));
        if (strip.blocks.empty()) continue;
        strip.name = strip.title = titleOf(*node);
        strips.push_back(std::move(strip));
    }
    if (strips.size() == 1) strips.front().name = QCoreApplication::translate("alerts", "state");
    return strips;
}

}  // namespace rw::ui
