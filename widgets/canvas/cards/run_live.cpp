#include "widgets/canvas/cards/run_live.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/live_text.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

namespace {

// An empty table takes less than this, which is not worth showing.
constexpr std::uint64_t kLeastState = 10'000;

// Of a node that learns, over its last rows.
QString qualityText(const Quality& quality) {
    const auto share = QString::fromStdString(figures::share(quality.value));
    switch (quality.kind) {
        case Quality::Kind::Accuracy:
            return QCoreApplication::translate("card", "%1 right").arg(share);
        case Quality::Kind::Error:
            return QCoreApplication::translate("card", "error %1")
                .arg(QString::fromStdString(figures::rounded(quality.value)));
        case Quality::Kind::Coverage:
            return QCoreApplication::translate("card", "%1 in band").arg(share);
        case Quality::Kind::Anomalies:
            return QCoreApplication::translate("card", "%1 odd").arg(share);
        case Quality::Kind::None:
            break;
    }
    return {};
}

// What is in memory and what is in files; where there is no room for both, all of it.
QStringList stateForms(std::uint64_t memory, std::uint64_t files) {
    if (files == 0) return memory < kLeastState ? QStringList() : QStringList(sizeText(memory));
    return {QCoreApplication::translate("card", "%1 + %2 in files").arg(sizeText(memory), sizeText(files)),
            QStringLiteral("%1 + %2").arg(sizeText(memory), sizeText(files)), sizeText(memory + files)};
}

// As CardLive::held.
QStringList heldForms(const NodeMetrics& metrics, Instant now) {
    if (metrics.quality.rows > 0) return {qualityText(metrics.quality)};
    if (metrics.tableRead != kMinTimestamp) {
        return {QCoreApplication::translate("card", "table %1")
                    .arg(ageText(std::max<Millis>(0, now - metrics.tableRead)))};
    }
    if (metrics.progress.lost > 0) {
        return {translated(figures::counted(metrics.progress.lost, RW_TEXT("card", "1 message lost"),
                                            RW_TEXT("card", "%1 messages lost")))};
    }
    return stateForms(metrics.stateBytes, metrics.stateSpilled);
}

bool takesChanges(const TypedNode* node) {
    if (node == nullptr || node->inputs.empty() || node->inputs.front().empty()) return false;
    return node->inputs.front().front().updating;
}

// The table that changes make has fewer rows than there were changes.
QString cameText(std::uint64_t number, bool changes) {
    return translated(
        changes ? figures::counted(number, RW_TEXT("card", "1 change"), RW_TEXT("card", "%1 changes"))
                : figures::counted(number, RW_TEXT("card", "1 row"), RW_TEXT("card", "%1 rows")));
}

// Rows in and out from before an edit was applied to the run here: a job elsewhere has none of them.
std::pair<std::uint64_t, std::uint64_t> earlierRows(const RunSession& session, const NodeId& id,
                                                    bool sinceEdit) {
    if (session.shownRun().isElsewhere()) return {0, 0};
    const EarlierCounts& earlier = session.findings().earlier();
    return sinceEdit ? earlier.sinceEdit(id) : earlier.rowsOf(id);
}

// Whether all that the node does is to let rows through by a condition.
bool isFilter(const NodeKind& kind, const TypedNode& typed) {
    return typed.bound != nullptr && typed.bound->distribution.kind == Distribution::Kind::Stateless &&
           std::any_of(kind.params.begin(), kind.params.end(), [](const ParamSpec& spec) {
               return spec.kind == ParamKind::Condition && spec.required;
           });
}

// Of rows that a filter lets through; of changes a share would say nothing of the table that they make.
double keptShare(const RunSession& session, const NodeId& id, const LiveNode& node, const NodeKind* kind,
                 const TypedNode* typed) {
    // While an edit above is wrong it is not known whether these are changes.
    const bool known = typed != nullptr && !typed->inputs.empty() && !typed->inputs.front().empty();
    const bool told = known && kind != nullptr && isFilter(*kind, *typed) && !takesChanges(typed);
    if (!told || !node.known.in || !node.known.out) return -1;
    // Rows from before an edit of another node count: they were let through by the same condition.
    const auto [earlierIn, earlierOut] = earlierRows(session, id, true);
    const std::uint64_t in = earlierIn + node.metrics.rowsIn, out = earlierOut + node.metrics.rowsOut;
    if (in == 0) return -1;
    return std::min(1.0, static_cast<double>(out) / static_cast<double>(in));
}

// While the run stands after a step nothing flows: what the step brought is in the place of rates.
bool fillStepped(CardLive& live, const RunSession& session, const LiveNode& node, const NodeId& id,
                 bool source) {
    const std::optional<RunMetrics>& before = session.beforeStep();
    if (!before || session.state() != RunSession::State::Paused || session.shownRun().isElsewhere())
        return false;
    const auto found = before->nodes.find(id);
    const NodeMetrics was = found != before->nodes.end() ? found->second : NodeMetrics();
    // After a restart they are counted anew.
    const auto more = [](std::uint64_t now, std::uint64_t then) { return now - std::min(now, then); };
    const std::uint64_t in = more(node.metrics.rowsIn, was.rowsIn),
                        out = more(node.metrics.rowsOut, was.rowsOut);
    const auto words = [](std::uint64_t rows) { return QStringLiteral("+%1").arg(countText(rows)); };
    if (!source) live.in = words(in);
    live.out = words(out);
    live.stepped = in > 0 || out > 0;
    return true;
}

}  // namespace

CardLive runLive(const RunSession& session, const CardModel& card, const NodeKind* kind,
                 const TypedNode* typed) {
    CardLive live;
    const LiveNode* node = session.snapshot().node(card.id);
    const bool old = showsOldFigures(session);
    live.dim = !session.isActive() || card.disabled || old;
    if (node == nullptr) return live;
    const bool source = kind != nullptr && kind->group == NodeGroup::Source;
    const KnownFigures& known = node->known;
    if (session.isActive()) {
        if (!fillStepped(live, session, *node, card.id, source)) {
            if (!source && tellsRate(session, known.in, node->in)) live.in = rateText(node->in.perSecond());
            if (tellsRate(session, known.out, node->out)) live.out = rateText(node->out.perSecond());
        }
        if (known.watermark && !old) live.age = watermarkText(node->metrics.watermark, ageClock(session));
        live.held = heldForms(node->metrics, ageClock(session));
    } else {
        live.lastRun = true;
        // What it shows has the rows from before an edit was applied, too.
        const auto [earlierIn, earlierOut] = earlierRows(session, card.id, false);
        const std::uint64_t in = earlierIn + node->metrics.rowsIn, out = earlierOut + node->metrics.rowsOut;
        if (!source && known.in) live.in = roundedText(static_cast<double>(in));
        if (known.out) live.out = roundedText(static_cast<double>(out));
        if (card.picture && known.in) live.in = cameText(in, takesChanges(typed));
    }
    live.kept = keptShare(session, card.id, *node, kind, typed);
    const bool byOutput = source || (!known.in && known.out);
    live.trend = byOutput ? node->out.history() : node->in.history();
    return live;
}

}  // namespace rw::ui
