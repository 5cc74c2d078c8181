#include "core/look/row_path.h"

#include <date/tz.h>

#include <algorithm>
#include <exception>
#include <map>
#include <set>
#include <utility>

#include "core/look/cut.h"
#include "core/look/row_matches.h"
#include "core/runtime/executors/task.h"
#include "core/stream/lineage/contributors.h"
#include "core/stream/row_errors.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

using Fate = RowStop::Fate;

constexpr std::size_t kMostFollowed = 4;    ///< rows at one node
constexpr std::size_t kMostMade = 100'000;  ///< rows of an output that are asked whether they were made of it

/// The nodes to which rows of `from` come by way of `to`, that among them; each before those below it.
std::vector<NodeId> below(const Pipeline& pipeline, const NodeId& to) {
    std::map<NodeId, std::vector<const NodeId*>> takers;
    for (const Wire& wire : pipeline.wires) takers[wire.from.node].push_back(&wire.to.node);
    std::set<NodeId> reached;
    std::vector<NodeId> open{to};
    while (!open.empty()) {
        const NodeId id = std::move(open.back());
        open.pop_back();
        if (!reached.insert(id).second) continue;
        for (const NodeId* taker : takers[id]) open.push_back(*taker);
    }
    std::map<NodeId, std::size_t> before;
    for (const Wire& wire : pipeline.wires) {
        if (reached.contains(wire.from.node) && reached.contains(wire.to.node)) ++before[wire.to.node];
    }
    std::vector<NodeId> order{to};
    for (std::size_t next = 0; next < order.size(); ++next) {
        const NodeId id = order[next];
        for (const NodeId* taker : takers[id]) {
            if (--before[*taker] == 0) order.push_back(*taker);
        }
    }
    return order;
}

class Following {
 public:
    Following(const LookRequest& request, const FollowedRow& followed)
        : m_request(request),
          m_followed(followed),
          m_order(below(request.pipeline, followed.to)),
          m_part(cutAbove(request.pipeline, m_order)) {}

    RowPath follow() {
        LookRequest all{m_part, m_request.catalogue};
        all.validating = m_request.validating;
        all.trust = m_request.trust;
        all.limits = m_request.limits;
        all.kept = m_request.kept;
        all.closeOpenWindows = m_request.closeOpenWindows;
        all.longest = m_request.longest;
        all.isCancelled = m_request.isCancelled;
        all.heard = m_request.heard;
        all.files = m_request.files;
        all.clock = m_request.clock;
        all.at = m_request.at;
        all.stamps = true;
        m_look = lookAtAll(all);
        m_path.cut = m_look.end == LookResult::End::TimeLimit;
        if (m_request.isCancelled())
            return fail({ErrorCode::Cancelled, RW_TEXT("look", "It was cancelled.")});
        if (!m_look.failed.ok()) return fail(m_look.failed);
        setTypes();
        if (!begin()) return fail(noSuchRow());
        for (const NodeId& node : m_order) {
            if (m_request.isCancelled())
                return fail({ErrorCode::Cancelled, RW_TEXT("look", "It was cancelled.")});
            visit(node);
        }
        return std::move(m_path);
    }

 private:
    struct Place {
        std::size_t input, row;
        bool operator<(const Place& other) const {
            return std::pair(input, row) < std::pair(other.input, other.row);
        }
    };

    RowPath fail(Status status) {
        m_path.failed = std::move(status);
        return std::move(m_path);
    }

    Status noSuchRow() const {
        const auto issue = std::find_if(m_look.issues.begin(), m_look.issues.end(), [this](const Issue& one) {
            return one.node == m_followed.from.node;
        });
        if (issue != m_look.issues.end()) return {ErrorCode::Invalid, issue->message, issue->fix};
        return {ErrorCode::NotFound, RW_TEXT("look", "The row is not in the sample any more."),
                RW_TEXT("look", "Take the sample again.")};
    }

    void setTypes() {
        ValidateOptions options = m_request.validating;
        options.files = false;
        options.permits = nullptr;
        m_checked = validate(m_part, m_request.catalogue, options, m_request.trust);
        const std::shared_ptr<Clock> clock = m_request.clock ? m_request.clock : systemClock();
        m_eval.runStart = m_request.at.value_or(clock->now());
        const std::string& zone = m_part.settings.timeZone;
        if (zone == "UTC" || zone.empty()) return;
        try {
            m_eval.zone = zone == "local" ? date::current_zone() : date::locate_zone(zone);
        } catch (const std::exception&) {
            m_eval.zone = nullptr;  // an error of the pipeline, which the look has told
        }
    }

    const LookedPort* outputOf(const PortRef& from) const {
        const auto found = std::find_if(m_look.outputs.begin(), m_look.outputs.end(),
                                        [&](const LookedPort& port) { return port.from == from; });
        return found == m_look.outputs.end() ? nullptr : &*found;
    }

    static Batch rowOf(const LookedPort& port, std::size_t row) {
        for (const Batch& batch : port.batches) {
            if (row < batch.rows) return batch.slice(row, 1);
            row -= batch.rows;
        }
        return {};
    }

    /// The row at its place; where rows of several sources came in another order, its like.
    std::optional<std::size_t> find(const LookedPort& port) const {
        const auto is = [this](const Batch& batch, std::size_t row) {
            const Batch& wanted = m_followed.row;
            if (wanted.rows != 1 || batch.columns.size() != wanted.columns.size()) return false;
            if (wanted.positions.known() && batch.positions.known() &&
                wanted.positions.at(0) != batch.positions.at(row))
                return false;
            return sameRow(batch.columns, row, wanted.columns, 0);
        };
        if (m_followed.number < port.rows && is(rowOf(port, m_followed.number), 0)) return m_followed.number;
        std::size_t first = 0;
        for (const Batch& batch : port.batches) {
            for (std::size_t row = 0; row < batch.rows; ++row) {
                if (is(batch, row)) return first + row;
            }
            first += batch.rows;
        }
        return std::nullopt;
    }

    bool begin() {
        const LookedPort* const port = outputOf(m_followed.from);
        const std::optional<std::size_t> row = port != nullptr ? find(*port) : std::nullopt;
        if (!row) return false;
        arrive(m_followed.from, *row, &m_followed.to);
        return true;
    }

    /// A row leaves by a port, to all that take its rows, or to one of them.
    void arrive(const PortRef& from, std::size_t row, const NodeId* only = nullptr) {
        std::map<NodeId, std::size_t> inputs;
        for (const Wire& wire : m_part.wires) {
            const std::size_t input = inputs[wire.to.node]++;
            if (!(wire.from == from) || (only != nullptr && wire.to.node != *only)) continue;
            std::set<Place>& here = m_arrived[wire.to.node];
            if (here.size() >= kMostFollowed) {
                ++m_path.notFollowed;
            } else {
                here.insert({input, row});
            }
        }
    }

    /// The node as look() would have it, from the rows of all ports.
    LookResult lookedAt(const Node& node) const {
        LookResult at;
        const NodeKind* const kind = m_request.catalogue.of(node);
        for (const Wire& wire : m_part.wires) {
            if (wire.to.node != node.id) continue;
            const LookedPort* const from = outputOf(wire.from);
            LookedPort input = from != nullptr ? *from : LookedPort{};
            input.from = wire.from;
            input.port = wire.to.port;
            input.role = PortRole::Rows;
            input.number = kind != nullptr ? kind->inputPort(wire.to.port) : -1;
            at.inputs.push_back(std::move(input));
        }
        for (const LookedPort& port : m_look.outputs) {
            if (port.from.node != node.id) continue;
            at.outputs.push_back(port);
            at.outputs.back().number = kind != nullptr ? kind->outputPort(port.port) : -1;
        }
        for (const KeptRow& row : m_look.setAside) {
            if (outermost(row.node) == node.id) at.setAside.push_back(row);
        }
        if (const auto open = m_look.open.find(node.id); open != m_look.open.end())
            at.openFrom = open->second.from;
        return at;
    }

    void visit(const NodeId& id) {
        const auto arrived = m_arrived.find(id);
        const Node* const found = m_part.find(id);
        if (arrived == m_arrived.end() || found == nullptr) return;
        const Node& node = *found;
        const LookResult at = lookedAt(node);
        const NodeKind* const kind = m_request.catalogue.of(node);
        const auto issue = std::find_if(m_look.issues.begin(), m_look.issues.end(),
                                        [&](const Issue& one) { return one.node == id; });
        const bool ends = kind != nullptr && kind->outputs.empty();
        const bool looked = kind != nullptr && issue == m_look.issues.end() && (ends || !at.outputs.empty());
        const RowMatches matches = looked && !ends ? matchRows(at) : RowMatches();
        for (const Place& place : arrived->second) {
            RowStop stop;
            stop.node = id;
            stop.row = rowOf(at.inputs[place.input], place.row);
            if (!looked) {
                stop.fate = Fate::NotLooked;
                if (issue != m_look.issues.end()) {
                    stop.why = issue->message;
                    stop.fix = issue->fix;
                }
            } else if (ends) {
                stop.fate = Fate::Arrived;
            } else {
                judge(at, matches, node, *kind, place, stop);
            }
            m_path.stops.push_back(std::move(stop));
        }
    }

    void judge(const LookResult& at, const RowMatches& matches, const Node& node, const NodeKind& kind,
               const Place& place, RowStop& stop) {
        const CameIn& in = matches.inputs[place.input][place.row];
        const KeptRow* const kept =
            in.setAside < 0 ? nullptr : &at.setAside[static_cast<std::size_t>(in.setAside)];
        switch (in.fate) {
            case RowFate::Rejected:
                stop.fate = Fate::Rejected;
                if (kept != nullptr) stop.why = kept->reason;
                return;
            case RowFate::Late:
                stop.fate = Fate::Late;
                if (kept != nullptr) {
                    stop.lateBy = kept->lateBy;
                    if (kept->windowEnd != kMinTimestamp) stop.windowEnd = kept->windowEnd;
                }
                if (in.output >= 0) leave(at, static_cast<std::size_t>(in.output), in.row, stop);
                return;
            case RowFate::Passed:
                stop.fate = Fate::Passed;
                pass(at, matches, place, stop);
                return;
            case RowFate::Unknown:
                stop.fate = Fate::Behind;
                return;
            case RowFate::Dropped:
                stop.fate = Fate::Filtered;
                tellCondition(at, node, place, stop);
                return;
            case RowFate::Used:
            case RowFate::Open:
                tellMade(at, node, kind, place, stop);
                return;
        }
    }

    void leave(const LookResult& at, std::size_t output, std::size_t row, RowStop& stop) {
        const LookedPort& port = at.outputs[output];
        if (stop.count++ == 0) {
            stop.port = port.port;
            stop.became = rowOf(port, row);
        }
        arrive(port.from, row);
    }

    void pass(const LookResult& at, const RowMatches& matches, const Place& place, RowStop& stop) {
        for (std::size_t output = 0; output < matches.outputs.size(); ++output) {
            const std::vector<WentOut>& went = matches.outputs[output];
            for (std::size_t row = 0; row < went.size(); ++row) {
                if (went[row].input == static_cast<int>(place.input) && went[row].row == place.row)
                    leave(at, output, row, stop);
            }
        }
    }

    /// Of a node of the pipeline that was typed; a subflow is not.
    const BoundNode* boundOf(const Node& node) const {
        const auto typed = m_checked.nodes.find(node.id);
        return typed == m_checked.nodes.end() || node.disabled ? nullptr : typed->second.bound.get();
    }

    void tellCondition(const LookResult& at, const Node& node, const Place& place, RowStop& stop) const {
        const auto* const teller = dynamic_cast<const TellsContributors*>(boundOf(node));
        if (teller == nullptr) return;
        for (const LookedPort& port : at.outputs) {
            if (port.role != PortRole::Rows) continue;
            const std::optional<Passage> passage =
                teller->passage(at.inputs[place.input].number, port.number, stop.row, m_eval);
            if (!passage || passage->passes || passage->elsewhere || passage->why.empty()) continue;
            stop.why = passage->why;
            return;
        }
        if (teller->leftBehind() == LeftBehind::Displaced) stop.fate = Fate::Displaced;
    }

    /// Of a disabled node: the first row that is equal.
    void passBy(const LookResult& at, RowStop& stop) {
        std::size_t first = 0;
        for (const Batch& batch : at.outputs.front().batches) {
            for (std::size_t row = 0; row < batch.rows; ++row) {
                if (!sameRow(batch.columns, row, stop.row.columns, 0)) continue;
                stop.fate = Fate::Passed;
                return leave(at, 0, first + row, stop);
            }
            first += batch.rows;
        }
    }

    /// Rows that were made above have no positions: of a node that decides about each row by itself, what it
    /// says of this one. False: it makes rows of several.
    bool tellPassage(const LookResult& at, const NodeKind& kind, const BoundNode* bound, const Place& place,
                     RowStop& stop) {
        const auto* const teller = dynamic_cast<const TellsContributors*>(bound);
        if (teller == nullptr) return false;
        const LookedPort& input = at.inputs[place.input];
        bool decides = false, passes = false;
        stop.fate = Fate::Filtered;
        for (std::size_t output = 0; output < at.outputs.size(); ++output) {
            const LookedPort& port = at.outputs[output];
            if (port.role != PortRole::Rows) continue;
            const std::optional<Passage> passage =
                teller->passage(input.number, port.number, stop.row, m_eval);
            if (!passage) continue;
            decides = true;
            if (passage->passes) {
                passes = true;
                findMade(at, output, kind, *bound, input, stop, 1);
            } else if (passage->rejected) {
                stop.fate = Fate::Rejected;
            } else if (!passage->elsewhere && stop.why.empty()) {
                stop.why = passage->why;
            }
        }
        if (passes) {
            stop.fate = Fate::Passed;
            stop.why = {};
        } else if (!decides) {
            stop.fate = Fate::Used;
        }
        return decides;
    }

    /// The rows of the node that the row has a part in.
    void tellMade(const LookResult& at, const Node& node, const NodeKind& kind, const Place& place,
                  RowStop& stop) {
        if (node.disabled) return passBy(at, stop);
        const BoundNode* const bound = boundOf(node);
        if (tellPassage(at, kind, bound, place, stop)) return;
        if (bound != nullptr) {
            for (std::size_t output = 0; output < at.outputs.size(); ++output) {
                if (at.outputs[output].role == PortRole::Rows)
                    findMade(at, output, kind, *bound, at.inputs[place.input], stop);
            }
        }
        if (stop.count > 0) {
            stop.fate = Fate::Contributed;
            return tellWindow(stop);
        }
        const auto open = m_look.open.find(node.id);
        if (!m_request.closeOpenWindows && open != m_look.open.end()) {
            stop.fate = Fate::Waiting;
            stop.windowStart = open->second.from;
            if (open->second.until != kMaxTimestamp) stop.windowEnd = open->second.until;
            return;
        }
        const auto* const teller = dynamic_cast<const TellsContributors*>(bound);
        if (teller == nullptr) return;
        if (teller->leftBehind() == LeftBehind::Alone) stop.fate = Fate::Alone;
        if (teller->leftBehind() == LeftBehind::Displaced) stop.fate = Fate::Displaced;
    }

    void findMade(const LookResult& at, std::size_t output, const NodeKind& kind, const BoundNode& bound,
                  const LookedPort& input, RowStop& stop, std::size_t most = kMostMade) {
        const LookedPort& port = at.outputs[output];
        std::size_t found = 0;
        AskedRow asked;
        asked.port = port.number;
        asked.eval = m_eval;
        asked.inputs.resize(kind.inputs.size());
        for (const LookedPort& each : at.inputs) {
            if (each.number >= 0 && static_cast<std::size_t>(each.number) < asked.inputs.size())
                asked.inputs[static_cast<std::size_t>(each.number)] = each.type;
        }
        std::size_t first = 0;
        for (const Batch& batch : port.batches) {
            if (m_request.isCancelled() || first > kMostMade) return;
            for (std::size_t row = 0; row < batch.rows; ++row) {
                if (withdraws(batch.kind(row))) continue;
                asked.row = batch.slice(row, 1);
                const auto made = contributorsOf(kind, bound, asked);
                if (!made.ok()) return;
                const bool took = std::any_of(made->begin(), made->end(), [&](const Contributors& each) {
                    return each.port == input.number && each.condition && !each.counted && !each.beside &&
                           each.condition->takes(stop.row, 0);
                });
                if (!took) continue;
                leave(at, output, first + row, stop);
                if (++found == most) return;
            }
            first += batch.rows;
        }
    }

    static void tellWindow(RowStop& stop) {
        if (!stop.became.schema) return;
        const auto timeAt = [&stop](const char* name) -> std::optional<Instant> {
            const auto column = stop.became.schema->find(name);
            if (!column) return std::nullopt;
            const ColumnRef& cells = stop.became.columns[static_cast<std::size_t>(*column)];
            if (!cells || !cells->type().is(TypeId::Timestamp) || cells->isNull(0)) return std::nullopt;
            return cells->at<Instant>(0);
        };
        stop.windowStart = timeAt("window_start");
        stop.windowEnd = timeAt("window_end");
    }

    const LookRequest& m_request;
    const FollowedRow& m_followed;
    const std::vector<NodeId> m_order;
    const Pipeline m_part;  ///< those and all above them
    LookResult m_look{};
    Validated m_checked{};
    sql::EvalContext m_eval{};
    std::map<NodeId, std::set<Place>> m_arrived{};
    RowPath m_path{};
};

}  // namespace

RowPath followRow(const LookRequest& request, const FollowedRow& followed) {
    try {
        return Following(request, followed).follow();
    } catch (...) {
        RowPath path;
        path.failed = statusOfException();
        return path;
    }
}

}  // namespace rw
