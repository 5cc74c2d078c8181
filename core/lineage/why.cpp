// Why this row: the walk up.
#include <algorithm>
#include <map>
#include <utility>

#include "core/lineage/gather.h"
#include "core/lineage/lineage.h"
#include "core/lineage/nearest.h"
#include "core/lineage/origins.h"
#include "core/lineage/question.h"
#include "core/lineage/row_conditions.h"
#include "core/lineage/sought_rows.h"
#include "core/stream/lineage/tells_aggregates.h"

namespace rw {

namespace {

constexpr std::size_t kMostOthers = 20;

/// What is sought at a port on the way up.
struct Sought {
    std::vector<RowPredicateRef> conditions{};
    std::vector<Text> words{};
    std::optional<std::size_t> last{};
    bool counted = false, beside = false;  ///< as of Contributors
    NodeId to{};
    int input = 0;
};

/// The same conditions on rows that come by another number of their wire.
RowPredicateRef onWire(const RowPredicateRef& condition, WireNumber wire) {
    const auto* const match = dynamic_cast<const RowMatch*>(condition.get());
    if (!match || !match->position) return condition;
    auto placed = std::make_shared<RowMatch>(*match);
    placed->wire = wire;
    return placed;
}

class WalkUp {
 public:
    WalkUp(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer)
        : m_question(question), m_upstream(upstream), m_gatherer(gatherer) {}

    Result<Lineage> walk(const Asked& asked) {
        RW_TRY(findRow(asked));
        RW_TRY(seek(asked.node, asked.port, {m_lineage.row}));
        while (!m_pending.empty()) RW_TRY(climb());
        RW_TRY(tellNearest());
        tellTotals();
        RW_TRY(findRaisers(asked));
        return std::move(m_lineage);
    }

 private:
    /// The rows that the question is about, and of these the one that is explained.
    Status findRow(const Asked& asked) {
        WantedRows wanted{asked.from(), asked.condition};
        RW_TRY_ASSIGN(std::vector<GatheredRows> found, m_gatherer.gather({std::move(wanted)}));
        GatheredRows& rows = found.front();
        m_lineage.schema = rows.type.schema;
        m_lineage.matched = rows.count;
        if (rows.rows.empty()) {
            if (!rows.withdrawn.empty()) {
                return Status(
                    ErrorCode::NotFound,
                    RW_TEXT("lineage", "“%1” gave such a row, and took it back when a later one came.")
                        .with(asked.node),
                    RW_TEXT("lineage", "Ask about the values that it has at the end."));
            }
            const auto* const where = dynamic_cast<const WhereCondition*>(asked.condition.get());
            if (where != nullptr && !where->failure().empty()) {
                return Status(
                    ErrorCode::Invalid,
                    RW_TEXT("lineage", "The condition “%1”: %2").with(m_question.where, where->failure()));
            }
            return noSuchRow(asked);
        }
        m_lineage.row = rows.rows.back().row;
        for (std::size_t i = 0; i + 1 < rows.rows.size() && i < kMostOthers; ++i)
            m_lineage.others.push_back(rows.rows[rows.rows.size() - 2 - i].row);
        return {};
    }

    Status noSuchRow(const Asked& asked) const {
        if (asked.where) {
            return Status(ErrorCode::NotFound,
                          RW_TEXT("lineage", "“%1” gave no row for which this is true: %2")
                              .with(asked.node, askedText(m_question)),
                          RW_TEXT("lineage", "Ask why there is no such row."));
        }
        return Status(ErrorCode::NotFound,
                      RW_TEXT("lineage", "“%1” does not give this row when its rows are read again: %2")
                          .with(asked.node, askedText(m_question)),
                      RW_TEXT("lineage",
                              "Its sources, or the pipeline, are not as they were, or a column "
                              "depends on the time of the run. A tape keeps all that a run read."));
    }

    /// Asks the node which rows of its inputs made those of one of its ports.
    Status seek(const NodeId& id, int port, const std::vector<Batch>& rows) {
        const PlannedNode& node = *m_upstream.find(id);
        if (node.kind->inputs.empty()) return {};
        for (std::size_t i = 0; i < rows.size(); ++i) m_asked[id].push_back(port);
        std::map<int, std::vector<Sought>> all;  // by input: entries of one row that stand alike
        for (const Batch& row : rows) {
            AskedRow asked = askedOf(node, port, row);
            RW_TRY_ASSIGN(const std::vector<Contributors> made,
                          contributorsOf(*node.kind, *node.bound, asked));
            std::map<int, std::size_t> place;
            for (const Contributors& each : made) {
                std::vector<Sought>& some = all[each.port];
                const std::size_t at = place[each.port]++;
                if (some.size() <= at) some.resize(at + 1);
                Sought& sought = some[at];
                sought.counted = each.counted;
                sought.beside = each.beside;
                if (each.last) {
                    // Each row has rows of its own before it.
                    sought.last = rows.size() == 1 ? each.last : std::nullopt;
                }
                if (each.condition) sought.conditions.push_back(each.condition);
                if (std::find(sought.words.begin(), sought.words.end(), each.words) == sought.words.end() &&
                    sought.words.size() < kMostWords)
                    sought.words.push_back(each.words);
            }
        }
        for (auto& [input, some] : all) {
            for (Sought& sought : some) {
                sought.to = id;
                sought.input = input;
                place(node, rows, std::move(sought));
            }
        }
        return {};
    }

    AskedRow askedOf(const PlannedNode& node, int port, const Batch& row) const {
        return askedRow(node, port, row, m_gatherer.eval());
    }

    /// Puts what is sought at an input to the ports from which its rows come.
    void place(const PlannedNode& node, const std::vector<Batch>& rows, Sought sought) {
        const std::vector<UpstreamPort>& producers = m_upstream.producers(node.node, sought.input);
        if (sought.conditions.empty()) {
            noteNobody(node, sought);
            return;
        }
        // Rows that a node passes on keep their wires, which tell apart rows of one number from two sources.
        const bool keepsWires = node.bound->distribution.kind == Distribution::Kind::Stateless &&
                                rows.size() == sought.conditions.size();
        for (std::size_t i = 0; i < producers.size(); ++i) {
            const UpstreamPort& from = producers[i];
            Sought here = sought;
            if (keepsWires) {
                here.conditions.clear();
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    if (!sought.conditions[row]) continue;
                    if (producerOf(producers, rows[row].wire) != i) continue;
                    here.conditions.push_back(
                        onWire(sought.conditions[row], rows[row].wire - firstWireOf(from.firstWay)));
                }
                if (here.conditions.empty()) continue;
            }
            m_pending.push_back({from, std::move(here)});
        }
    }

    static std::size_t producerOf(const std::vector<UpstreamPort>& producers, WireNumber wire) {
        const int way = static_cast<int>(wire >> kPartitionBits);
        std::size_t best = 0;
        for (std::size_t i = 0; i < producers.size(); ++i) {
            if (producers[i].firstWay <= way && producers[i].firstWay >= producers[best].firstWay) best = i;
        }
        return best;
    }

    void noteNobody(const PlannedNode& node, const Sought& sought) {
        LineageStep step;
        step.to = node.node;
        step.input = node.kind->inputs[static_cast<std::size_t>(sought.input)].name;
        step.words = sought.words;
        m_lineage.steps.push_back(std::move(step));
        if (node.kind->inputs.size() == 2 && m_alone.size() < kMostAlone)
            m_alone.push_back({m_lineage.steps.size() - 1, node.node, 1 - sought.input});
    }

    /// Of rows that a join gave by themselves: the row of the other input that misses being a partner by
    /// least.
    Status tellNearest() {
        for (const Alone& alone : m_alone) {
            std::vector<Batch> own;
            for (const LineageStep& step : m_lineage.steps) {
                const bool here = step.to == alone.node && !step.rows.empty() &&
                                  step.input == inputName(alone.node, alone.input);
                if (here && own.empty()) own.push_back(step.rows.back().row);
            }
            RW_TRY_ASSIGN(const Nearest nearest,
                          nearestOf(m_upstream, m_gatherer, alone.node, alone.input, std::move(own)));
            if (nearest.why.empty()) continue;
            m_lineage.steps[alone.step].words.push_back(
                RW_TEXT("lineage", "the nearest: %1").with(nearest.why));
        }
        return {};
    }

    /// Of the rows that made one row: those of several windows are not told apart, and of rows that come by
    /// several wires each step has a part.
    void tellTotals() {
        for (const auto& [id, ports] : m_asked) {
            const auto* const node = dynamic_cast<const TellsAggregates*>(m_upstream.find(id)->bound.get());
            if (!node || ports != std::vector<int>{0}) continue;
            std::vector<LineageStep*> into;
            for (LineageStep& step : m_lineage.steps)
                if (step.to == id && !step.from.node.empty()) into.push_back(&step);
            if (into.size() != 1) continue;
            LineageStep& step = *into.front();
            std::vector<Batch> rows;
            for (const LineageRow& row : step.rows) rows.push_back(row.row);
            step.together = windowTotal(node->aggregates(), rows, step.count, m_gatherer.eval());
        }
    }

    const std::string& inputName(const NodeId& node, int input) const {
        return m_upstream.find(node)->kind->inputs[static_cast<std::size_t>(input)].name;
    }

    /// One run, for all ports that wait for nothing below them.
    Status climb() {
        std::vector<Pending> now, later;
        for (Pending& each : m_pending) {
            const bool waits = std::any_of(m_pending.begin(), m_pending.end(), [&](const Pending& other) {
                return m_upstream.above(other.from.node).contains(each.from.node);
            });
            (waits ? later : now).push_back(each);
        }
        m_pending = std::move(later);
        std::vector<WantedRows> wanted;
        for (const Pending& each : now)
            wanted.push_back({portOf(each.from), anyOf(each.sought.conditions), each.sought.last});
        // Rows that nodes before left out.
        std::vector<LeavingOut> leaving;
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (!now[i].sought.counted && !now[i].sought.beside && isOfSeveral(now[i].sought))
                addLeftOut(now[i].from, anyOf(now[i].sought.conditions), i, wanted, leaving);
        }
        RW_TRY_ASSIGN(std::vector<GatheredRows> found, m_gatherer.gather(wanted));
        std::map<std::pair<NodeId, int>, std::vector<Batch>> rows;
        const std::size_t firstStep = m_lineage.steps.size();
        for (std::size_t i = 0; i < now.size(); ++i) {
            LineageStep step = stepOf(now[i], found[i]);
            if (!step.counted) {
                std::vector<Batch>& some = rows[{now[i].from.node, now[i].from.port}];
                for (const GatheredRow& row : found[i].rows) some.push_back(row.row);
            }
            m_lineage.steps.push_back(std::move(step));
        }
        for (std::size_t i = 0; i < leaving.size(); ++i)
            tellLeftOut(leaving[i], found[now.size() + i], m_lineage.steps[firstStep + leaving[i].pending]);
        for (std::size_t i = 0; i < now.size(); ++i)
            RW_TRY(findOrigins(now[i], m_lineage.steps[firstStep + i]));
        for (std::size_t i = now.size(); i-- > 0;) {
            const auto step = m_lineage.steps.begin() + static_cast<std::ptrdiff_t>(firstStep + i);
            if (now[i].sought.beside && step->count == 0) m_lineage.steps.erase(step);
        }
        for (const auto& [port, some] : rows) {
            if (!some.empty()) RW_TRY(seek(port.first, port.second, some));
        }
        return {};
    }

    /// A step for an input that had no partner.
    struct Alone {
        std::size_t step = 0;
        NodeId node{};
        int input = 0;  ///< the one that the row came by
    };
    struct Pending {
        UpstreamPort from{};
        Sought sought{};
    };
    /// A node that decides about each row by itself, above what is sought by m_pending[pending].
    struct LeavingOut {
        std::size_t pending = 0;
        PassedCondition::Through through{};
        NodeId node{};
    };

    /// Not of a row by itself: that was let through, or it would not be asked for.
    static bool isOfSeveral(const Sought& sought) {
        return std::none_of(sought.conditions.begin(), sought.conditions.end(),
                            [](const RowPredicateRef& condition) {
                                const auto* const match = dynamic_cast<const RowMatch*>(condition.get());
                                return match && match->position;
                            });
    }

    /// A late row has no part in what it makes.
    static bool missesWindow(const RowPredicateRef& condition) {
        const auto* const match = dynamic_cast<const RowMatch*>(condition.get());
        return match && match->late == RowMatch::Late::ByWindow;
    }

    PortRef portOf(const UpstreamPort& from) const { return rw::portOf(m_upstream, from); }

    LineageStep stepOf(const Pending& each, const GatheredRows& found) const {
        const PlannedNode &node = *m_upstream.find(each.from.node), &to = *m_upstream.find(each.sought.to);
        LineageStep step;
        step.from = portOf(each.from);
        step.type = node.kind->type;
        step.source = node.kind->inputs.empty();
        step.to = each.sought.to;
        step.input = to.kind->inputs[static_cast<std::size_t>(each.sought.input)].name;
        step.words = each.sought.words;
        step.schema = found.type.schema;
        step.count = found.count;
        step.counted = each.sought.counted;
        step.judged = std::any_of(each.sought.conditions.begin(), each.sought.conditions.end(), missesWindow);
        if (!each.sought.beside) step.lateCount = found.lateCount;
        for (const GatheredRow& row : found.rows) {
            if (!step.counted) step.rows.push_back({row.row});
        }
        if (each.sought.beside) return step;
        for (const GatheredRow& row : found.late) step.late.push_back({row.row, row.part.lateBy});
        return step;
    }

    /// What the nodes above, as far as they pass rows on, did not let through of rows that `below` takes.
    void addLeftOut(const UpstreamPort& from, const RowPredicateRef& below, std::size_t pending,
                    std::vector<WantedRows>& wanted, std::vector<LeavingOut>& leaving) const {
        const PlannedNode& node = *m_upstream.find(from.node);
        const auto* const teller = dynamic_cast<const TellsContributors*>(node.bound.get());
        if (!teller || !passesRows(*teller, node, from.port)) return;
        const PassedCondition::Through through{teller, 0, from.port, m_gatherer.eval()};
        const auto above = std::make_shared<PassedCondition>(through, below);
        for (const UpstreamPort& producer : m_upstream.producers(from.node, 0)) {
            wanted.push_back({portOf(producer), std::make_shared<LeftOutCondition>(through, below)});
            leaving.push_back({pending, through, from.node});
            addLeftOut(producer, above, pending, wanted, leaving);
        }
    }

    bool passesRows(const TellsContributors& teller, const PlannedNode& node, int port) const {
        if (node.kind->inputs.size() != 1) return false;
        Batch row;  // of NULLs: it is enough to see whether the node answers
        row.schema = node.inputs.front().type.schema;
        row.rows = 1;
        for (const Field& field : row.schema->fields) row.columns.push_back(Column::nulls(field.type, 1));
        return teller.passage(0, port, row, m_gatherer.eval()).has_value();
    }

    /// Those that the node rejected for themselves: of rows that are not kept that is not known.
    void tellLeftOut(const LeavingOut& leaving, const GatheredRows& found, LineageStep& step) const {
        if (found.count == 0) return;
        LeftOut filtered{leaving.node, false, found.type.schema, found.count, {}};
        LeftOut rejected{leaving.node, true, found.type.schema, 0, {}};
        for (const GatheredRow& row : found.rows) {
            const PassedCondition::Through& through = leaving.through;
            const auto passage = through.node->passage(through.input, through.port, row.row, through.eval);
            LineageRow left{row.row};
            if (passage) left.why = passage->why;
            (passage && passage->rejected ? rejected : filtered).rows.push_back(std::move(left));
        }
        const bool all = filtered.rows.empty() && !rejected.rows.empty();
        rejected.count = all ? found.count : rejected.rows.size();
        filtered.count -= rejected.count;
        for (LeftOut* const left : {&filtered, &rejected}) {
            if (left->count > 0) step.leftOut.push_back(std::move(*left));
        }
    }

    Status findOrigins(const Pending& each, LineageStep& step) {
        if (!step.source || each.from.port != 0) return {};
        std::vector<LineageRow*> rows;
        for (std::vector<LineageRow>* some : {&step.rows, &step.late}) {
            for (LineageRow& row : *some) rows.push_back(&row);
        }
        return setOrigins(m_question, *m_upstream.find(each.from.node), m_gatherer.eval(), std::move(rows),
                          m_lineage.notes);
    }

    /// Which rows brought the watermarks of the sources to where the window of the row fired.
    Status findRaisers(const Asked& asked) {
        const StreamType& type =
            m_upstream.find(asked.node)->bound->outputs[static_cast<std::size_t>(asked.port)];
        if (type.leftBy == PortRole::Late) return findWhoWasEarlier(asked, type);
        if (!type.windowed) return {};
        const auto end = type.schema->find("window_end");
        if (!end || m_lineage.row.column(*end).isNull(0)) return {};
        return findWhoBrought(asked, saturatingAdd(m_lineage.row.column(*end).at<Instant>(0), -1));
    }

    /// Of a row that came too late: which rows had brought the watermark to where it was late by.
    Status findWhoWasEarlier(const Asked& asked, const StreamType& type) {
        const auto by = type.schema->find("late_by"), missed = type.schema->find("late_for");
        if (!by || !missed || m_lineage.row.column(*by).isNull(0)) return {};
        RowLateness late{m_lineage.row.column(*by).at<std::int64_t>(0), {}};
        const Column& windows = m_lineage.row.column(*missed);
        if (!windows.isNull(0)) late.windowEnd = windows.at<Instant>(0);
        m_lineage.late = late;
        const bool timed = type.eventTime >= 0 && !m_lineage.row.column(type.eventTime).isNull(0);
        if (!late.windowEnd && !timed) return {};
        // late_by counts from there (event-time rules, 12).
        const Instant last =
            late.windowEnd ? *late.windowEnd - 1 : m_lineage.row.column(type.eventTime).at<Instant>(0);
        return findWhoBrought(asked, saturatingAdd(last, late.by));
    }

    Status findWhoBrought(const Asked& asked, Instant watermark) {
        std::vector<WantedRows> wanted;
        std::vector<const PlannedNode*> sources;
        for (const NodeId& id : m_upstream.above(asked.node)) {
            // Its watermark is made of the rows that reach it.
            if (m_upstream.find(id)->bound->assignsEventTime) return {};
        }
        for (const NodeId& id : m_upstream.above(asked.node)) {
            const PlannedNode& node = *m_upstream.find(id);
            const int time = node.kind->inputs.empty() ? node.bound->outputs.front().eventTime : -1;
            if (time < 0 || !concerns(id)) continue;
            auto match = std::make_shared<RowMatch>();
            match->eventTime = time;
            match->from = saturatingAdd(watermark, node.bound->watermarkDelay);
            WantedRows first{{id, node.kind->outputs.front().name}, std::move(match)};
            first.first = true;
            first.rows = 1;
            wanted.push_back(std::move(first));
            sources.push_back(&node);
        }
        m_lineage.firedAt = watermark;
        RW_TRY_ASSIGN(std::vector<GatheredRows> found, m_gatherer.gather(std::move(wanted)));
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i].rows.empty()) continue;  // its end did
            WatermarkRaiser raiser{sources[i]->node, {found[i].rows.front().row}};
            RW_TRY(setOrigins(m_question, *sources[i], m_gatherer.eval(), {&raiser.row}, m_lineage.notes));
            m_lineage.raisers.push_back(std::move(raiser));
        }
        return {};
    }

    /// A late row was late by the watermark of its own source.
    bool concerns(const NodeId& source) const {
        if (!m_lineage.late) return true;
        return std::any_of(m_lineage.steps.begin(), m_lineage.steps.end(), [&](const LineageStep& step) {
            return step.from.node == source && step.count > 0;
        });
    }

    static constexpr std::size_t kMostWords = 8, kMostAlone = 3;
    const LineageQuestion& m_question;
    const Upstream& m_upstream;
    Gatherer& m_gatherer;
    Lineage m_lineage{};
    std::vector<Pending> m_pending{};
    std::vector<Alone> m_alone{};
    std::map<NodeId, std::vector<int>> m_asked{};  ///< ports of the rows that nodes were asked about
};

}  // namespace

Result<Lineage> whyRow(const LineageQuestion& question) {
    const Upstream upstream(*question.plan);
    RW_TRY_ASSIGN(const std::unique_ptr<Gatherer> gatherer, Gatherer::make(question, upstream));
    RW_TRY_ASSIGN(const Asked asked, askedPort(question, upstream, gatherer->eval()));
    RW_TRY_ASSIGN(Lineage found, WalkUp(question, upstream, *gatherer).walk(asked));
    for (Text& note : gatherer->notes()) found.notes.push_back(std::move(note));
    return found;
}

}  // namespace rw
