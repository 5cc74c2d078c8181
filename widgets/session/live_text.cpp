#include "widgets/session/live_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/running_node.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

namespace {

/// As far as is known before it starts; one that is not saved is taken for saved.
bool nextRunTakesCheckpoints(const PipelineDocument& document, const RunSession& session) {
    const Pipeline& pipeline = document.pipeline();
    if (checkpointEveryOf(pipeline.settings) == 0) return false;
    if (session.alwaysCheckpoints()) return true;
    const std::vector<RunningNode> nodes = runningNodes(pipeline, document.validated(), document.catalogue());
    return nodes.empty() || !endsByItself(nodes);
}

}  // namespace

Guarantee shownGuarantee(const PipelineDocument& document, const RunSession& session, const NodeId& node) {
    if (!session.shownRun().has(RunAbility::Guarantees)) return {};
    if (session.isActive()) {
        const LiveNode* live = session.snapshot().node(node);
        if (live != nullptr && live->metrics.guarantee.promise != Guarantee::Promise::None)
            return live->metrics.guarantee;
    }
    const TypedNode* typed = document.typed(node);
    if (typed == nullptr || !typed->bound || typed->bound->guarantee.promise == Guarantee::Promise::None)
        return {};
    return inRun(typed->bound->guarantee, nextRunTakesCheckpoints(document, session));
}

QString guaranteeWordsOf(const Pipeline& pipeline, const Guarantee& guarantee) {
    const Text words = guaranteeWords(guarantee, checkpointEveryOf(pipeline.settings));
    return words.empty() ? QString() : translated(words);
}

QString outWords(const LiveSummary& summary, Instant now) {
    const QString words = translated(liveWords(summary));
    const Instant since = summary.worst.since;
    if (summary.partitions > 1 || since == 0) return words;
    return QCoreApplication::translate("live", "%1 for %2")
        .arg(words, wholeAgeText(std::max<Millis>(now - since, 0)));
}

QString lagWords(const LiveSummary& summary) {
    return summary.lag ? translated(lagText(*summary.lag, summary.unit)) : QString();
}

QStringList liveLines(const NodeMetrics& node, Instant now) {
    const std::optional<LiveSummary> live = liveSummary(node);
    if (!live) return {};
    const Text more = liveText(*live, now);
    QStringList lines{translated(liveWords(*live))};
    if (!more.empty()) lines << translated(more);
    if (live->lag) lines << QCoreApplication::translate("live", "Lag: %1").arg(lagWords(*live));
    const std::vector<const PartitionMetrics*> sorted = worstFirst(node.partitions);
    for (std::size_t i = 0; i < std::min(sorted.size(), kPartitionsShown); ++i)
        lines << translated(partitionText(*sorted[i]));
    if (sorted.size() > kPartitionsShown) {
        lines << QCoreApplication::translate("live", "and %1 more partitions")
                     .arg(countText(sorted.size() - kPartitionsShown));
    }
    return lines;
}

}  // namespace rw::ui
