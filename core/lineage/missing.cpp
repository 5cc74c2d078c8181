// Why no row: what it would need, port by port up to the sources, and where those rows ended on their way
// down.
#include <algorithm>
#include <map>
#include <utility>

#include "core/base/figures.h"
#include "core/lineage/gather.h"
#include "core/lineage/known_columns.h"
#include "core/lineage/lineage.h"
#include "core/lineage/origins.h"
#include "core/lineage/question.h"
#include "core/lineage/row_conditions.h"

namespace rw {

namespace {

constexpr std::size_t kMostNear = 5;
constexpr std::size_t kMostPaired = 50;  ///< rows of one side, each with all of the other

/// The way from an output port to an input, and what is sought on it.
struct Edge {
    UpstreamPort from{};
    NodeId to{};
    int input = 0;
    int out = 0;  ///< the port of `to` that the rows should have left by
    RowPredicateRef exact{}, nearly{};
    std::optional<PassedCondition::Through> through{};  ///< `to` decides about each row by itself
    std::size_t wanted = 0;                             ///< numbers among what is gathered
    std::size_t near = 0, leftOut = 0;
    Text words{};
};

class WalkDown {
 public:
    WalkDown(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer)
        : m_question(question), m_upstream(upstream), m_gatherer(gatherer) {}

    Result<MissingAnswer> walk(const Asked& asked) {
        const KnownColumns known = asked.where
                                       ? knownColumns(*asked.where, asked.type.schema, m_gatherer.eval())
                                       : KnownColumns{asked.values, true};
        if (!known.any()) {
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
        const auto own = ownColumns(known.row);
        m_related = want({asked.from(), related(asked, known.row)});
        RW_TRY(goUp({asked.node, asked.port}, known.row, own));
        if (const Status useful = checkSaysSomething(); !useful.ok()) return useful;
        RW_TRY_ASSIGN(m_found, m_gatherer.gather(m_wanted));
        m_answer.there = m_found[there].count;
        if (m_answer.there > 0) return std::move(m_answer);
        RW_TRY(tellSteps());
        for (const Edge& edge : m_edges) tellEnd(edge);
        tellUnread();
        return std::move(m_answer);
    }

 private:
    std::size_t want(WantedRows wanted) {
        m_wanted.push_back(std::move(wanted));
        return m_wanted.size() - 1;
    }

    static std::shared_ptr<RowMatch> ownColumns(const Batch& known) {
        auto match = std::make_shared<RowMatch>();
        match->asked = known;
        match->equal = sameColumns(known.columns.size());
        return match;
    }

    /// Rows of the port with the same keys and window, whatever else they have: those that the node made
    /// instead.
    RowPredicateRef related(const Asked& asked, const Batch& known) const {
        Batch keys = known;
        const PlannedNode& node = *m_upstream.find(asked.node);
        std::vector<bool> named(keys.columns.size(), false);
        const auto made =
            contributorsOf(*node.kind, *node.bound, askedRow(node, asked.port, known, m_gatherer.eval()));
        if (!made.ok()) return nullptr;
        for (const Contributors& each : *made) {
            const auto* const match = dynamic_cast<const RowMatch*>(each.condition.get());
            if (!match) continue;
            for (const ColumnPair& pair : match->equal) {
                if (pair.asked >= 0 && static_cast<std::size_t>(pair.asked) < named.size())
                    named[static_cast<std::size_t>(pair.asked)] = true;
            }
        }
        for (const char* window : {"window_start", "window_end"}) {
            if (const auto column = asked.type.schema->find(window))
                named[static_cast<std::size_t>(*column)] = true;
        }
        bool less = false;
        for (std::size_t i = 0; i < named.size(); ++i) {
            if (named[i] || !keys.columns[i]) continue;
            keys.columns[i] = nullptr;
            less = true;
        }
        return less ? ownColumns(keys) : nullptr;
    }

    /// From an output port, where `here` takes the rows that are missed, up to the sources.
    Status goUp(const UpstreamPort& out, const Batch& known, const RowPredicateRef& here,
                const RowPredicateRef& nearlyHere = nullptr) {
        const PlannedNode& node = *m_upstream.find(out.node);
        if (node.kind->inputs.empty()) return {};
        const AskedRow asked = askedRow(node, out.port, known, m_gatherer.eval());
        RW_TRY_ASSIGN(const std::vector<Contributors> made, contributorsOf(*node.kind, *node.bound, asked));
        const auto* const teller = dynamic_cast<const TellsContributors*>(node.bound.get());
        for (const Contributors& each : made) {
            if (each.counted || !each.condition || each.last) continue;
            const auto match = std::dynamic_pointer_cast<const RowMatch>(each.condition);
            const SchemaRef schema = node.inputs[static_cast<std::size_t>(each.port)].type.schema;
            const Batch above = match ? knownOf(*match, schema) : unknown(schema);
            Edge edge;
            edge.to = out.node;
            edge.input = each.port;
            edge.out = out.port;
            edge.words = each.words;
            if (teller && teller->passage(each.port, out.port, nulls(schema), m_gatherer.eval())) {
                edge.through = PassedCondition::Through{teller, each.port, out.port, m_gatherer.eval()};
                edge.exact = std::make_shared<PassedCondition>(*edge.through, here);
                if (nearlyHere) {
                    edge.nearly = std::make_shared<PassedCondition>(*edge.through, nearlyHere);
                } else if (const auto own = std::dynamic_pointer_cast<const RowMatch>(here)) {
                    edge.nearly = std::make_shared<PassedCondition>(*edge.through,
                                                                    std::make_shared<NearlyCondition>(own));
                }
            } else {
                edge.exact = each.condition;
                if (match) edge.nearly = std::make_shared<NearlyCondition>(match);
                m_answer.sought.push_back(soughtText(each, above, schema));
            }
            for (const UpstreamPort& producer : m_upstream.producers(out.node, each.port)) {
                Edge own = edge;
                own.from = producer;
                own.wanted = want({portOf(m_upstream, producer), own.exact});
                own.near =
                    own.nearly ? want({portOf(m_upstream, producer), own.nearly, {}, true, kMostNear}) : 0;
                if (own.through) {
                    own.leftOut = want({portOf(m_upstream, producer),
                                        std::make_shared<LeftOutCondition>(*own.through, here)});
                }
                m_edges.push_back(own);
                RW_TRY(goUp(producer, above, own.exact, own.nearly));
            }
        }
        return {};
    }

    static Batch unknown(const SchemaRef& schema) {
        Batch row;
        row.schema = schema;
        row.rows = 1;
        row.columns.resize(schema->size());
        return row;
    }
    static Batch nulls(const SchemaRef& schema) {
        Batch row = unknown(schema);
        for (std::size_t i = 0; i < row.columns.size(); ++i)
            row.columns[i] = Column::nulls(schema->fields[i].type, 1);
        return row;
    }

    static Text soughtText(const Contributors& each, const Batch& known, const SchemaRef& schema) {
        std::vector<int> columns;
        for (int i = 0; i < static_cast<int>(schema->size()); ++i) columns.push_back(i);
        const Text cells = cellsText(known, 0, columns);
        if (english(cells).empty()) return each.words;
        return RW_TEXT("lineage", "%1: %2").with(each.words, cells);
    }

    /// The condition must narrow the rows that are needed down somewhere.
    Status checkSaysSomething() const {
        const auto narrows = [](const Edge& edge) {
            const auto* const match = dynamic_cast<const RowMatch*>(edge.exact.get());
            if (!match) return false;
            const bool columns =
                std::any_of(match->equal.begin(), match->equal.end(), [&](const ColumnPair& pair) {
                    return pair.asked >= 0 &&
                           static_cast<std::size_t>(pair.asked) < match->asked.columns.size() &&
                           match->asked.columns[static_cast<std::size_t>(pair.asked)] != nullptr;
                });
            return columns || match->from != kMinTimestamp || match->until != kMaxTimestamp;
        };
        // Nodes that pass rows on are asked for rows of the values themselves.
        const bool passes = std::all_of(m_edges.begin(), m_edges.end(),
                                        [](const Edge& edge) { return edge.through.has_value(); });
        if (passes || std::any_of(m_edges.begin(), m_edges.end(), narrows)) return {};
        return Status(ErrorCode::Invalid,
                      RW_TEXT("lineage", "“%1” does not say which rows it would be made of.")
                          .with(askedText(m_question)),
                      RW_TEXT("lineage", "Name the keys, or the window."));
    }

    /// The rows that are needed, as they came by, sources first.
    Status tellSteps() {
        for (std::size_t i = m_edges.size(); i > 0; --i) {
            const Edge& edge = m_edges[i - 1];
            const PlannedNode& node = *m_upstream.find(edge.from.node);
            const GatheredRows& found = m_found[edge.wanted];
            MissingStep step;
            step.from = portOf(m_upstream, edge.from);
            step.type = node.kind->type;
            step.source = node.kind->inputs.empty();
            step.schema = found.type.schema;
            step.count = found.count + found.lateCount;
            for (const GatheredRow& row : found.rows) step.rows.push_back({row.row});
            for (const GatheredRow& row : found.late) step.rows.push_back({row.row, row.part.lateBy});
            RW_TRY(findOrigins(edge, step.rows));
            m_answer.steps.push_back(std::move(step));
        }
        return {};
    }

    Status findOrigins(const Edge& edge, std::vector<LineageRow>& rows) {
        const PlannedNode& node = *m_upstream.find(edge.from.node);
        if (!node.kind->inputs.empty() || edge.from.port != 0) return {};
        std::vector<LineageRow*> some;
        for (LineageRow& row : rows) some.push_back(&row);
        return setOrigins(m_question, node, m_gatherer.eval(), std::move(some), m_answer.notes);
    }

    MissingEnd& end(const Edge& edge, MissingEnd::Fate fate, const SchemaRef& schema) {
        MissingEnd& added = m_answer.ends.emplace_back();
        added.fate = fate;
        added.node = edge.to;
        added.schema = schema;
        return added;
    }

    /// Rows that came to the node and did not get beyond it, or the source that had none.
    void tellEnd(const Edge& edge) {
        const GatheredRows& found = m_found[edge.wanted];
        const bool source = m_upstream.find(edge.from.node)->kind->inputs.empty();
        if (found.count + found.lateCount == 0) {
            if (source) tellNoSuchRow(edge);
            return;
        }
        if (found.lateCount > 0 && !edge.through) {
            MissingEnd& late = end(edge, MissingEnd::Fate::Late, found.type.schema);
            late.count = found.lateCount;
            for (const GatheredRow& row : found.late) late.rows.push_back({row.row, row.part.lateBy});
            late.words.push_back(RW_TEXT("lineage",
                                         "they came too late for “%1”; a longer watermark delay at the "
                                         "source, or allowed lateness, would have let them in")
                                     .with(edge.to));
        }
        if (edge.through) {
            tellLeftOut(edge);
        } else if (found.count > 0 && passedOn(edge) == 0) {
            tellUsed(edge, found);
        }
    }

    /// Rows that `to` gave of those that are missed, behind `edge`.
    std::uint64_t passedOn(const Edge& edge) const {
        std::uint64_t rows = 0;
        for (const Edge& below : m_edges) {
            if (below.from.node == edge.to && below.from.port == edge.out)
                rows += m_found[below.wanted].count;
        }
        return rows;
    }

    void tellLeftOut(const Edge& edge) {
        const GatheredRows& left = m_found[edge.leftOut];
        if (left.count == 0) {
            const GatheredRows& found = m_found[edge.wanted];
            if (passedOn(edge) > 0 || found.count == 0) return;
            // It decides by more than the row.
            MissingEnd& displaced = end(edge, MissingEnd::Fate::Displaced, found.type.schema);
            displaced.count = found.count;
            displaced.words.push_back(RW_TEXT("lineage", "“%1” did not let them through").with(edge.to));
            return;
        }
        MissingEnd filtered{MissingEnd::Fate::Filtered, edge.to, left.count, {}, left.type.schema, {}};
        for (const GatheredRow& row : left.rows) {
            const auto passage =
                edge.through->node->passage(edge.input, edge.out, row.row, edge.through->eval);
            filtered.rows.push_back({row.row, 0, passage ? passage->why : Text{}});
            if (passage && passage->rejected) filtered.fate = MissingEnd::Fate::Rejected;
        }
        filtered.words.push_back(filtered.fate == MissingEnd::Fate::Rejected
                                     ? RW_TEXT("lineage", "something in them could not be computed")
                                     : RW_TEXT("lineage", "its condition is not true of them"));
        m_answer.ends.push_back(std::move(filtered));
    }

    /// Rows that a node took that makes rows of several, and the row that is missed was not made.
    void tellUsed(const Edge& edge, const GatheredRows& found) {
        const PlannedNode& node = *m_upstream.find(edge.to);
        const auto* const teller = dynamic_cast<const TellsContributors*>(node.bound.get());
        const auto& nodes = m_gatherer.metrics();
        const auto metrics = nodes.find(edge.to);
        const bool open = metrics != nodes.end() && metrics->second.openFrom != kMaxTimestamp;
        const LeftBehind behind = teller ? teller->leftBehind() : LeftBehind::Used;
        const bool other = edge.to == m_question.node && m_wanted[m_related].condition;
        if (open) {
            tellOpen(edge, found, metrics->second);
        } else if (behind == LeftBehind::Alone) {
            tellAlone(edge, found);
        } else {
            const bool displaced = behind == LeftBehind::Displaced;
            MissingEnd& used = end(edge, displaced ? MissingEnd::Fate::Displaced : MissingEnd::Fate::Used,
                                   found.type.schema);
            used.count = found.count;
            used.words.push_back(displaced ? RW_TEXT("lineage", "others took their place")
                                           : RW_TEXT("lineage", "they went into rows with other values"));
            if (other) {
                used.schema = m_found[m_related].type.schema;
                for (const GatheredRow& row : m_found[m_related].rows) used.rows.push_back({row.row});
            }
        }
    }

    void tellOpen(const Edge& edge, const GatheredRows& found, const NodeMetrics& metrics) {
        MissingEnd& waiting = end(edge, MissingEnd::Fate::Waiting, found.type.schema);
        waiting.count = found.count;
        if (metrics.openUntil != kMaxTimestamp)
            waiting.words.push_back(
                RW_TEXT("lineage", "they wait in a window: the first open one is from %1 to %2")
                    .with(timeText(metrics.openFrom), timeText(metrics.openUntil)));
        const NodeMetrics* least = nullptr;
        NodeId holder;
        for (const NodeId& id : m_upstream.above(edge.to)) {
            const auto source = m_gatherer.metrics().find(id);
            if (!m_upstream.find(id)->kind->inputs.empty() || source == m_gatherer.metrics().end()) continue;
            if (least && source->second.watermark >= least->watermark) continue;
            least = &source->second;
            holder = id;
        }
        if (!least) return;
        waiting.words.push_back(least->watermark == kMinTimestamp
                                    ? RW_TEXT("lineage", "“%1” has no watermark yet").with(holder)
                                    : RW_TEXT("lineage",
                                              "the watermark of “%1” has come to %2, and later rows of it "
                                              "would close the window")
                                          .with(holder, timeText(least->watermark)));
    }

    void tellAlone(const Edge& edge, const GatheredRows& found) {
        const bool othersThere = std::any_of(m_edges.begin(), m_edges.end(), [&](const Edge& other) {
            return other.to == edge.to && other.input != edge.input && m_found[other.wanted].count > 0;
        });
        MissingEnd& alone = end(edge, MissingEnd::Fate::Alone, found.type.schema);
        alone.count = found.count;
        for (const GatheredRow& row : found.rows) {
            if (alone.rows.size() < kMostNear) alone.rows.push_back({row.row});
        }
        alone.words.push_back(
            othersThere ? RW_TEXT("lineage", "there are rows on both sides, and no two of them are a pair")
                        : RW_TEXT("lineage", "they met nobody: the other side has no such row"));
        if (const Text nearest = nearestText(edge, found); !nearest.empty()) alone.words.push_back(nearest);
        for (const Edge& other : m_edges) {
            if (other.to != edge.to || other.input == edge.input || !other.nearly) continue;
            for (const GatheredRow& row : m_found[other.near].rows) {
                alone.words.push_back(
                    RW_TEXT("lineage", "nearly: %1").with(cellsText(row.row, 0, allColumns(row.row))));
            }
        }
    }

    /// The pair with the rows of the other side, of those that were kept, that misses being one by least.
    Text nearestText(const Edge& edge, const GatheredRows& found) const {
        const auto* const teller =
            dynamic_cast<const TellsContributors*>(m_upstream.find(edge.to)->bound.get());
        if (!teller || edge.input > 1) return {};
        NoPair nearest;
        for (const Edge& other : m_edges) {
            if (other.to != edge.to || other.input == edge.input) continue;
            const std::size_t rows = std::min(found.rows.size(), kMostPaired);
            for (std::size_t i = 0; i < rows; ++i) {
                for (const GatheredRow& row : m_found[other.wanted].rows) {
                    const Batch &own = found.rows[i].row, &its = row.row;
                    const auto miss = edge.input == 0 ? teller->noPair(own, its) : teller->noPair(its, own);
                    if (!miss) return {};  // it is for something else that these are no pair
                    if (miss->distance < nearest.distance) nearest = *miss;
                }
            }
        }
        return nearest.why;
    }

    static std::vector<int> allColumns(const Batch& row) {
        std::vector<int> columns;
        for (std::size_t i = 0; i < row.columns.size(); ++i) columns.push_back(static_cast<int>(i));
        return columns;
    }

    void tellNoSuchRow(const Edge& edge) {
        MissingEnd& none = end(edge, MissingEnd::Fate::NoSuchRow, m_found[edge.wanted].type.schema);
        none.node = edge.from.node;
        none.words.push_back(RW_TEXT("lineage", "“%1” gave no such row").with(edge.from.node));
        if (!edge.nearly || m_found[edge.near].rows.empty()) return;
        none.words.push_back(
            RW_TEXT("lineage", "but rows that differ in blanks, or in small and capital letters"));
        for (const GatheredRow& row : m_found[edge.near].rows) none.rows.push_back({row.row});
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
                    .with(id));
        }
    }

    const LineageQuestion& m_question;
    const Upstream& m_upstream;
    Gatherer& m_gatherer;
    MissingAnswer m_answer{};
    std::vector<WantedRows> m_wanted{};
    std::vector<GatheredRows> m_found{};
    std::vector<Edge> m_edges{};
    std::size_t m_related = 0;
};

}  // namespace

Result<MissingAnswer> whyNoRow(const LineageQuestion& question) {
    const Upstream upstream(*question.plan);
    RW_TRY_ASSIGN(const std::unique_ptr<Gatherer> gatherer, Gatherer::make(question, upstream));
    RW_TRY_ASSIGN(const Asked asked, askedPort(question, upstream, gatherer->eval()));
    RW_TRY_ASSIGN(MissingAnswer found, WalkDown(question, upstream, *gatherer).walk(asked));
    for (Text& note : gatherer->notes()) found.notes.push_back(std::move(note));
    return found;
}

}  // namespace rw
