// Why no row: what it would need, port by port up to the sources, and where those rows ended on their way
// down.
#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "core/base/figures.h"
#include "core/lineage/gather.h"
#include "core/lineage/known_columns.h"
#include "core/lineage/late_port.h"
#include "core/lineage/left_out.h"
#include "core/lineage/lineage.h"
#include "core/lineage/mends.h"
#include "core/lineage/nearest.h"
#include "core/lineage/needed_delay.h"
#include "core/lineage/origins.h"
#include "core/lineage/question.h"
#include "core/lineage/related_rows.h"
#include "core/lineage/sought_rows.h"
#include "core/lineage/waiting.h"

namespace rw {

namespace {

constexpr std::size_t kMostNear = 5;
/// The condition of a question about any row at all.
constexpr const char* kAnyRow = "TRUE";

/// What was gathered at an input, over all ports from which its rows come: numbers among the rows gathered.
struct Gathered {
    const SoughtInput* input = nullptr;
    std::vector<std::size_t> exact{}, near{}, leftOut{};  ///< by SoughtInput::from
    std::shared_ptr<const LeftOutOfAll> ofAll{};
    std::optional<std::size_t> instead{};  ///< what the node gave in place of the row that is missed
    /// What left by its late port, where the condition does not tell which rows come too late.
    std::optional<std::size_t> late{};
};

/// What was gathered at an output port, each row once, by whichever inputs it was sought.
struct Port {
    PortRef from{};
    int out = 0;  ///< the same port
    const PlannedNode* node = nullptr;
    std::size_t exact = 0;
    std::vector<std::size_t> near{};
};

class WalkDown {
 public:
    WalkDown(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer)
        : m_question(question),
          m_upstream(upstream),
          m_gatherer(gatherer),
          m_sought(upstream, gatherer.eval()) {}

    Result<MissingAnswer> walk(const Asked& asked) {
        KnownColumns known = asked.where ? knownColumns(*asked.where, asked.type.schema, m_gatherer.eval())
                                         : KnownColumns{asked.values, true};
        const bool anyRow = m_question.where == kAnyRow;
        known.whole = known.whole || anyRow;
        if (!anyRow && !known.any()) {
            return Status(
                ErrorCode::Invalid,
                RW_TEXT("lineage", "“%1” says of no column what it would be.").with(askedText(m_question)),
                RW_TEXT("lineage",
                        "Write equations that AND joins: key = 'x' AND window_end = "
                        "'2024-03-01 12:00:10'."));
        }
        if (!known.whole)
            m_answer.notes.push_back(RW_TEXT(
                "lineage",
                "Only the equations of the condition say which rows it would need; the rest is left out."));
        const std::size_t there = want({asked.from(), asked.condition});
        RW_TRY(m_sought.walk({asked.node, asked.port}, known.row));
        if (!anyRow && !m_sought.narrows()) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("lineage", "“%1” does not say which rows it would be made of.")
                              .with(askedText(m_question)),
                          RW_TEXT("lineage", "Name the keys, or the window."));
        }
        m_answer.sought =
            anyRow ? std::vector{RW_TEXT("lineage", "any row of its sources")} : m_sought.words();
        // Nodes that pass rows on need the row itself.
        if (m_answer.sought.empty())
            m_answer.sought.push_back(
                RW_TEXT("lineage", "a row with %1").with(cellsText(known.row, 0, allColumns(known.row))));
        wantAll();
        RW_TRY_ASSIGN(m_found, m_gatherer.gather(m_wanted));
        m_answer.there = m_found[there].count;
        if (m_answer.there > 0) return std::move(m_answer);
        RW_TRY(tellSteps());
        for (const Gathered& input : m_inputs) tellEnd(input);
        for (const Port& port : m_ports) tellNoSuchRow(port);
        putWaitingFirst(m_answer.ends);
        tellUnread();
        return std::move(m_answer);
    }

 private:
    std::size_t want(WantedRows wanted) {
        m_wanted.push_back(std::move(wanted));
        return m_wanted.size() - 1;
    }

    void wantAll() {
        std::map<std::pair<NodeId, int>, std::vector<RowPredicateRef>> exact, nearly;
        for (const SoughtInput& input : m_sought.inputs()) {
            Gathered& gathered = m_inputs.emplace_back();
            gathered.input = &input;
            if (!input.ways.empty()) gathered.ofAll = std::make_shared<LeftOutOfAll>(input.ways);
            if (input.ways.empty()) gathered.instead = wantInstead(input.to);
            if (std::optional<WantedRows> late = atLatePort(m_upstream, input)) gathered.late = want(*late);
            for (const UpstreamPort& from : input.from) {
                const PortRef port = portOf(m_upstream, from);
                gathered.exact.push_back(want({port, input.exact}));
                if (input.nearly) gathered.near.push_back(want({port, input.nearly, {}, true, kMostNear}));
                if (gathered.ofAll) gathered.leftOut.push_back(want({port, gathered.ofAll}));
                exact[{from.node, from.port}].push_back(input.exact);
            }
        }
        for (const NodeId& id : m_upstream.order()) {
            for (const int out : m_sought.outputs(id)) {
                const auto found = exact.find({id, out});
                if (found != exact.end()) m_ports.push_back(portFor({id, out}, found->second));
            }
        }
    }

    /// Of the first output on the way that tells apart what is missed from what it gave.
    std::optional<std::size_t> wantInstead(const NodeId& node) {
        const auto* const teller = dynamic_cast<const TellsContributors*>(m_upstream.find(node)->bound.get());
        if (teller && teller->leftBehind() == LeftBehind::Alone) return std::nullopt;
        for (const int port : m_sought.outputs(node)) {
            std::vector<RowPredicateRef> some;
            for (const Batch& known : m_sought.known({node, port})) {
                if (auto related = relatedRows(m_upstream, m_gatherer.eval(), {node, port}, known))
                    some.push_back(std::move(related));
            }
            if (!some.empty()) return want({portOf(m_upstream, {node, port}), anyOf(some)});
        }
        return std::nullopt;
    }

    Port portFor(const UpstreamPort& out, const std::vector<RowPredicateRef>& exact) {
        Port port{portOf(m_upstream, out), out.port, m_upstream.find(out.node), 0, {}};
        for (const Gathered& input : m_inputs) {
            for (std::size_t i = 0; i < input.input->from.size(); ++i) {
                const UpstreamPort& from = input.input->from[i];
                if (from.node != out.node || from.port != out.port) continue;
                port.exact = input.exact[i];
                if (!input.near.empty()) port.near.push_back(input.near[i]);
            }
        }
        if (exact.size() > 1) port.exact = want({port.from, anyOf(exact)});
        return port;
    }

    /// The rows that are needed, as they came by, sources first.
    Status tellSteps() {
        for (const Port& port : m_ports) {
            const GatheredRows& found = m_found[port.exact];
            MissingStep step;
            step.from = port.from;
            step.type = port.node->kind->type;
            step.source = port.node->kind->inputs.empty();
            step.schema = found.type.schema;
            step.count = found.count + found.lateCount;
            for (const GatheredRow& row : found.rows) step.rows.push_back({row.row});
            for (const GatheredRow& row : found.late) step.rows.push_back({row.row, row.part.lateBy});
            RW_TRY(findOrigins(port, step.rows));
            m_answer.steps.push_back(std::move(step));
        }
        return {};
    }

    Status findOrigins(const Port& port, std::vector<LineageRow>& rows) {
        if (!port.node->kind->inputs.empty() || port.from.port != port.node->kind->outputs.front().name)
            return {};
        std::vector<LineageRow*> some;
        for (LineageRow& row : rows) some.push_back(&row);
        return setOrigins(m_question, *port.node, m_gatherer.eval(), std::move(some), m_answer.notes);
    }

    MissingEnd& end(const Gathered& input, MissingEnd::Fate fate) {
        MissingEnd& added = m_answer.ends.emplace_back();
        added.fate = fate;
        added.node = input.input->to;
        added.schema = m_found[input.exact.front()].type.schema;
        return added;
    }

    std::uint64_t took(const Gathered& input) const {
        std::uint64_t count = 0;
        for (const std::size_t each : input.exact) count += m_found[each].count;
        return count;
    }
    std::uint64_t cameLate(const Gathered& input) const {
        std::uint64_t count = 0;
        for (const std::size_t each : input.exact) count += m_found[each].lateCount;
        return count;
    }

    /// By how much at most the rows of an input came too late.
    Millis inputLateBy(const Gathered& input) const {
        Millis by = 0;
        for (const std::size_t each : input.exact) by = std::max(by, m_found[each].lateBy);
        if (!input.late) return by;
        for (const GatheredRow& row : m_found[*input.late].rows) by = std::max(by, lateByOf(row.row));
        return by;
    }
    /// Says with which delay they would have come in time.
    void tellDelay(const Gathered& input, MissingEnd& end) const {
        const NeededDelay needed =
            neededDelay(m_upstream, input.input->to, input.input->input, inputLateBy(input));
        end.words.push_back(needed.words);
        addMend(end.mends, delayMend(m_upstream, needed));
    }

    /// Rows that came to the node and did not get beyond it.
    void tellEnd(const Gathered& input) {
        const SoughtInput& sought = *input.input;
        const std::uint64_t left = input.late ? m_found[*input.late].count : 0;
        const std::uint64_t count = took(input) - std::min(took(input), left), late = cameLate(input) + left;
        if (count + late == 0) return;
        if (!sought.ways.empty()) return tellLeftOut(input);
        if (late > 0) {
            MissingEnd& ended = end(input, MissingEnd::Fate::Late);
            ended.count = late;
            for (const std::size_t each : input.exact) {
                for (const GatheredRow& row : m_found[each].late)
                    ended.rows.push_back({row.row, row.part.lateBy});
            }
            if (input.late) {
                for (const GatheredRow& row : m_found[*input.late].rows)
                    ended.rows.push_back({asItCame(row.row, ended.schema), lateByOf(row.row)});
            }
            ended.words = {
                RW_TEXT("lineage", "they came too late for “%1”").with(titleOf(m_upstream, sought.to))};
            tellDelay(input, ended);
            if (m_upstream.find(sought.to)->kind->param("allowed_lateness"))
                ended.words.push_back(RW_TEXT("lineage", "so would allowed lateness"));
        }
        if (count > 0 && passedOn(sought.to) == 0) tellUsed(input, count);
    }

    /// Rows that the node gave of those that are missed.
    std::uint64_t passedOn(const NodeId& node) const {
        std::uint64_t rows = 0;
        for (const Port& port : m_ports) {
            if (port.from.node == node) rows += m_found[port.exact].count;
        }
        return rows;
    }

    void tellLeftOut(const Gathered& input) {
        const SoughtInput& sought = *input.input;
        MissingEnd filtered;
        filtered.fate = MissingEnd::Fate::Filtered;
        filtered.node = sought.to;
        LeftOutValues values;
        bool elsewhere = false;
        for (const std::size_t each : input.leftOut) {
            const GatheredRows& left = m_found[each];
            filtered.count += left.count;
            filtered.schema = left.type.schema;
            for (const GatheredRow& row : left.rows) {
                const std::optional<Passage> passage = input.ofAll->passage(row.row);
                filtered.rows.push_back({row.row, 0, passage ? passage->why : Text{}});
                values.add(row.row, passage.value_or(Passage{}));
                if (passage && passage->rejected) filtered.fate = MissingEnd::Fate::Rejected;
                elsewhere = elsewhere || (passage && passage->elsewhere);
            }
        }
        if (filtered.count == 0) {
            const std::uint64_t count = took(input);
            if (passedOn(sought.to) > 0 || count == 0) return;
            // It decides by more than the row.
            MissingEnd& displaced = end(input, MissingEnd::Fate::Displaced);
            displaced.count = count;
            displaced.words.push_back(
                RW_TEXT("lineage", "“%1” did not let them through").with(titleOf(m_upstream, sought.to)));
            return;
        }
        filtered.ofAll = values.text(filtered.count);
        filtered.words.push_back(filtered.fate == MissingEnd::Fate::Rejected
                                     ? RW_TEXT("lineage", "something in them could not be computed")
                                 : elsewhere ? RW_TEXT("lineage", "they left by another output of it")
                                 : filtered.ofAll.empty()
                                     ? RW_TEXT("lineage", "its condition is not true of them")
                                     : filtered.ofAll);
        if (filtered.fate == MissingEnd::Fate::Filtered)
            addMend(filtered.mends, conditionOf(m_upstream, sought.to));
        m_answer.ends.push_back(std::move(filtered));
    }

    /// Rows that a node took that makes rows of several, and the row that is missed was not made.
    void tellUsed(const Gathered& input, std::uint64_t count) {
        const SoughtInput& sought = *input.input;
        const PlannedNode& node = *m_upstream.find(sought.to);
        const auto* const teller = dynamic_cast<const TellsContributors*>(node.bound.get());
        const auto& nodes = m_gatherer.metrics();
        const auto metrics = nodes.find(sought.to);
        const bool open = metrics != nodes.end() && metrics->second.openFrom != kMaxTimestamp &&
                          !hasFired(sought.to, metrics->second);
        const LeftBehind behind = teller ? teller->leftBehind() : LeftBehind::Used;
        if (open) {
            tellOpen(input, count, metrics->second);
        } else if (behind == LeftBehind::Alone) {
            tellAlone(input);
        } else {
            const bool displaced = behind == LeftBehind::Displaced;
            MissingEnd& used = end(input, displaced ? MissingEnd::Fate::Displaced : MissingEnd::Fate::Used);
            used.count = count;
            used.words.push_back(displaced ? RW_TEXT("lineage", "others took their place")
                                           : RW_TEXT("lineage", "they went into rows with other values"));
            if (input.instead) {
                const GatheredRows& instead = m_found[*input.instead];
                used.schema = instead.type.schema;
                for (const GatheredRow& row : instead.rows) used.rows.push_back({row.row});
            }
        }
    }

    /// Of all rows that are sought of the node the window is named, and lies before the first that is open:
    /// also where it was named far below, behind nodes that pass the window's columns on.
    bool hasFired(const NodeId& node, const NodeMetrics& metrics) const {
        bool any = false;
        for (const int port : m_sought.outputs(node)) {
            for (const Batch& known : m_sought.known({node, port})) {
                any = true;
                if (!isBeforeOpen(known, metrics)) return false;
            }
        }
        return any;
    }
    static bool isBeforeOpen(const Batch& known, const NodeMetrics& metrics) {
        const auto isBefore = [&known](const char* name, Instant first) {
            const auto index = known.schema->find(name);
            if (!index || !known.schema->fields[static_cast<std::size_t>(*index)].type.is(TypeId::Timestamp))
                return false;
            const ColumnRef& time = known.columns[static_cast<std::size_t>(*index)];
            return time && !time->isNull(0) && time->at<Instant>(0) < first;
        };
        return isBefore("window_start", metrics.openFrom) || isBefore("window_end", metrics.openUntil) ||
               isBefore("window_time", saturatingAdd(metrics.openUntil, -1));
    }
    void tellOpen(const Gathered& input, std::uint64_t count, const NodeMetrics& metrics) {
        MissingEnd& waiting = end(input, MissingEnd::Fate::Waiting);
        waiting.count = count;
        if (metrics.openUntil != kMaxTimestamp)
            waiting.words.push_back(
                RW_TEXT("lineage", "they wait in a window: the first open one is from %1 to %2")
                    .with(timeText(metrics.openFrom), timeText(metrics.openUntil)));
        waiting.heldBy = whoHolds(m_question, m_gatherer, input.input->to);
        if (!waiting.heldBy) return;
        for (Text& each : holderWords(*waiting.heldBy, titleOf(m_upstream, waiting.heldBy->source)))
            waiting.words.push_back(std::move(each));
    }

    void tellAlone(const Gathered& input) {
        const Gathered* const other = otherOf(input);
        MissingEnd& alone = end(input, MissingEnd::Fate::Alone);
        alone.count = took(input);
        for (const std::size_t each : input.exact) {
            const std::vector<GatheredRow>& rows = m_found[each].rows;
            for (std::size_t i = rows.size() - std::min(rows.size(), kMostNear); i < rows.size(); ++i)
                alone.rows.push_back({rows[i].row});
        }
        alone.words.push_back(other == nullptr ? RW_TEXT("lineage", "they met nobody") : aloneText(*other));
        if (other == nullptr) return;
        if (took(*other) == 0 && cameLate(*other) > 0) tellDelay(*other, alone);
        tellNearest(input, *other, alone);
        for (const std::size_t each : other->near) {
            for (const GatheredRow& row : m_found[each].rows) {
                alone.words.push_back(
                    RW_TEXT("lineage", "nearly: %1").with(cellsText(row.row, 0, allColumns(row.row))));
            }
        }
    }

    const Gathered* otherOf(const Gathered& input) const {
        const auto other = std::find_if(m_inputs.begin(), m_inputs.end(), [&input](const Gathered& each) {
            return each.input->to == input.input->to && each.input->input != input.input->input;
        });
        return other == m_inputs.end() ? nullptr : &*other;
    }

    /// Why rows met none of the other input.
    Text aloneText(const Gathered& other) const {
        if (took(other) > 0)
            return RW_TEXT("lineage", "there are rows on both sides, and no two of them are a pair");
        const std::uint64_t late = cameLate(other);
        if (late == 0) return RW_TEXT("lineage", "they met nobody: the other side has no such row");
        return figures::counted(
                   late,
                   RW_TEXT("lineage",
                           "they met nobody: 1 row of the other side has their key, and came too "
                           "late by %1"),
                   RW_TEXT("lineage",
                           "they met nobody: %1 rows of the other side have their key, and came too late by "
                           "up to %2"))
            .with(figures::age(inputLateBy(other)));
    }

    /// Those of the other side that were kept; late ones, too.
    std::vector<const Batch*> rowsOf(const Gathered& input) const {
        std::vector<const Batch*> rows;
        for (const std::size_t each : input.exact) {
            for (const std::vector<GatheredRow>* some : {&m_found[each].rows, &m_found[each].late}) {
                for (const GatheredRow& row : *some) rows.push_back(&row.row);
            }
        }
        return rows;
    }

    /// Of the pair that misses being one by least: what is amiss.
    void tellNearest(const Gathered& input, const Gathered& other, MissingEnd& alone) const {
        const SoughtInput& sought = *input.input;
        const auto* const join =
            dynamic_cast<const TellsContributors*>(m_upstream.find(sought.to)->bound.get());
        if (!join || sought.input > 1) return;
        const NoPair nearest =
            nearestPair(*join, sought.input, sideNames(m_upstream, sought.to), rowsOf(input), rowsOf(other));
        if (nearest.why.empty()) return;
        alone.words.push_back(nearest.why);
        addMend(alone.mends, pairMend(m_upstream, sought.to, nearest));
    }

    static std::vector<int> allColumns(const Batch& row) {
        std::vector<int> columns;
        for (std::size_t i = 0; i < row.columns.size(); ++i) columns.push_back(static_cast<int>(i));
        return columns;
    }

    /// A source that had none of the rows.
    void tellNoSuchRow(const Port& port) {
        const GatheredRows& found = m_found[port.exact];
        if (!port.node->kind->inputs.empty() || found.count + found.lateCount > 0) return;
        MissingEnd& none = m_answer.ends.emplace_back();
        none.node = port.from.node;
        none.schema = found.type.schema;
        if (const std::string since = m_gatherer.begins(); !since.empty()) {
            none.words.push_back(
                RW_TEXT("lineage",
                        "the kept input begins at %2 UTC, and rows from before it can't be asked for; "
                        "since then “%1” gave no such row")
                    .with(titleOf(*port.node), since));
        }
        for (const std::size_t each : port.near) {
            for (const GatheredRow& row : m_found[each].rows) {
                if (none.rows.size() < kMostNear) none.rows.push_back({row.row});
            }
        }
        if (none.rows.empty()) return;
        const Text nearest = nearValues(none.rows, m_sought.known({port.from.node, port.out}));
        none.words.push_back(nearest.empty() ? RW_TEXT("lineage", "but rows that are nearly it") : nearest);
    }

    /// Rows that a source could not read may be the ones.
    void tellUnread() {
        for (const auto& [id, metrics] : m_gatherer.metrics()) {
            const PlannedNode* const node = m_upstream.find(id);
            if (!node || !node->kind->inputs.empty() || metrics.rejected == 0) continue;
            m_answer.notes.push_back(
                figures::counted(metrics.rejected,
                                 RW_TEXT("lineage", "“%1” rejected 1 row that it could not read."),
                                 RW_TEXT("lineage", "“%2” rejected %1 rows that it could not read."))
                    .with(titleOf(*node)));
        }
    }

    const LineageQuestion& m_question;
    const Upstream& m_upstream;
    Gatherer& m_gatherer;
    SoughtRows m_sought;
    MissingAnswer m_answer{};
    std::vector<WantedRows> m_wanted{};
    std::vector<GatheredRows> m_found{};
    std::vector<Gathered> m_inputs{};
    std::vector<Port> m_ports{};
};

}  // namespace

Result<MissingAnswer> whyNoRow(const LineageQuestion& missing) {
    LineageQuestion question = missing;
    if (question.where.empty() && question.row.rows == 0 && question.position < 0) question.where = kAnyRow;
    const Upstream upstream(*question.plan);
    RW_TRY_ASSIGN(const std::unique_ptr<Gatherer> gatherer, Gatherer::make(question, upstream));
    RW_TRY_ASSIGN(const Asked asked, askedPort(question, upstream, gatherer->eval()));
    RW_TRY_ASSIGN(MissingAnswer found, WalkDown(question, upstream, *gatherer).walk(asked));
    for (Text& note : gatherer->notes()) found.notes.push_back(std::move(note));
    return found;
}

}  // namespace rw
